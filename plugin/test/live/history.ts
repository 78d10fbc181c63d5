/** Random legal days of a small contact center: each act changes the facts and writes the events that the engine would. */
import fc from 'fast-check';
import { LIFECYCLE } from '../../src/interactions/lifecycle.js';
import { Standing } from '../../src/live/standing.js';
import { Tallies } from '../../src/live/tallies.js';
import type { Channel, InteractionCommand, InteractionState } from '../../src/platform/generated/graphql.js';
import type { AgentFacts, ChannelFacts, OpenState } from '../../src/routing/facts.js';
import type { LiveQueue, OpenInteraction, WorldChange } from '../../src/routing/world.service.js';
import { buildAgent, buildQueue } from '../routing/builders.js';
import type { Logged, Present } from './naive.js';

export const QUEUES = ['q1', 'q2', 'q3'];
const AGENTS = ['a1', 'a2', 'a3', 'a4'];
const CHANNELS: Channel[] = ['VOICE', 'CHAT', 'EMAIL'];
/** In the middle of a minute. */
const START = Date.UTC(2026, 10, 21, 8, 0, 30);

export type Act =
  | { do: 'OPEN'; queue: number; channel: number }
  | { do: 'STEP'; command: InteractionCommand; item: number; agent: number; queue: number; because: 'TRANSFERRED' | 'OVERFLOWED' }
  | { do: 'CLOCKS'; item: number; atRisk: boolean; breached: boolean; rung: number }
  | { do: 'AGENT'; agent: number; gone: boolean; facts: Partial<AgentFacts>; queues: number[]; channels: number[] }
  | { do: 'QUEUE'; queue: number; gone: boolean; targetMs: number | null; priority: number; open: boolean }
  | { do: 'WEIGHT'; channel: number; weight: number; waitingWeight: number; interruptible: boolean }
  | { do: 'LET_TIME_PASS'; ms: number };

const index = fc.nat({ max: 1_000 });
const commands = Object.keys(LIFECYCLE) as InteractionCommand[];

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('OPEN' as const), queue: index, channel: index }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('STEP' as const),
      command: fc.constantFrom(...commands, 'OFFER' as const, 'ACCEPT' as const, 'ACCEPT' as const),
      item: index,
      agent: index,
      queue: index,
      because: fc.constantFrom('TRANSFERRED' as const, 'OVERFLOWED' as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('CLOCKS' as const),
      item: index,
      atRisk: fc.boolean(),
      breached: fc.boolean(),
      rung: fc.nat(3),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('AGENT' as const),
      agent: index,
      gone: fc.nat({ max: 9 }).map((n) => n === 0),
      facts: fc.record({
        capacity: fc.integer({ min: 50, max: 300 }),
        availability: fc.constantFrom(
          'AVAILABLE' as const,
          'AVAILABLE' as const,
          'AVAILABLE' as const,
          'AWAY' as const,
          'OFFLINE' as const,
        ),
        connected: fc.nat({ max: 3 }).map((n) => n > 0),
        disconnectedAt: fc.constantFrom(null, START),
        graceMs: fc.constant(10_000),
        notResponding: fc.nat({ max: 4 }).map((n) => n === 0),
        wrapUps: fc.oneof(
          { weight: 4, arbitrary: fc.constant<AgentFacts['wrapUps']>([]) },
          {
            weight: 1,
            arbitrary: fc.array(fc.record({ channel: fc.constantFrom(...CHANNELS), queueId: fc.constantFrom(...QUEUES) }), {
              maxLength: 2,
            }),
          },
        ),
      }),
      queues: fc.array(fc.nat({ max: 2 }), { maxLength: 3 }),
      channels: fc.array(fc.nat({ max: 2 }), { maxLength: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('QUEUE' as const),
      queue: index,
      gone: fc.nat({ max: 4 }).map((n) => n === 0),
      targetMs: fc.constantFrom(null, 10_000, 20_000, 60_000),
      priority: fc.nat({ max: 100 }),
      open: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('WEIGHT' as const),
      channel: index,
      weight: fc.integer({ min: 1, max: 120 }),
      waitingWeight: fc.nat({ max: 50 }),
      interruptible: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('LET_TIME_PASS' as const),
      ms: fc.oneof(
        fc.nat({ max: 40_000 }),
        fc.nat({ max: 40 }).map((n) => n * 60_000),
      ),
    }),
  },
);

export const acts = fc.array(act, { maxLength: 120, size: 'max' });

interface Row {
  state: InteractionState;
  acceptedAt: number | null;
  facts: OpenInteraction;
}

/** Plays acts; what a day's state does not allow is left out. */
export class Day {
  now = START;
  readonly tallies = new Tallies();
  readonly standing = new Standing();
  private readonly log: Logged[] = [];
  private readonly rows: Row[] = [];
  private readonly agents = new Map<string, AgentFacts>();
  private readonly queues = new Map<string, LiveQueue>();
  private channels: ChannelFacts[] = [
    { channel: 'VOICE', weight: 100, waitingWeight: 100, interruptible: false, whenAgentLost: 'KEEP' },
    { channel: 'CHAT', weight: 40, waitingWeight: 10, interruptible: false, whenAgentLost: 'REQUEUE' },
    { channel: 'EMAIL', weight: 50, waitingWeight: 0, interruptible: true, whenAgentLost: 'REQUEUE' },
  ];

  constructor() {
    for (const [k, id] of QUEUES.entries()) this.queues.set(id, queue(id, k === 2 ? null : 20_000));
    for (const [k, id] of AGENTS.entries()) this.agents.set(id, agent(id, QUEUES.slice(k % 3)));
    this.standing.apply({ interactions: new Map(), agents: this.agents, queues: this.queues, channels: this.channels });
  }

  get present(): Present {
    return {
      log: this.log,
      interactions: this.rows.filter(({ state }) => isOpen(state)).map(({ facts }) => facts),
      agents: [...this.agents.values()],
      queues: [...this.queues.values()],
      channels: this.channels,
    };
  }

  play(one: Act): void {
    switch (one.do) {
      case 'OPEN':
        return this.open(pick(QUEUES, one.queue), pick(CHANNELS, one.channel));
      case 'STEP':
        return this.step(one);
      case 'CLOCKS':
        return this.clocks(one);
      case 'AGENT':
        return this.setAgent(one);
      case 'QUEUE':
        return this.setQueue(one);
      case 'WEIGHT': {
        const { weight, waitingWeight, interruptible } = one;
        const channel = pick(CHANNELS, one.channel);
        this.channels = this.channels.map((known) =>
          known.channel === channel ? { ...known, weight, waitingWeight, interruptible } : known,
        );
        return this.standing.apply({ ...nothing(), channels: this.channels });
      }
      case 'LET_TIME_PASS':
        this.now += one.ms;
    }
  }

  private open(queueId: string, channel: Channel): void {
    const facts = { ...interaction(`i${this.rows.length}`, channel, queueId, this.now), number: this.rows.length + 1 };
    const row: Row = { state: 'QUEUED', acceptedAt: null, facts };
    this.rows.push(row);
    this.write('interaction.queued', row, { because: 'OPENED' });
    this.changed(row);
  }

  private step({ command, item, agent: who, queue: where, because }: Act & { do: 'STEP' }): void {
    const row = pick(this.rows, item);
    if (!row || !LIFECYCLE[command].from.includes(row.state)) return;
    const before = row.facts;
    const { queuedAt } = before;
    row.state = LIFECYCLE[command].to;
    row.facts = { ...before, state: row.state as OpenState };
    const first = row.acceptedAt === null || row.acceptedAt < queuedAt;
    switch (command) {
      case 'OFFER':
        row.facts.agentId = pick(AGENTS, who);
        break;
      case 'ACCEPT':
        this.write('interaction.accepted', row, { first, waitMs: this.now - queuedAt });
        row.acceptedAt = this.now;
        break;
      case 'RETURN':
      case 'GIVE_BACK':
        row.facts.agentId = null;
        break;
      case 'ABANDON':
        this.write('interaction.abandoned', row, { waitMs: this.now - queuedAt });
        break;
      case 'CLOSE': {
        const isHeld = before.agentId !== null && before.state !== 'OFFERED';
        this.write('interaction.closed', row, { handleMs: isHeld && row.acceptedAt !== null ? this.now - row.acceptedAt : null });
        break;
      }
      case 'TRANSFER':
      case 'ESCALATE':
      case 'REOPEN':
      case 'SPLIT':
        row.facts = { ...row.facts, queueId: pick(QUEUES, where), queuedAt: this.now, agentId: null };
        this.write('interaction.queued', row, { because: command === 'REOPEN' ? 'REOPENED' : because });
    }
    this.changed(row);
  }

  private clocks({ item, atRisk, breached, rung }: Act & { do: 'CLOCKS' }): void {
    const row = pick(this.rows, item);
    if (!row || !isOpen(row.state)) return;
    row.facts = { ...row.facts, slaAtRisk: atRisk, slaBreached: breached, escalation: rung === 0 ? null : this.escalation(rung) };
    this.changed(row);
  }

  private escalation(rung: number): NonNullable<OpenInteraction['escalation']> {
    return {
      kind: 'RESOLUTION',
      breachedAt: this.now - 60_000,
      rung,
      rungs: 3,
      rungAt: this.now,
      nextRungAt: rung === 3 ? null : this.now + 60_000,
    };
  }

  private setAgent({ agent: who, gone, facts, queues, channels }: Act & { do: 'AGENT' }): void {
    const id = pick(AGENTS, who);
    const next = {
      ...agent(
        id,
        queues.map((k) => pick(QUEUES, k)),
      ),
      channels: new Set(channels.map((k) => pick(CHANNELS, k))),
      ...facts,
    };
    if (gone) this.agents.delete(id);
    else this.agents.set(id, next);
    this.standing.apply({ ...nothing(), agents: new Map([[id, gone ? null : next]]) });
  }

  private setQueue({ queue: which, gone, targetMs, priority, open }: Act & { do: 'QUEUE' }): void {
    const id = pick(QUEUES, which);
    const next = { ...queue(id, targetMs), priority, open };
    if (gone) this.queues.delete(id);
    else this.queues.set(id, next);
    this.standing.apply({ ...nothing(), queues: new Map([[id, gone ? null : next]]) });
  }

  private changed({ state, facts }: Row): void {
    this.standing.apply({ ...nothing(), interactions: new Map([[facts.id, isOpen(state) ? facts : null]]) });
  }

  private write(type: string, { facts: { queueId } }: Row, facts: Record<string, unknown>): void {
    const targetOf = (id: string): number | null => this.queues.get(id)?.acceptTargetMs ?? null;
    const event = { type, at: this.now, facts: { queueId, ...facts } };
    this.log.push({ ...event, targetMs: queueId === null ? null : targetOf(queueId) });
    this.tallies.fold({ ...event, at: new Date(this.now) }, targetOf, this.now);
  }
}

const pick = <T>(from: readonly T[], k: number): T => from[k % from.length] as T;
const isOpen = (state: InteractionState): boolean => !['CREATED', 'CLOSED', 'ABANDONED'].includes(state);
const nothing = (): WorldChange => ({
  events: [],
  interactions: new Map(),
  agents: new Map(),
  queues: new Map(),
  channels: null,
  skills: null,
  desks: new Set(),
});

export const queue = (id: string, acceptTargetMs: number | null): LiveQueue => ({
  ...buildQueue(id),
  translations: [],
  department: 'Service',
  openAt: null,
  acceptTargetMs,
});

export const agent = (id: string, queueIds: string[]): AgentFacts =>
  buildAgent(id, Object.fromEntries(queueIds.map((queueId) => [queueId, 1])), {
    channels: new Set(CHANNELS),
    presenceSince: START,
    presenceSetAt: START,
    idleSince: START,
  });

export const interaction = (id: string, channel: Channel, queueId: string | null, queuedAt: number): OpenInteraction => ({
  id,
  channel,
  state: 'QUEUED',
  queueId,
  priority: 50,
  skills: [],
  queuedAt,
  arrivedAt: queuedAt,
  dueAt: null,
  agentId: null,
  offer: null,
  preferred: null,
  declinedBy: [],
  offerRound: 0,
  lastDeclinedAt: null,
  roundNotBefore: null,
  createdAt: queuedAt,
  version: 1,
  slaAtRisk: false,
  slaBreached: false,
  number: 1,
  escalation: null,
});
