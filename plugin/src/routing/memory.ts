/**
 * Applies facts and decisions to the router's nodes, and keeps lists of the nodes that have to be looked at because of them.
 *
 * A change is recorded at once; its consequences depend on the time and are worked out by `settle`, once for all
 * changes since. Entries of the lists are hints: the step that takes one checks that it is still true.
 */
import { isDeepStrictEqual } from 'node:util';
import TinyQueue from 'tinyqueue';
import {
  asksAgainAt,
  countsAgainstCaps,
  graceEnds,
  isReady,
  lostReason,
  nextChangeOf,
  overflowsAt,
  takesRoom,
  weightIn,
} from './eligibility.js';
import { Lanes } from './lanes.js';
import { Matcher } from './matcher.js';
import { compareIds } from './order.js';
import { isSameList, isSamePlacing } from './same-facts.js';
import { AgentNode, InteractionNode, Nodes, type Lane, type QueueNode } from './nodes.js';
import { Timers } from './timers.js';
import { Worklist } from './worklist.js';
import type { AgentFacts, ChannelFacts, InteractionFacts, QueueFacts } from './facts.js';

/** An interaction and the moment since which something is due for it. */
export interface Due {
  readonly at: number;
  readonly item: InteractionNode;
}

export class Memory {
  readonly nodes = new Nodes();
  readonly timers = new Timers();
  readonly matcher = new Matcher(this.nodes);
  readonly lanes = new Lanes(this.nodes, {
    onNewHead: (lane) => this.matcher.lookAtLane(lane),
    onDeclined: (lane) => this.declinedLanes.add(lane),
  });

  /** Interactions that ring at, or are held by, an agent who is lost. */
  readonly stranded = new TinyQueue<InteractionNode>([], compareById);
  /** Ringing past their time. */
  readonly lapsed = new TinyQueue<Due>([], compareDue);
  /** Interactions that ring at an agent who does not respond. */
  readonly unanswered = new TinyQueue<InteractionNode>([], compareById);
  /** Waiting past their queue's overflow time. */
  readonly overflowing = new TinyQueue<Due>([], compareDue);
  /** Lanes of interactions that an agent declined or let lapse: all agents may have had an offer by now. */
  readonly declinedLanes = new Set<Lane>();
  /** Interactions of which all agents may have had an offer, or no other agent could have one for too long. */
  readonly exhausted = new TinyQueue<InteractionNode>([], compareById);

  private clock = -Infinity;
  private readonly changed = new Worklist<InteractionNode>((item) => this.settleInteraction(item));
  private readonly touched = new Set<AgentNode>();

  /** The latest time handed in; it never goes back. */
  get now(): number {
    return this.clock;
  }

  /** True when nothing is left to look at before time goes on. */
  get atRest(): boolean {
    const { stranded, lapsed, unanswered, overflowing, exhausted } = this;
    const listed = stranded.length + lapsed.length + unanswered.length + overflowing.length + exhausted.length;
    return listed + this.changed.size + this.touched.size + this.declinedLanes.size === 0 && this.matcher.atRest;
  }

  advance(now: number): void {
    this.clock = Math.max(this.clock, now);
    for (let due = this.timers.pop(this.clock); due !== null; due = this.timers.pop(this.clock)) {
      if (due instanceof AgentNode) this.touched.add(due);
      else this.changed.add(due);
    }
    this.settle();
  }

  /** Works out the consequences of all changes since the last time. */
  settle(): void {
    if (this.touched.size > 0) {
      for (const agent of this.touched) this.settleAgent(agent);
      this.touched.clear();
    }
    this.changed.drain();
  }

  setChannel(facts: ChannelFacts): void {
    const { channel, ...settings } = facts;
    const node = this.nodes.channel(channel);
    if (isSame(node, settings)) return;
    Object.assign(node, settings);
    this.nodes.hasWeightless = [...this.nodes.channels.values()].some(({ weight }) => weight === 0);
    for (const item of this.nodes.interactions.values()) {
      if (item.holder === null || item.facts.channel !== channel) continue;
      this.release(item);
      this.occupy(item);
    }
    for (const agent of this.nodes.agents.values()) {
      this.weighWrapUps(agent);
      this.touched.add(agent);
    }
  }

  /** @param facts null removes the queue; its interactions stay there until the queue comes back or they are moved */
  setQueue(queue: QueueNode, facts: QueueFacts | null): void {
    const before = queue.facts;
    const { open, priority, maxPerAgent } = queue;
    queue.facts = facts;
    queue.open = facts?.open ?? false;
    queue.priority = facts?.priority ?? 0;
    queue.maxPerAgent = facts?.maxPerAgent ?? Infinity;
    if (!isDeepStrictEqual(before?.skills, facts?.skills)) queue.forgetRequirements();
    if (before === null || facts === null || !isSamePlacing(before, facts)) {
      for (const item of waitingIn(queue)) {
        // A ticket's order never changes: with another order each needs a new one.
        if (facts === null || facts.keepsPlace !== before?.keepsPlace) this.lanes.remove(item);
        this.changed.add(item);
      }
    }
    for (const lane of queue.declinedLanes) this.declinedLanes.add(lane);
    if (queue.open !== open || queue.priority !== priority || queue.maxPerAgent > maxPerAgent) this.matcher.lookAtQueue(queue);
    if (queue.open === open) return;
    for (const source of this.nodes.queues.values()) {
      if (source.facts?.overflow?.queueId === queue.id) for (const item of waitingIn(source)) this.changed.add(item);
    }
  }

  /** @param facts null removes the agent; work that is left with them goes back whatever its channel's policy is */
  setAgent(agent: AgentNode, facts: AgentFacts | null): void {
    const hasSameStanding = isSameStanding(agent.facts, facts);
    const hasSameReach = refreshReach(agent, facts);
    if (!hasSameReach) for (const queue of agent.memberships.keys()) this.noteDeclined(queue);
    agent.facts = facts === null ? null : { ...facts };
    this.weighWrapUps(agent);
    agent.capacity = facts?.capacity ?? 0;
    agent.maxAtOnce = facts?.teamCap?.atMost ?? Infinity;
    if (!hasSameReach) this.enrol(agent, facts);
    if (!hasSameReach || !hasSameStanding) this.touched.add(agent);
  }

  addInteraction(facts: InteractionFacts): void {
    const item = new InteractionNode({ ...facts });
    this.nodes.interactions.set(facts.id, item);
    this.attach(item);
    this.occupy(item);
  }

  changeInteraction(item: InteractionNode, facts: InteractionFacts): void {
    const staysPut = this.takesSameRoom(item, facts);
    this.detach(item);
    if (!staysPut) this.release(item);
    item.facts = { ...facts };
    this.attach(item);
    if (!staysPut) this.occupy(item);
  }

  removeInteraction(item: InteractionNode): void {
    this.detach(item);
    this.release(item);
    this.nodes.interactions.delete(item.id);
    this.changed.remove(item);
  }

  /** Reserves the agent's room; the offer itself is known once the decision is committed. */
  ring(item: InteractionNode, agent: AgentNode): void {
    const member = item.queue === null ? undefined : agent.memberships.get(item.queue);
    if (member !== undefined) member.lastOfferedAt = this.clock;
    if (agent.facts !== null) agent.facts.idleSince = this.clock;
    this.detach(item);
    item.facts.state = 'OFFERED';
    item.facts.agentId = agent.id;
    item.facts.offer = null;
    this.hold(item, agent);
  }

  /** Back to waiting, with the changes that come with it. */
  requeue(item: InteractionNode, changes: Partial<InteractionFacts> = {}): void {
    this.detach(item);
    this.release(item);
    Object.assign(item.facts, { state: 'QUEUED', agentId: null, offer: null }, changes);
    this.attach(item);
  }

  stopResponding(agent: AgentNode): void {
    if (agent.facts === null) return;
    agent.facts.notResponding = true;
    this.touched.add(agent);
  }

  /** When the interaction overflows if nobody can take it; null when never. */
  overflowsAt({ facts, queue }: InteractionNode): number | null {
    const overflow = queue?.facts?.overflow ?? null;
    return overflow === null ? null : overflowsAt(facts, overflow.afterMs);
  }

  /** Where it overflows to at this moment; null when it does not. A closed queue takes nothing over. */
  overflowTarget(item: InteractionNode): QueueNode | null {
    const at = this.overflowsAt(item);
    const overflow = item.queue?.facts?.overflow ?? null;
    if (overflow === null || at === null || at > this.clock || overflow.queueId === item.queue?.id) return null;
    if (item.ticket === null || item.ticket.lane.reserved?.kind === 'DIRECT') return null;
    const target = this.nodes.queues.get(overflow.queueId);
    return target?.open ? target : null;
  }

  private settleAgent(agent: AgentNode): void {
    const { facts } = agent;
    agent.ready = facts !== null && isReady(facts);
    this.noteAvailability(agent);
    this.matcher.lookAtAgent(agent);
    for (const queue of agent.memberships.keys()) this.noteDeclined(queue);
    for (const item of agent.preferredBy) this.changed.add(item);

    const isLost = lostReason(facts, this.clock) !== null;
    for (const item of agent.holds) {
      if (isLost) this.stranded.push(item);
      else if (facts?.notResponding) this.unanswered.push(item);
    }
    this.timers.arm(agent, isLost || facts === null ? null : graceEnds(facts));
    if (facts === null && agent.holds.size + agent.preferredBy.size === 0) this.nodes.agents.delete(agent.id);
  }

  private settleInteraction(item: InteractionNode): void {
    const { facts, queue, holder } = item;
    if (facts.state !== 'QUEUED') {
      if (holder === null) return;
      if (lostReason(holder.facts, this.clock) !== null) this.stranded.push(item);
      if (holder.facts?.notResponding) this.unanswered.push(item);
      if (facts.state !== 'OFFERED' || facts.offer === null) return;
      if (facts.offer.expiresAt > this.clock) this.timers.arm(item, facts.offer.expiresAt);
      else this.lapsed.push({ at: facts.offer.expiresAt, item });
      return;
    }
    if (queue === null) return;
    if (queue.facts === null) {
      queue.homeless.add(item);
      return;
    }
    if (queue.homeless.size > 0) queue.homeless.delete(item);
    this.lanes.place(item, queue, queue.facts, this.clock);
    this.timers.arm(item, nextChangeOf(facts, queue.facts, this.clock));
    const at = this.overflowsAt(item);
    if (at !== null && this.overflowTarget(item) !== null) this.overflowing.push({ at, item });
    const againAt = asksAgainAt(facts, queue.facts);
    if (againAt !== null && againAt <= this.clock) this.exhausted.push(item);
  }

  private enrol(agent: AgentNode, facts: AgentFacts | null): void {
    for (const [queue, member] of agent.memberships) {
      const at = queue.members.indexOf(member);
      queue.members.splice(at, 1);
      queue.memberIndexes.splice(at, 1);
    }
    agent.memberships.clear();
    agent.members.length = 0;
    agent.isInOrder = false;
    for (const [queueId, membership] of facts?.memberships ?? []) {
      const queue = this.nodes.queue(queueId);
      const member = { agent, queue, ...membership, meets: [] };
      agent.memberships.set(queue, member);
      agent.members.push(member);
      queue.members.push(member);
      queue.memberIndexes.push(agent.index);
    }
    agent.skills = [...(facts?.skills.keys() ?? [])].map((skillId) => this.nodes.skill(skillId));
    agent.levels = new Array<number>(this.nodes.skills.size).fill(0);
    for (const skill of agent.skills) agent.levels[skill.index] = facts?.skills.get(skill.id) ?? 0;
    agent.channels = 0;
    for (const channel of facts?.channels ?? []) agent.channels |= this.nodes.channel(channel).bit;
  }

  /** To be called whenever the agent's wrap-ups or the weights of channels changed; the room is looked at by `settle`. */
  private weighWrapUps(agent: AgentNode): void {
    const before = agent.wrappingUp;
    const next = { units: 0, firmUnits: 0, count: 0 };
    for (const { channel: name } of agent.facts?.wrapUps ?? []) {
      const { weight, interruptible } = this.nodes.channel(name);
      next.units += weight;
      if (!interruptible) next.firmUnits += weight;
      next.count++;
    }
    agent.wrappingUp = next;
    agent.used += next.units - before.units;
    agent.usedFirm += next.firmUnits - before.firmUnits;
    agent.working += next.count - before.count;
  }

  /** To be called whenever readiness or room changed. */
  private noteAvailability(agent: AgentNode): void {
    const isFull = agent.isCapped || (agent.usedFirm >= agent.capacity && !this.nodes.hasWeightless);
    this.nodes.available[agent.index] = agent.ready && !isFull;
  }

  private noteDeclined(queue: QueueNode): void {
    for (const lane of queue.declinedLanes) this.declinedLanes.add(lane);
  }

  private detach(item: InteractionNode): void {
    this.lanes.remove(item);
    this.timers.arm(item, null);
    if (item.queue !== null && item.queue.homeless.size > 0) item.queue.homeless.delete(item);
    item.preferredAgent?.preferredBy.delete(item);
    item.preferredAgent = null;
  }

  private attach(item: InteractionNode): void {
    const { queueId, preferred, state } = item.facts;
    item.queue = queueId === null ? null : this.nodes.queue(queueId);
    if (preferred !== null && state === 'QUEUED') {
      item.preferredAgent = this.nodes.agent(preferred.agentId);
      item.preferredAgent.preferredBy.add(item);
    }
    this.changed.add(item);
  }

  private takesSameRoom({ facts, holder }: InteractionNode, next: InteractionFacts): boolean {
    const isHeld = takesRoom(next.state) && next.agentId !== null;
    if (holder === null || !isHeld) return holder === null && !isHeld;
    if (holder.id !== next.agentId || facts.channel !== next.channel || facts.queueId !== next.queueId) return false;
    const channel = this.nodes.channel(next.channel);
    return (
      weightIn(channel, facts.state) === weightIn(channel, next.state) && countsAgainstCaps(facts.state) === countsAgainstCaps(next.state)
    );
  }

  private occupy(item: InteractionNode): void {
    const { agentId, state } = item.facts;
    if (agentId === null || !takesRoom(state)) return;
    this.hold(item, this.nodes.agent(agentId));
  }

  private hold(item: InteractionNode, agent: AgentNode): void {
    const { state, channel: name } = item.facts;
    const channel = this.nodes.channel(name);
    item.holder = agent;
    item.units = weightIn(channel, state);
    item.firmUnits = channel.interruptible ? 0 : item.units;
    item.counts = countsAgainstCaps(state);
    agent.used += item.units;
    agent.usedFirm += item.firmUnits;
    if (item.counts) agent.working++;
    agent.holds.add(item);
    this.noteAvailability(agent);
  }

  private release(item: InteractionNode): void {
    const { holder: agent } = item;
    if (agent === null) return;
    agent.used -= item.units;
    agent.usedFirm -= item.firmUnits;
    if (item.counts) agent.working--;
    agent.holds.delete(item);
    item.holder = null;
    this.noteAvailability(agent);
    this.matcher.lookAtAgent(agent);
  }
}

function* waitingIn(queue: QueueNode): Generator<InteractionNode> {
  for (const lane of [...queue.lanes.values()]) for (const ticket of [...lane.tickets.all()]) yield ticket.item;
  yield* queue.homeless;
}

/** Whether presence, connection and capacity are the same. */
function isSameStanding(known: AgentFacts | null, next: AgentFacts | null): boolean {
  if (known === null || next === null) return known === next;
  return (
    known.availability === next.availability &&
    known.connected === next.connected &&
    known.disconnectedAt === next.disconnectedAt &&
    known.graceMs === next.graceMs &&
    known.notResponding === next.notResponding &&
    known.teamCap?.atMost === next.teamCap?.atMost &&
    isSameList(known.wrapUps, next.wrapUps) &&
    known.capacity === next.capacity
  );
}

/** False when the agent could serve other lanes with the new facts; else takes over when each queue last gave them work. */
function refreshReach(agent: AgentNode, facts: AgentFacts | null): boolean {
  if (agent.facts === null || facts === null) return agent.facts === facts;
  const { skills, levels, members } = agent;
  const { channels } = agent.facts;
  if (skills.length !== facts.skills.size || channels.size !== facts.channels.size || members.length !== facts.memberships.size)
    return false;
  for (const skill of skills) if (facts.skills.get(skill.id) !== levels[skill.index]) return false;
  for (const channel of facts.channels) if (!channels.has(channel)) return false;
  for (const member of members) {
    const membership = facts.memberships.get(member.queue.id);
    if (membership?.level !== member.level) return false;
    member.lastOfferedAt = membership.lastOfferedAt;
  }
  return true;
}

function isSame<T extends object>(known: T, next: Partial<T>): boolean {
  return (Object.keys(next) as (keyof T)[]).every((key) => known[key] === next[key]);
}

function compareDue(a: Due, b: Due): number {
  return a.at - b.at || compareIds(a.item.facts.id, b.item.facts.id);
}

function compareById(a: InteractionNode, b: InteractionNode): number {
  return compareIds(a.facts.id, b.facts.id);
}
