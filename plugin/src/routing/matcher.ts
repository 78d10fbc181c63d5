/**
 * Finds the next pair of a waiting interaction and an agent without looking at all of them.
 *
 * When the router is at rest no waiting interaction has an eligible agent. So a pair can only come from a lane whose
 * head is new or from an agent who became able to do more. Each of these *sources* enters the best ticket it knows as
 * a candidate; the best candidate of all is the next interaction to be served, and a source that finds nothing drops
 * out until it changes again.
 */
import { chooseMember, type Choice } from './choice.js';
import { isAdmitted } from './eligibility.js';
import { Heap } from './heap.js';
import { isBefore } from './order.js';
import { memberFor, obstacleBetween } from './obstacles.js';
import { AgentNode, type Candidate, type Lane, type Member, type QueueNode, type Nodes, type Ticket } from './nodes.js';
import { Worklist } from './worklist.js';

/**
 * An agent whose best ticket went to others this often enters all lanes of their queues instead: when many agents
 * become free together, going lane by lane costs less than each of them looking again after each offer.
 */
const BEATEN_LIMIT = 6;

export interface Match {
  readonly ticket: Ticket;
  readonly choice: Choice;
}

/** An upper bound of the interactions' priority, which is 100 at most. */
const PRIORITIES = 1_000;

export class Matcher {
  private readonly candidates = new Heap<Candidate>();
  private readonly lanes = new Worklist<Lane>((lane) => this.enterLane(lane));
  private readonly agents = new Worklist<AgentNode>((agent) => this.enterAgent(agent));
  /**
   * Counts changes of agents, to tell which came first: `changedAt` of an agent is the count at their last change,
   * `enteredAt` of a queue that at which all its lanes were entered last.
   *
   * Entering a queue's lanes for an agent may be left out when `enteredAt` is not before `changedAt`: all of them were
   * entered since the agent became what they are now, and a lane stops being a candidate only when nobody can take its
   * head, this agent included. Then nobody can take the tickets after it either, as the same agents may serve all that are in
   * a lane. Whatever could make a difference comes back by itself: more room is a change of the agent, a queue that opens or
   * bears more enters its lanes, and what time changes moves to another lane, which is entered as a new one. So both
   * numbers only save work: a `changedAt` that is too high, or an `enteredAt` that is too low, costs time and nothing else.
   */
  private changes = 0;

  constructor(private readonly nodes: Nodes) {}

  /** Nothing is left to look at. */
  get atRest(): boolean {
    return this.candidates.size + this.lanes.size + this.agents.size === 0;
  }

  lookAtLane(lane: Lane): void {
    this.lanes.add(lane);
  }

  lookAtAgent(agent: AgentNode): void {
    agent.beaten = 0;
    agent.changedAt = ++this.changes;
    this.agents.add(agent);
  }

  /** After the queue opened, gave more room, or a new priority changed the place of all its candidates. */
  lookAtQueue(queue: QueueNode): void {
    for (const { agent } of queue.members) agent.isInOrder = false;
    for (const lane of queue.lanes.values()) this.lanes.add(lane);
    for (const { source } of this.candidates.all()) if (source instanceof AgentNode) this.agents.add(source);
  }

  /** The interaction that is served next and by whom; null when nobody can take anything. The caller commits it. */
  next(): Match | null {
    this.agents.drain();
    this.lanes.drain();

    for (let candidate = this.candidates.first; candidate !== undefined; candidate = this.candidates.first) {
      const { source } = candidate;
      const ticket = candidate.ticket as Ticket;
      this.leave(candidate);
      const choice = ticket.alive && ticket.lane.queue.open ? chooseMember(ticket.lane) : null;
      if (source instanceof AgentNode) {
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
    if (lane.head.alive && lane.queue.open) this.enter(lane.candidate, lane.head);
    else this.leave(lane.candidate);
  }

  private enterAgent(agent: AgentNode): void {
    const isBeaten = agent.beaten >= BEATEN_LIMIT;
    const isAvailable = this.nodes.available[agent.index];
    const ticket = isAvailable && !isBeaten ? this.bestFor(agent) : null;
    if (ticket !== null) this.enter(agent.candidate, ticket);
    else this.leave(agent.candidate);
    if (!isAvailable || !isBeaten) return;
    for (const lane of agent.reservedLanes) if (lane.candidate.ticket === null) this.enterLane(lane);
    for (const { queue } of agent.members) this.enterQueue(queue, agent.changedAt);
  }

  /** Enters all lanes, unless that was done since an agent changed at that count; see `changes`. */
  private enterQueue(queue: QueueNode, changedAt: number): void {
    if (queue.enteredAt >= changedAt) return;
    queue.enteredAt = this.changes;
    for (const lane of queue.lanes.values()) if (lane.candidate.ticket === null) this.enterLane(lane);
  }

  private enter(candidate: Candidate, ticket: Ticket): void {
    candidate.ticket = ticket;
    candidate.id = ticket.id;
    const order = ticket.lane.queue.priority * PRIORITIES + ticket.priority;
    this.candidates.put(candidate, -order, ticket.dueAt, ticket.since);
  }

  private leave(candidate: Candidate): void {
    candidate.ticket = null;
    this.candidates.remove(candidate);
  }

  /** The first ticket in the order of all queues that this agent, who is available, may serve and has room for. */
  private bestFor(agent: AgentNode): Ticket | null {
    let best: Ticket | null = null;
    for (const lane of agent.reservedLanes) {
      if (obstacleBetween(memberFor(agent, lane.queue), lane) !== null) continue;
      if (best === null || isBefore(lane.head, best)) best = lane.head;
    }
    let channels = 0;
    for (const channel of this.nodes.channels.values()) if (agent.hasRoomFor(channel)) channels |= agent.channels & channel.bit;
    for (const member of this.membersInOrder(agent)) {
      const { queue, level } = member;
      if (best !== null && queue.priority < best.lane.queue.priority) break;
      if (!queue.open || agent.isCappedIn(queue)) continue;
      const bound: Ticket | null = best !== null && queue.priority === best.lane.queue.priority ? best : null;
      let first = bound;
      for (const ranking of queue.rankings) {
        if ((ranking.channel.bit & channels) !== 0 && isAdmitted(level, ranking.levels)) first = ranking.best(first, member);
      }
      best = first ?? best;
    }
    return best;
  }

  private membersInOrder(agent: AgentNode): readonly Member[] {
    if (!agent.isInOrder) agent.members.sort((a, b) => b.queue.priority - a.queue.priority);
    agent.isInOrder = true;
    return agent.members;
  }
}
