/**
 * Finds the next pair of a waiting interaction and an agent without looking at all of them.
 *
 * When the router is at rest no waiting interaction has an eligible agent. So a pair can only come from a lane whose
 * head is new or from an agent who became able to do more. Each of these *sources* enters the best ticket it knows as
 * a candidate; the best candidate of all is the next interaction to be served, and a source that finds nothing drops
 * out until it changes again.
 */
import TinyQueue from 'tinyqueue';
import { chooseMember, type Choice } from './choice.js';
import { compareCandidates, isBefore } from './order.js';
import { mayServe, memberFor } from './serving.js';
import { AgentState, type Candidate, type Lane, type QueueState, type State, type Ticket } from './state.js';

/**
 * An agent whose best ticket went to others this often enters all lanes of their queues instead: when many agents
 * become free together, going lane by lane costs less than each of them looking again after each offer.
 */
const BEATEN_LIMIT = 6;

export interface Match {
  readonly ticket: Ticket;
  readonly choice: Choice;
}

export class Matcher {
  private readonly candidates = new TinyQueue<Candidate>([], compareCandidates);
  private readonly lanes = new Set<Lane>();
  private readonly agents = new Set<AgentState>();
  /** Counts changes of agents, to tell which came before which. */
  private changes = 0;

  constructor(private readonly state: State) {}

  /** Nothing is left to look at. */
  get atRest(): boolean {
    return this.candidates.length + this.lanes.size + this.agents.size === 0;
  }

  lookAtLane(lane: Lane): void {
    this.lanes.add(lane);
  }

  lookAtAgent(agent: AgentState): void {
    agent.beaten = 0;
    agent.changedAt = ++this.changes;
    this.agents.add(agent);
  }

  /** After the queue opened, or a new priority changed the place of all its candidates. */
  lookAtQueue(queue: QueueState): void {
    for (const lane of queue.lanes.values()) this.lanes.add(lane);
    for (const { source } of this.candidates.data) if (source instanceof AgentState) this.agents.add(source);
  }

  /** The interaction that is served next and by whom; null when nobody can take anything. The caller commits it. */
  next(): Match | null {
    for (const agent of this.agents) this.enterAgent(agent);
    this.agents.clear();
    for (const lane of this.lanes) this.enterLane(lane);
    this.lanes.clear();

    for (let candidate = this.candidates.pop(); candidate !== undefined; candidate = this.candidates.pop()) {
      const { source, ticket } = candidate;
      if (source.candidate !== candidate) continue;
      source.candidate = null;
      const choice = ticket.alive && ticket.lane.queue.open ? chooseMember(ticket.lane) : null;
      if (source instanceof AgentState) {
        if (choice?.member.agent !== source) source.beaten++;
        if (choice === null) this.enterAgent(source);
        else this.agents.add(source);
      } else if (choice !== null) {
        this.lanes.add(source);
      } else if (!ticket.alive) {
        this.enterLane(source);
      }
      if (choice !== null) return { ticket, choice };
    }
    return null;
  }

  private enterLane(lane: Lane): void {
    lane.candidate = null;
    if (lane.head.alive && lane.queue.open) this.enter(lane, lane.head);
  }

  private enterAgent(agent: AgentState): void {
    agent.candidate = null;
    if (!this.state.available[agent.index]) return;
    if (agent.beaten >= BEATEN_LIMIT) {
      for (const lane of agent.reservedLanes) if (lane.candidate === null) this.enterLane(lane);
      for (const queue of agent.memberships.keys()) this.enterQueue(queue, agent.changedAt);
      return;
    }
    const ticket = this.bestFor(agent);
    if (ticket !== null) this.enter(agent, ticket);
  }

  /** Enters all lanes, unless that was done after the change of an agent with that count. */
  private enterQueue(queue: QueueState, changedAt: number): void {
    if (queue.enteredAt >= changedAt) return;
    queue.enteredAt = this.changes;
    for (const lane of queue.lanes.values()) if (lane.candidate === null) this.enterLane(lane);
  }

  private enter(source: Lane | AgentState, ticket: Ticket): void {
    source.candidate = { ticket, source, queuePriority: ticket.lane.queue.priority };
    this.candidates.push(source.candidate);
  }

  /** The first ticket in the order of all queues that this agent may serve and has room for. */
  private bestFor(agent: AgentState): Ticket | null {
    let best: Ticket | null = null;
    for (const lane of agent.reservedLanes) {
      if (!lane.queue.open || !agent.hasRoomFor(lane.channel) || !mayServe(memberFor(agent, lane.queue), lane)) continue;
      if (best === null || isBefore(lane.head, best)) best = lane.head;
    }
    const channels: number[] = [];
    for (const channel of this.state.channels.values()) {
      if ((agent.channels & channel.bit) !== 0 && agent.hasRoomFor(channel)) channels.push(channel.index);
    }
    for (const [queue, member] of agent.memberships) {
      if (!queue.open || (best !== null && queue.priority < best.lane.queue.priority)) continue;
      let bound = best !== null && queue.priority === best.lane.queue.priority ? best : null;
      for (const index of channels) {
        const ranking = queue.rankings[index];
        if (ranking !== undefined) bound = ranking.best(bound, member);
      }
      best = bound ?? best;
    }
    return best;
  }
}
