/**
 * The contact center as it stands now, in memory: read once from the tables, then kept true by the event log. An event
 * only says which record changed; the rows are believed, and read again. The router and the live figures share it.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { AgentRow } from '../agents/agent-rows.sql.js';
import { AgentsService } from '../agents/agents.service.js';
import { openInteractions, openPage, type OpenRow } from '../interactions/open-interactions.sql.js';
import { Clock } from '../platform/clock.js';
import { Database, type Rows } from '../platform/database.js';
import { describeError } from '../platform/errors.js';
import { EventTail, type LogEvent } from '../platform/event-tail.js';
import { Loop } from '../platform/loop.js';
import type { NameTranslation, SlaMilestoneKind } from '../platform/generated/graphql.js';
import { QueuesService, type QueueWithSkills } from '../queues/queues.service.js';
import type { AgentFacts, ChannelFacts, InteractionFacts, OpenState, QueueFacts, SkillFacts } from './facts.js';

export interface OpenInteraction extends InteractionFacts {
  number: number;
  createdAt: number;
  /** Counts up with each change of the row. */
  version: number;
  slaAtRisk: boolean;
  slaBreached: boolean;
  /** The highest rung of a ladder that one of its clocks stands on. */
  escalation: Escalation | null;
}

export interface Escalation {
  kind: SlaMilestoneKind;
  breachedAt: number;
  rung: number;
  rungs: number;
  rungAt: number;
  nextRungAt: number | null;
}

export interface LiveQueue extends QueueFacts {
  translations: NameTranslation[];
  department: string;
  openAt: QueueWithSkills['openAt'];
  /** Target of the time to accept, which is the threshold of the service level; null without a policy. */
  acceptTargetMs: number | null;
}

/** The changes after one look at the log: a record that is null is gone. */
export interface WorldChange {
  events: LogEvent[];
  interactions: Map<string, OpenInteraction | null>;
  agents: Map<string, AgentFacts | null>;
  queues: Map<string, LiveQueue | null>;
  channels: ChannelFacts[] | null;
  /** New ones and those that stand; null where none came. */
  skills: SkillFacts[] | null;
  /** Agents whose own record changed, or the work that they hold or that rings at them. */
  desks: Set<string>;
}

/** An offer that this engine has just committed. */
export interface MadeOffer {
  id: string;
  interactionId: string;
  agentId: string;
  queueId: string;
  /** Of the interaction's row with the offer. */
  version: number;
  offeredAt: number;
  expiresAt: number;
}

type Listener = (change: WorldChange) => void;

/** Of open interactions, where all are read. */
const PAGE = 10_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** Hours of operation are looked at again this often. */
const HOURS_MS = 1_000;
/** So many offers may be made that the log does not show yet; of more, the rows are read. */
const MOST_MADE = 2_000;
/** How long an answer waits for changes that its caller may have made. */
const CATCH_UP_MS = 2_000;

@Injectable()
export class WorldService implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly interactions = new Map<string, OpenInteraction>();
  readonly agents = new Map<string, AgentFacts>();
  readonly queues = new Map<string, LiveQueue>();
  channels: ChannelFacts[] = [];
  skills: SkillFacts[] = [];

  private readonly log = new Logger('world');
  private readonly listeners = new Set<Listener>();
  private readonly loop = new Loop('reading of changes', () => this.step(), this.log);
  private pending: LogEvent[] = [];
  /** The last event that came from the log. */
  private received = 0n;
  /** The last event that is part of this picture. */
  private position = 0n;
  private readonly waiting = new Set<() => void>();
  /** Offers of this engine that the log has not come to, by their ids. */
  private readonly made = new Map<string, MadeOffer>();
  private unfollow: () => void = () => undefined;
  private loading: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly tail: EventTail,
    private readonly clock: Clock,
    private readonly agentsService: AgentsService,
    private readonly queuesService: QueuesService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.ready();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loading?.catch(() => undefined);
    this.unfollow();
    await this.loop.stop();
  }

  /** Resolves when everything has been read once. */
  ready(): Promise<void> {
    return (this.loading ??= this.load());
  }

  /** Calls `listener` after each change, in the order of the log, until the returned function is called. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The last event that is committed now: `includes` tells when the picture holds it and all before it. */
  lastCommitted(): Promise<bigint> {
    return this.tail.last();
  }

  includes(seq: bigint): boolean {
    return this.position >= seq;
  }

  /**
   * Resolves when all that was committed before the call is part of this picture, or after 2 s: then somebody's open
   * transaction holds the log back, and the picture of before that has to do.
   */
  async caughtUp(): Promise<void> {
    const last = await this.tail.last();
    if (this.position >= last) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      const look = (): void => void (this.position >= last && done());
      const timer = setTimeout(done, CATCH_UP_MS);
      this.waiting.add(look);
    });
  }

  /** The router has committed these offers: their rows need not be read when the log comes to them. */
  offersMade(offers: readonly MadeOffer[]): void {
    for (const offer of offers) this.made.set(offer.id, offer);
    for (const id of this.made.keys()) {
      if (this.made.size <= MOST_MADE) return;
      this.made.delete(id);
    }
  }

  private async load(): Promise<void> {
    const { position, seen } = await this.tail.present();
    const state = await this.read(null, null, null);
    this.position = this.received = position;
    this.apply({ events: [], ...state });
    this.unfollow = await this.tail.follow(position, (events) => {
      this.pending.push(...events.filter(({ seq }) => !seen.has(seq)));
      this.received = events[events.length - 1]?.seq ?? this.received;
      this.loop.wake();
    });
    this.loop.start();
  }

  private async step(): Promise<number> {
    const events = this.pending;
    const last = this.received;
    this.pending = [];
    const hours = this.hours();
    if (events.length === 0) {
      this.reached(last);
      if (hours.size > 0) this.apply({ events, interactions: new Map(), agents: new Map(), queues: hours, channels: null, skills: null });
      return HOURS_MS;
    }
    try {
      const { touched, interactions, agents } = this.withoutOwnOffers(events);
      const change = await this.read(
        [...touched.interactions],
        touched.everyAgent ? null : [...touched.agents],
        touched.everyQueue ? null : [...touched.queues],
        touched.channels,
        touched.skills,
      );
      for (const [id, interaction] of interactions) change.interactions.set(id, interaction);
      for (const [id, agent] of agents) if (!change.agents.has(id)) change.agents.set(id, agent);
      for (const [id, queue] of hours) if (!change.queues.has(id)) change.queues.set(id, queue);
      this.apply({ events, ...change });
      this.reached(last);
    } catch (error) {
      this.pending = [...events, ...this.pending];
      throw error;
    }
    return this.pending.length > 0 ? 0 : HOURS_MS;
  }

  /**
   * Divides the records of these events into those that have to be read, and those that are known without reading: interactions
   * and agents with no other event than an offer that this engine has made, on the very row that this picture holds.
   */
  private withoutOwnOffers(events: LogEvent[]): {
    touched: Subjects;
    interactions: Map<string, OpenInteraction>;
    agents: Map<string, AgentFacts>;
  } {
    const own: MadeOffer[] = [];
    const others = events.filter(({ type, facts }) => {
      const offer = type === 'interaction.offered' && this.made.get(String(facts.offerId));
      if (!offer) return true;
      this.made.delete(offer.id);
      own.push(offer);
      return false;
    });
    const touched = subjects(others);
    const interactions = new Map<string, OpenInteraction>();
    const agents = new Map<string, AgentFacts>();
    for (const offer of own) {
      const interaction = this.interactions.get(offer.interactionId);
      if (interaction?.version === offer.version - 1 && !touched.interactions.has(interaction.id)) {
        interactions.set(interaction.id, ringing(interaction, offer));
      } else {
        touched.interactions.add(offer.interactionId);
      }
      const agent = agents.get(offer.agentId) ?? this.agents.get(offer.agentId);
      if (agent && !touched.agents.has(agent.id)) agents.set(agent.id, chosen(agent, offer));
      else touched.agents.add(offer.agentId);
    }
    return { touched, interactions, agents };
  }

  private reached(position: bigint): void {
    this.position = position;
    for (const look of this.waiting) look();
  }

  /** Queues whose hours of operation have opened or closed them since they were last looked at. */
  private hours(): Map<string, LiveQueue> {
    const now = this.clock.now().getTime();
    const changed = [...this.queues.values()].filter(({ openAt, open }) => openAt !== null && openAt(now) !== open);
    return new Map(changed.map((queue) => [queue.id, { ...queue, open: !queue.open }]));
  }

  private apply(facts: Omit<WorldChange, 'desks'>): void {
    const change = { ...facts, desks: new Set(facts.agents.keys()) };
    for (const [id, interaction] of facts.interactions) {
      const before = this.interactions.get(id)?.agentId;
      if (before) change.desks.add(before);
      if (interaction?.agentId) change.desks.add(interaction.agentId);
    }
    replace(this.interactions, change.interactions);
    replace(this.agents, change.agents);
    replace(this.queues, change.queues);
    if (change.channels) this.channels = change.channels;
    if (change.skills) this.skills = change.skills;
    for (const listener of this.listeners) {
      try {
        listener(change);
      } catch (error) {
        this.log.error(describeError(error));
      }
    }
  }

  /** Page by page: all at once would keep the engine from everything else for seconds, and its connections would count as lost. */
  private async allOpen(): Promise<OpenRow[]> {
    const all: OpenRow[] = [];
    for (let after = FIRST_ID; ;) {
      const page = await this.database.statement<OpenRow>(openPage(after, PAGE));
      for (const row of page) all.push(row);
      if (page.length < PAGE) return all;
      after = page.at(-1)?.id ?? after;
    }
  }

  /** Ids of records to read; null for all of a kind. */
  private async read(
    interactionIds: string[] | null,
    agentIds: string[] | null,
    queueIds: string[] | null,
    channels = true,
    skills = true,
  ): Promise<Omit<WorldChange, 'events' | 'desks'>> {
    const { prisma } = this.database;
    const rows: Rows = (sql) => this.database.statement(sql);
    const none = (ids: string[] | null) => ids?.length === 0;
    const [interactions, agents, queues, settings, names] = await Promise.all([
      interactionIds ? (none(interactionIds) ? [] : rows<OpenRow>(openInteractions(interactionIds))) : this.allOpen(),
      none(agentIds) ? [] : this.agentsService.facts(rows, agentIds),
      none(queueIds) ? [] : this.queuesService.facts(prisma, queueIds),
      channels ? this.queuesService.channelSettings(prisma) : null,
      skills ? this.agentsService.skills(prisma) : null,
    ]);
    const now = this.clock.now().getTime();
    const gone = (ids: string[] | null): [string, null][] => (ids ?? []).map((id) => [id, null]);
    return {
      interactions: new Map([
        ...gone(interactionIds),
        ...interactions.map((row): [string, OpenInteraction] => [row.id, interactionFacts(row)]),
      ]),
      agents: new Map([...gone(agentIds), ...agents.map((row): [string, AgentFacts] => [row.id, agentFacts(row)])]),
      queues: new Map([...gone(queueIds), ...queues.map((row): [string, LiveQueue] => [row.id, queueFacts(row, now)])]),
      channels:
        settings?.map(({ channel, weight, waitingWeight, interruptible, whenAgentLost }) => ({
          channel,
          weight,
          waitingWeight,
          interruptible,
          whenAgentLost,
        })) ?? null,
      skills: names,
    };
  }
}

function replace<T>(map: Map<string, T>, change: Map<string, T | null>): void {
  for (const [id, value] of change) {
    if (value === null) map.delete(id);
    else map.set(id, value);
  }
}

/** The row as the offer left it. */
const ringing = (interaction: OpenInteraction, { id, agentId, offeredAt, expiresAt, version }: MadeOffer): OpenInteraction => ({
  ...interaction,
  state: 'OFFERED',
  agentId,
  offer: { id, offeredAt, expiresAt },
  version,
});

/** The agent as the offer left them: idle since then at the soonest, and at the end of the queue's round robin. */
function chosen(agent: AgentFacts, { queueId, offeredAt }: MadeOffer): AgentFacts {
  const membership = agent.memberships.get(queueId);
  const memberships = membership ? new Map(agent.memberships).set(queueId, { ...membership, lastOfferedAt: offeredAt }) : agent.memberships;
  return { ...agent, memberships, idleSince: offeredAt };
}

/** Which records events are about. */
interface Subjects {
  interactions: Set<string>;
  agents: Set<string>;
  queues: Set<string>;
  everyAgent: boolean;
  everyQueue: boolean;
  channels: boolean;
  skills: boolean;
}

function subjects(events: LogEvent[]): Subjects {
  const touched = {
    interactions: new Set<string>(),
    agents: new Set<string>(),
    queues: new Set<string>(),
    everyAgent: false,
    everyQueue: false,
    channels: false,
    skills: false,
  };
  for (const { type, subjectId, facts } of events) {
    const kind = type.slice(0, type.indexOf('.'));
    if (kind === 'interaction' || kind === 'sla') touched.interactions.add(subjectId);
    if (kind === 'agent') touched.agents.add(subjectId);
    if (kind === 'queue') touched.queues.add(subjectId);
    if (kind === 'sla_policy' || kind === 'business_calendar') touched.everyQueue = true;
    if (type === 'team.updated') touched.everyAgent = true;
    if (kind === 'channel') touched.channels = true;
    if (kind === 'skill') touched.skills = true;
    // Since when an agent is idle, and their place in the round robin, change with their work.
    if ((kind === 'interaction' || kind === 'queue') && typeof facts.agentId === 'string') touched.agents.add(facts.agentId);
    // The agent's record does not change, but the agent's desk does.
    if (kind === 'notification' && typeof facts.agentId === 'string') touched.agents.add(facts.agentId);
  }
  return touched;
}

function interactionFacts(row: OpenRow): OpenInteraction {
  const preferred =
    row.preference && row.preferred_agent_id && row.preferred_until
      ? { agentId: row.preferred_agent_id, until: row.preferred_until.getTime(), kind: row.preference }
      : null;
  return {
    id: row.id,
    channel: row.channel,
    state: row.state as OpenState,
    queueId: row.queue_id,
    priority: row.priority,
    skills: row.skills,
    number: row.number,
    createdAt: row.created_at.getTime(),
    queuedAt: (row.queued_at ?? row.created_at).getTime(),
    arrivedAt: (row.arrived_at ?? row.queued_at ?? row.created_at).getTime(),
    dueAt: row.due_at?.getTime() ?? null,
    agentId: row.agent_id ?? row.offer_agent_id,
    offer:
      row.offer_id && row.offer_offered_at && row.offer_expires_at
        ? { id: row.offer_id, offeredAt: row.offer_offered_at.getTime(), expiresAt: row.offer_expires_at.getTime() }
        : null,
    preferred,
    declinedBy: row.declined_by,
    lastDeclinedAt: row.last_declined_at?.getTime() ?? null,
    offerRound: row.offer_round,
    roundNotBefore: row.round_not_before?.getTime() ?? null,
    version: row.version,
    slaAtRisk: row.at_risk,
    slaBreached: row.breached,
    escalation: row.escalation,
  };
}

function agentFacts(row: AgentRow): AgentFacts {
  return {
    id: row.id,
    name: row.name,
    capacity: row.capacity,
    skills: new Map(Object.entries(row.skills)),
    memberships: new Map(
      row.memberships.map(({ queueId, level, lastOfferedAt }) => [queueId, { level, lastOfferedAt: lastOfferedAt ?? 0 }]),
    ),
    channels: new Set(row.channels),
    availability: row.availability,
    presenceName: row.presence_name,
    presenceSince: row.presence_since.getTime(),
    connected: row.connected,
    disconnectedAt: row.connected ? null : (row.connection_since?.getTime() ?? null),
    graceMs: row.connection_grace_ms,
    notResponding: row.not_responding,
    presenceSetAt: row.presence_set_at.getTime(),
    idleSince: row.idle_since.getTime(),
    wrapUps: row.wrap_ups,
    teamCap: row.team_cap,
  };
}

function queueFacts(row: QueueWithSkills, now: number): LiveQueue {
  return {
    id: row.id,
    name: row.name,
    translations: row.translations,
    department: row.department,
    priority: row.priority,
    strategy: row.strategy,
    skills: row.skills.map(({ skillId, minLevel, mandatory }) => ({ skillId, minLevel, mandatory })),
    relaxation: row.relaxation.map(({ afterSeconds, levelDrop }) => ({ afterMs: afterSeconds * 1_000, levelDrop })),
    levelDelayMs: row.levelDelaySeconds.map((seconds) => seconds * 1_000),
    offerTimeoutMs: row.offerTimeoutSeconds * 1_000,
    overflow:
      row.overflowQueueId && row.overflowAfterSeconds ? { afterMs: row.overflowAfterSeconds * 1_000, queueId: row.overflowQueueId } : null,
    askAgainMs: row.askAgainAfterSeconds * 1_000,
    keepsPlace: row.keepsPlace,
    maxPerAgent: row.maxPerAgent,
    open: row.openAt?.(now) ?? true,
    openAt: row.openAt,
    acceptTargetMs: row.acceptTargetSeconds === null ? null : row.acceptTargetSeconds * 1_000,
  };
}
