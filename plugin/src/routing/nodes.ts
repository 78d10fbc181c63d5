/**
 * The nodes of the router's memory: one for each channel, queue, agent and interaction, with the router's own copy of its
 * facts, and the links between them that make a decision cheap.
 */
import type { Channel } from '../platform/generated/graphql.js';
import { effectiveNeeds } from './eligibility.js';
import { Heap } from './heap.js';
import { Ranking } from './ranking.js';
import type { AgentFacts, ChannelFacts, InteractionFacts, QueueFacts, SkillNeed } from './facts.js';

export interface Skill {
  readonly id: string;
  /** Short stand-in for the id inside keys. */
  readonly index: number;
  name: string;
  /** Waiting interactions that ask for this skill now. */
  demand: number;
}

/** A set of effective needs in a queue. */
export interface Requirement {
  /** Stands for it in its queue, and for nothing else there ever. */
  readonly index: number;
  readonly needs: readonly SkillNeed[];
  /** The skills of `needs`, one by one. */
  readonly skills: readonly Skill[];
}

/** An agent in a queue. */
export interface Member {
  readonly agent: AgentNode;
  readonly queue: QueueNode;
  readonly level: number;
  lastOfferedAt: number;
  /** Whether the agent meets the queue's requirements, by their indexes, as far as that was worked out. */
  readonly meets: boolean[];
}

/**
 * Waiting interactions that exactly the same agents may serve at this moment. Whatever can make a difference is part
 * of the key; when time or a fact makes one, the interaction moves to another lane. An empty lane is dead.
 */
export class Lane implements LaneParts {
  readonly key: LaneKey;
  readonly queue: QueueNode;
  readonly channel: ChannelNode;
  readonly requirement: Requirement;
  readonly levels: number;
  readonly reserved: Reservation | null;
  readonly declinedBy: readonly string[];
  readonly paused: boolean;
  readonly tickets = new Heap<Ticket>();
  readonly candidate: Candidate = { ticket: null, source: this, id: '', place: -1 };
  /** In its ranking. */
  place = -1;
  /** By the matcher. */
  listed = false;

  constructor(
    parts: LaneParts,
    /** The first of the tickets; once the lane is empty, the last one that was first. */
    public head: Ticket,
  ) {
    this.key = parts.key;
    this.queue = parts.queue;
    this.channel = parts.channel;
    this.requirement = parts.requirement;
    this.levels = parts.levels;
    this.reserved = parts.reserved;
    this.declinedBy = parts.declinedBy;
    this.paused = parts.paused;
  }

  /** In the ranking a lane stands where its head does. */
  get id(): string {
    return this.head.id;
  }
}

/** Unique in the queue; a number where nothing is special, as building a text takes longer than all else. */
export type LaneKey = number | string;

/** The facts that make the lane, whichever interactions wait in it. */
export interface LaneParts {
  readonly key: LaneKey;
  readonly queue: QueueNode;
  readonly channel: ChannelNode;
  readonly requirement: Requirement;
  /** Membership levels above 1 that help by now, as `admittedLevels` gives them. */
  readonly levels: number;
  readonly reserved: Reservation | null;
  readonly declinedBy: readonly string[];
  /** Between two rounds: no agent gets an offer. */
  readonly paused: boolean;
}

/** Kept for this agent alone. */
export interface Reservation {
  readonly agent: AgentNode;
  readonly kind: 'STICKY' | 'DIRECT';
}

/** The place of a waiting interaction in a lane. Its order never changes: an interaction that moves gets a new ticket. */
export class Ticket {
  readonly id: string;
  readonly priority: number;
  /** Infinity for none. */
  readonly dueAt: number;
  readonly queuedAt: number;
  /** Since when it counts as waiting, in the order. */
  readonly since: number;
  lane: Lane;
  place = -1;

  constructor(
    readonly item: InteractionNode,
    parts: LaneParts,
    lane?: Lane,
  ) {
    const { id, priority, dueAt, queuedAt, arrivedAt } = item.facts;
    this.id = id;
    this.priority = priority;
    this.dueAt = dueAt ?? Infinity;
    this.queuedAt = queuedAt;
    this.since = parts.queue.facts?.keepsPlace ? arrivedAt : queuedAt;
    this.lane = lane ?? new Lane(parts, this);
  }

  /** Still waits there. */
  get alive(): boolean {
    return this.place >= 0;
  }
}

/** A ticket that may be served next, as a lane or an agent proposes it. */
export interface Candidate {
  readonly source: Lane | AgentNode;
  ticket: Ticket | null;
  /** The ticket's. */
  id: string;
  /** Among the matcher's candidates. */
  place: number;
}

export class ChannelNode {
  weight = 100;
  waitingWeight = 100;
  interruptible = false;
  whenAgentLost: ChannelFacts['whenAgentLost'] = 'KEEP';

  /** Stands for this channel in sets of channels. */
  readonly bit: number;

  constructor(
    readonly channel: Channel,
    readonly index: number,
  ) {
    this.bit = 1 << index;
  }
}

export class QueueNode {
  /** Null while other facts name a queue that was not handed over. */
  facts: QueueFacts | null = null;
  /** Gives out work, by `facts`. */
  open = false;
  /** By `facts`. */
  priority = 0;
  /** By `facts`; Infinity for none. */
  maxPerAgent = Infinity;
  readonly members: Member[] = [];
  /** Their agents' indexes, one by one. */
  readonly memberIndexes: number[] = [];
  readonly lanes = new Map<LaneKey, Lane>();
  /** The lanes that members may serve: all but those that are reserved or paused. */
  readonly rankings: Ranking[] = [];
  /** The lanes of interactions that an agent declined or let lapse in their present round. */
  readonly declinedLanes = new Set<Lane>();
  /** Waiting, but `facts` are null. */
  readonly homeless = new Set<InteractionNode>();
  /** By level drop and own needs; as long as `facts` ask for the same skills. */
  readonly requirements = new Map<string, Requirement>();
  /** Those without own needs, by level drop. */
  readonly plainRequirements: Requirement[] = [];
  requirementsSeen = 0;
  waiting = 0;
  /** When all lanes were made candidates last, by the matcher's count of changes. */
  enteredAt = 0;

  /** @param available which agents are ready and not full, by their indexes */
  constructor(
    readonly id: string,
    readonly available: readonly boolean[],
  ) {}

  forgetRequirements(): void {
    this.requirements.clear();
    this.plainRequirements.length = 0;
  }
}

export class AgentNode {
  readonly kind = 'AGENT';
  /** Null while other facts name an agent who was not handed over, or was removed. */
  facts: AgentFacts | null = null;
  ready = false;
  capacity = 0;
  /** The bits of the channels taken today. */
  channels = 0;
  /** Units taken by everything held or ringing. */
  used = 0;
  /** Units taken by work that a call may not interrupt. */
  usedFirm = 0;
  /** How many of the interactions that they hold count against caps. */
  working = 0;
  /** Wrap-ups after transfers, as they are part of `used`, `usedFirm` and `working`. */
  wrappingUp: { units: number; firmUnits: number; count: number } = { units: 0, firmUnits: 0, count: 0 };
  /** Their team's cap; Infinity for none. */
  maxAtOnce = Infinity;
  readonly memberships = new Map<QueueNode, Member>();
  /** The same; the queue of the highest priority first, where they are in order. */
  readonly members: Member[] = [];
  /** To be taken back whenever a member or the priority of their queue changes. */
  isInOrder = false;
  skills: readonly Skill[] = [];
  /** Levels by the skills' indexes; 0 for none. */
  levels: number[] = [];
  readonly holds = new Set<InteractionNode>();
  /** Waiting interactions that name this agent as preferred, in force or not. */
  readonly preferredBy = new Set<InteractionNode>();
  /** Lanes that are kept for this agent. */
  readonly reservedLanes = new Set<Lane>();
  readonly candidate: Candidate = { ticket: null, source: this, id: '', place: -1 };
  /** How often the interaction that looked best for this agent went to another one since `changedAt`. */
  beaten = 0;
  /** By the matcher's count of changes. */
  changedAt = 0;
  /** By the matcher. */
  listed = false;
  /** Kept by the timers. */
  timerAt: number | null = null;

  /** @param index stands for the agent in lists that are gone through often */
  constructor(
    readonly id: string,
    readonly index: number,
  ) {}

  /** Interruptible work takes no room from other work: a call rings at an agent who is busy with e-mail. */
  hasRoomFor(channel: ChannelNode): boolean {
    return (channel.interruptible ? this.used : this.usedFirm) + channel.weight <= this.capacity;
  }

  /** Whether the agent has as many interactions at once as members of the team may have. */
  get isCapped(): boolean {
    return this.working >= this.maxAtOnce;
  }

  /** Whether the agent has as many of this queue at once as one agent may. Counted on demand: few hold more than a handful, and few queues have a cap. */
  isCappedIn(queue: QueueNode): boolean {
    return queue.maxPerAgent !== Infinity && this.workingIn(queue) >= queue.maxPerAgent;
  }

  workingIn(queue: QueueNode): number {
    let count = 0;
    for (const item of this.holds) if (item.queue === queue && item.counts) count++;
    for (const { queueId } of this.facts?.wrapUps ?? []) if (queueId === queue.id) count++;
    return count;
  }
}

export class InteractionNode {
  readonly kind = 'INTERACTION';
  holder: AgentNode | null = null;
  queue: QueueNode | null = null;
  preferredAgent: AgentNode | null = null;
  ticket: Ticket | null = null;
  /** Whether it stands among the changed nodes. */
  listed = false;
  /** Kept by the timers. */
  timerAt: number | null = null;
  /** Units taken of the holder. */
  units = 0;
  /** The part of them that a call may not interrupt. */
  firmUnits = 0;
  /** Against the caps of its holder's team and of its queue. */
  counts = false;

  /** @param facts the router's own copy, changed by its decisions */
  constructor(public facts: InteractionFacts) {}

  get id(): string {
    return this.facts.id;
  }
}

/** All nodes by id. A node that is not there yet is made, without facts, when it is needed. */
export class Nodes {
  readonly channels = new Map<Channel, ChannelNode>();
  readonly queues = new Map<string, QueueNode>();
  readonly agents = new Map<string, AgentNode>();
  readonly interactions = new Map<string, InteractionNode>();
  readonly skills = new Map<string, Skill>();
  /** Agents who are ready and not full, by their indexes. */
  readonly available: boolean[] = [];
  /** Some channel takes no room at all, so nobody is ever full. */
  hasWeightless = false;

  channel(channel: Channel): ChannelNode {
    return getOrMake(this.channels, channel, () => new ChannelNode(channel, this.channels.size));
  }

  queue(id: string): QueueNode {
    return getOrMake(this.queues, id, () => new QueueNode(id, this.available));
  }

  agent(id: string): AgentNode {
    return getOrMake(this.agents, id, () => new AgentNode(id, this.available.push(false) - 1));
  }

  skill(id: string): Skill {
    return getOrMake(this.skills, id, () => ({ id, index: this.skills.size, name: id, demand: 0 }));
  }

  /** The effective needs of an interaction with `ownNeeds` in `queue`. */
  requirement(queue: QueueNode, facts: QueueFacts, ownNeeds: readonly SkillNeed[], levelDrop: number): Requirement {
    const plain = ownNeeds.length === 0 ? queue.plainRequirements[levelDrop] : undefined;
    if (plain !== undefined) return plain;
    let key = String(levelDrop);
    for (const need of ownNeeds) key += `|${need.skillId}${need.mandatory ? '!' : ':'}${need.minLevel}`;
    const known = queue.requirements.get(key);
    if (known !== undefined) return known;

    const needs = effectiveNeeds(facts.skills, ownNeeds, levelDrop);
    const skills = needs.map((need) => this.skill(need.skillId));
    const sameNeeds = `= ${needs.map((need, i) => `${skills[i]?.index}:${need.minLevel}`).join()}`;
    const requirement = queue.requirements.get(sameNeeds) ?? { index: queue.requirementsSeen++, needs, skills };
    if (queue.requirements.size >= REQUIREMENTS_KEPT) queue.forgetRequirements();
    queue.requirements.set(sameNeeds, requirement).set(key, requirement);
    if (ownNeeds.length === 0) queue.plainRequirements[levelDrop] = requirement;
    return requirement;
  }
}

/** A bound on what a queue remembers of the combinations it has seen. */
const REQUIREMENTS_KEPT = 5_000;

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
