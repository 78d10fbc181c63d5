/** Keeps waiting interactions in their lanes, and the lanes in the ranking of their queue. */
import { admittedLevels, isReserved, levelDropAfter } from './eligibility.js';
import { Ranking } from './ranking.js';
import { Ticket, type InteractionNode, type Lane, type LaneParts, type QueueNode, type Nodes } from './nodes.js';
import type { QueueFacts } from './facts.js';

/** Upper bounds, for keys: of channels, and of sets of membership levels above 1. */
const CHANNELS = 32;
const LEVEL_SETS = 1 << 10;

export interface LaneListener {
  /** This lane's first interaction is new, so some agent may be able to take it. */
  onNewHead(lane: Lane): void;
  /** The lane holds something more that others declined or let lapse. */
  onDeclined(lane: Lane): void;
}

export class Lanes {
  constructor(
    private readonly nodes: Nodes,
    private readonly listener: LaneListener,
  ) {}

  /** Puts a waiting interaction where it belongs at `now`; one that is there already keeps its ticket. */
  place(item: InteractionNode, queue: QueueNode, facts: QueueFacts, now: number): void {
    const parts = this.partsFor(item, queue, facts, now);
    if (item.ticket !== null) {
      if (item.ticket.lane.key === parts.key && item.ticket.lane.queue === queue) return;
      this.remove(item);
    }
    queue.waiting++;
    for (const skill of parts.requirement.skills) skill.demand++;

    const known = queue.lanes.get(parts.key);
    const ticket = new Ticket(item, parts, known);
    const { lane } = ticket;
    item.ticket = ticket;
    lane.tickets.put(ticket, -ticket.priority, ticket.dueAt, ticket.since);
    if (known === undefined) this.open(lane);
    if (lane.tickets.first === ticket) {
      this.lead(lane, ticket);
      this.listener.onNewHead(lane);
    }
    if (lane.declinedBy.length > 0) this.listener.onDeclined(lane);
  }

  /** Takes an interaction out of its lane. */
  remove(item: InteractionNode): void {
    const { ticket } = item;
    if (ticket === null) return;
    const { lane } = ticket;
    item.ticket = null;
    lane.queue.waiting--;
    for (const skill of lane.requirement.skills) skill.demand--;
    lane.tickets.remove(ticket);
    if (lane.head !== ticket) return;
    const next = lane.tickets.first;
    if (next === undefined) this.close(lane);
    else this.lead(lane, next);
  }

  private open(lane: Lane): void {
    lane.queue.lanes.set(lane.key, lane);
    if (lane.declinedBy.length > 0) lane.queue.declinedLanes.add(lane);
    lane.reserved?.agent.reservedLanes.add(lane);
  }

  private close(lane: Lane): void {
    lane.queue.lanes.delete(lane.key);
    lane.queue.declinedLanes.delete(lane);
    if (lane.place >= 0) this.rankingOf(lane).remove(lane);
    lane.reserved?.agent.reservedLanes.delete(lane);
  }

  private lead(lane: Lane, head: Ticket): void {
    lane.head = head;
    if (lane.reserved !== null || lane.paused) return;
    this.rankingOf(lane).rank(lane);
  }

  private rankingOf({ queue, channel, levels }: Lane): Ranking {
    for (const ranking of queue.rankings) if (ranking.channel === channel && ranking.levels === levels) return ranking;
    const ranking = new Ranking(channel, levels);
    queue.rankings.push(ranking);
    return ranking;
  }

  private partsFor(item: InteractionNode, queue: QueueNode, facts: QueueFacts, now: number): LaneParts {
    const { roundNotBefore, preferred, skills, queuedAt } = item.facts;
    const channel = this.nodes.channel(item.facts.channel);
    const waited = now - queuedAt;
    const requirement = this.nodes.requirement(queue, facts, skills, levelDropAfter(facts, waited));
    const levels = admittedLevels(facts, waited);
    const paused = roundNotBefore !== null && now < roundNotBefore;
    const declinedBy = item.facts.declinedBy.length > 1 ? [...item.facts.declinedBy].sort() : item.facts.declinedBy;
    const ordinary = (requirement.index * CHANNELS + channel.index) * LEVEL_SETS + levels;
    let special = '';

    const agent = item.preferredAgent;
    let reserved: Lane['reserved'] = null;
    if (preferred !== null && agent !== null) {
      const isMember = agent.memberships.has(queue);
      if (isReserved(item.facts, agent.facts, isMember, requirement.needs, now)) {
        reserved = { agent, kind: preferred.kind };
        special += ` ${preferred.kind} ${agent.id}`;
      }
    }
    if (paused) special += ' paused';
    if (declinedBy.length > 0) special += ` not ${declinedBy.join()}`;
    const key = special === '' ? ordinary : ordinary + special;
    return { key, queue, channel, requirement, levels, reserved, declinedBy, paused };
  }
}
