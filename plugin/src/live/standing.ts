/**
 * The counts that follow from the present facts alone, kept by difference: a changed record's old part is taken out and
 * its new part put in, so that a change costs the same with 50,000 waiting as with 50.
 */
import type { Channel } from '../platform/generated/graphql.js';
import type { AgentFacts, ChannelFacts } from '../routing/facts.js';
import type { LiveQueue, OpenInteraction, WorldChange } from '../routing/world.service.js';
import { shareOf, Staffing, type ChannelWork, type Load, type Share } from './staffing.js';
import { WaitingLine, type Place } from './waiting-line.js';

export type Facts = Omit<WorldChange, 'events' | 'skills' | 'desks'>;

/** The counts of one queue, or of the interactions without a queue. */
export class QueueStanding {
  readonly line = new WaitingLine();
  offered = 0;
  inProgress = 0;
  slaAtRisk = 0;
  slaBreached = 0;
  slaEscalated = 0;
  agentsAvailable = 0;
  agentsIdle = 0;
  readonly channels = new Map<Channel, ChannelWork & { waiting: number }>();
}

interface Counted {
  facts: OpenInteraction;
  place: Place | null;
}

/** An agent with the work in their hands; the facts are null while only that work is known. */
class Person {
  facts: AgentFacts | null = null;
  share: Share | null = null;
  readonly load: Load = { ringing: 0, busy: 0, wrapUp: 0, channels: new Map() };
  held = 0;
}

/** The key of the interactions that are in no queue. */
const NO_QUEUE = '';

export class Standing {
  readonly queueFacts = new Map<string, LiveQueue>();
  channels: readonly ChannelFacts[] = [];
  /** The interactions on a rung of their ladder, by id. */
  readonly escalated = new Map<string, OpenInteraction>();
  private readonly interactions = new Map<string, Counted>();
  private readonly queues = new Map<string, QueueStanding>();
  private readonly people = new Map<string, Person>();
  private readonly crews = new Set<Staffing>();

  /** Takes over the changes that one look at the log found; all facts, the first time. */
  apply({ interactions, agents, queues, channels }: Facts): void {
    const touched = new Set<string>();
    for (const [id, facts] of queues) this.setQueue(id, facts);
    for (const [id, facts] of interactions) this.setInteraction(id, facts, touched);
    if (channels) {
      this.channels = channels;
      for (const id of this.people.keys()) touched.add(id);
    }
    for (const [id, facts] of agents) {
      this.setAgent(id, facts);
      touched.add(id);
    }
    for (const id of touched) this.settle(id);
  }

  queue(queueId: string): QueueStanding {
    let queue = this.queues.get(queueId);
    if (!queue) this.queues.set(queueId, (queue = new QueueStanding()));
    return queue;
  }

  /** The counts of these queues together; for null of everything, removed queues and work without a queue included. */
  in(queueIds: readonly string[] | null): QueueStanding[] {
    return queueIds === null ? [...this.queues.values()] : queueIds.map((id) => this.queue(id));
  }

  /** Counts the members of these queues, or all agents for null, until they are disbanded. */
  form(queueIds: ReadonlySet<string> | null): Staffing {
    const crew = new Staffing(queueIds);
    for (const { facts, share } of this.people.values()) if (facts && share && crew.counts(facts)) crew.add(share, 1);
    this.crews.add(crew);
    return crew;
  }

  disband(crew: Staffing): void {
    this.crews.delete(crew);
  }

  private setQueue(id: string, facts: LiveQueue | null): void {
    if (facts) this.queueFacts.set(id, facts);
    else this.queueFacts.delete(id);
    this.queue(id).line.setThreshold(facts?.acceptTargetMs ?? null);
  }

  private setInteraction(id: string, facts: OpenInteraction | null, touched: Set<string>): void {
    const before = this.interactions.get(id);
    if (before) {
      this.count(before.facts, -1, touched);
      if (before.place) this.queue(before.facts.queueId ?? NO_QUEUE).line.leave(before.place);
    }
    if (facts?.escalation) this.escalated.set(id, facts);
    else this.escalated.delete(id);
    if (!facts) {
      this.interactions.delete(id);
      return;
    }
    this.count(facts, 1, touched);
    const place = facts.state === 'QUEUED' ? this.queue(facts.queueId ?? NO_QUEUE).line.enter(facts.queuedAt) : null;
    this.interactions.set(id, { facts, place });
  }

  private count(facts: OpenInteraction, sign: 1 | -1, touched: Set<string>): void {
    const { state, channel, agentId } = facts;
    const queue = this.queue(facts.queueId ?? NO_QUEUE);
    if (state === 'OFFERED') queue.offered += sign;
    else if (state !== 'QUEUED') queue.inProgress += sign;
    if (facts.slaAtRisk) queue.slaAtRisk += sign;
    if (facts.slaBreached) queue.slaBreached += sign;
    if (facts.escalation) queue.slaEscalated += sign;
    const work = workOf(queue.channels, channel, () => ({ full: 0, lowered: 0, waiting: 0 }));
    if (state === 'QUEUED') {
      work.waiting += sign;
      return;
    }
    const part = state === 'WAITING_FOR_CUSTOMER' ? 'lowered' : 'full';
    work[part] += sign;
    if (agentId === null) return;
    const person = this.person(agentId);
    person.held += sign;
    if (state === 'OFFERED') person.load.ringing += sign;
    else if (state === 'WRAP_UP') person.load.wrapUp += sign;
    else person.load.busy += sign;
    workOf(person.load.channels, channel, () => ({ full: 0, lowered: 0 }))[part] += sign;
    touched.add(agentId);
  }

  private setAgent(id: string, facts: AgentFacts | null): void {
    const person = this.person(id);
    this.countShare(person, -1);
    person.share = null;
    person.facts = facts;
  }

  /** Works out the agent's share anew, once for all their changes. */
  private settle(id: string): void {
    const person = this.person(id);
    this.countShare(person, -1);
    person.share = person.facts && shareOf(person.facts, person.load, this.channels);
    this.countShare(person, 1);
    if (!person.facts && person.held === 0) this.people.delete(id);
  }

  private countShare({ facts, share }: Person, sign: 1 | -1): void {
    if (!facts || !share) return;
    for (const crew of this.crews) if (crew.counts(facts)) crew.add(share, sign);
    if (!share.ready) return;
    for (const queueId of facts.memberships.keys()) {
      const queue = this.queue(queueId);
      queue.agentsAvailable += sign;
      if (share.state === 'idle') queue.agentsIdle += sign;
    }
  }

  private person(id: string): Person {
    let person = this.people.get(id);
    if (!person) this.people.set(id, (person = new Person()));
    return person;
  }
}

function workOf<T extends ChannelWork>(channels: Map<Channel, T>, channel: Channel, make: () => T): T {
  let work = channels.get(channel);
  if (!work) channels.set(channel, (work = make()));
  return work;
}
