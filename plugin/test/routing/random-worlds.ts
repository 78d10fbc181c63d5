/** Random contact centers and what may happen in them, for running the router and the reference side by side. */
import fc from 'fast-check';
import type { Channel } from '../../src/platform/generated/graphql.js';
import type { AgentFacts, ChannelFacts, InteractionFacts, QueueFacts, SkillNeed } from '../../src/routing/facts.js';

/** Small numbers of everything, and times in steps of 5 s, so that things meet and tie often. */
const QUEUES = ['q0', 'q1', 'q2', 'q3'];
const AGENTS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7'];
const ITEMS = Array.from({ length: 12 }, (_, i) => `i${String(i).padStart(2, '0')}`);
const SKILLS = ['s0', 's1', 's2', 's3'];
const ROUTED: Channel[] = ['VOICE', 'CHAT', 'EMAIL'];

const steps = (max: number): fc.Arbitrary<number> => fc.nat(max).map((n) => n * 5_000);
const past = steps(6).map((n) => -n);

const mostly = <T>(usual: T, rare: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: rare });

const need: fc.Arbitrary<SkillNeed> = fc.record({
  skillId: fc.constantFrom(...SKILLS),
  minLevel: fc.integer({ min: 1, max: 3 }),
  mandatory: fc.boolean(),
});

const needs = fc.oneof(
  { weight: 6, arbitrary: fc.constant<SkillNeed[]>([]) },
  { weight: 3, arbitrary: fc.array(need, { minLength: 1, maxLength: 2 }) },
);

const relaxation = fc
  .uniqueArray(fc.record({ afterMs: steps(6), levelDrop: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 2,
    selector: ({ afterMs }) => afterMs,
  })
  .map((all) => all.sort((a, b) => a.afterMs - b.afterMs));

const overflow = fc.option(fc.record({ afterMs: steps(6), queueId: fc.constantFrom(...QUEUES) }), { freq: 2 });

const queue: fc.Arbitrary<QueueFacts> = fc.record({
  id: fc.constantFrom(...QUEUES),
  name: fc.constantFrom('Billing', 'Faults', 'Sales'),
  priority: fc.constantFrom(40, 50, 60),
  strategy: fc.constantFrom('LONGEST_IDLE', 'LEAST_OCCUPIED', 'BEST_SKILL', 'ROUND_ROBIN'),
  skills: needs,
  relaxation,
  levelDelayMs: fc.array(steps(4), { maxLength: 2 }),
  offerTimeoutMs: fc.constantFrom(5_000, 10_000, 20_000),
  overflow,
  askAgainMs: fc.constantFrom(10_000, 20_000, 600_000),
  keepsPlace: fc.boolean(),
  maxPerAgent: mostly<number | null>(null, fc.integer({ min: 1, max: 2 })),
  open: mostly(true, fc.constant(false)),
});

const memberships = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...QUEUES), fc.record({ level: fc.integer({ min: 1, max: 3 }), lastOfferedAt: steps(2) })), {
    minLength: 1,
    maxLength: 4,
    size: 'max',
    selector: ([queueId]) => queueId,
  })
  .map((entries) => new Map(entries));

const skills = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...SKILLS), fc.integer({ min: 1, max: 4 })), {
    maxLength: 4,
    size: 'max',
    selector: ([skillId]) => skillId,
  })
  .map((entries) => new Map(entries));

const channels = fc.oneof({ weight: 3, arbitrary: fc.constant(ROUTED) }, { weight: 1, arbitrary: fc.subarray(ROUTED) });

const agent: fc.Arbitrary<AgentFacts> = fc
  .record({
    id: fc.constantFrom(...AGENTS),
    name: fc.constantFrom('Anna', 'Boris', 'Cyril', 'Dana'),
    capacity: fc.constantFrom(100, 100, 200, 60, 0),
    skills,
    memberships,
    channels: channels.map((all) => new Set(all)),
    availability: mostly<AgentFacts['availability']>('AVAILABLE', fc.constantFrom('AWAY', 'OFFLINE')),
    presenceName: fc.constantFrom('Break', 'Ready'),
    presenceSince: past,
    connected: mostly(true, fc.constant(false)),
    disconnectedAt: fc.option(past, { freq: 3 }),
    graceMs: fc.constantFrom(10_000, 60_000),
    notResponding: mostly(false, fc.constant(true)),
    presenceSetAt: past,
    idleSince: past,
    wrapUps: mostly<AgentFacts['wrapUps']>(
      [],
      fc.array(fc.record({ channel: fc.constantFrom(...ROUTED), queueId: fc.constantFrom(...QUEUES) }), { minLength: 1, maxLength: 2 }),
    ),
    teamCap: mostly<AgentFacts['teamCap']>(null, fc.record({ team: fc.constant('Juniors'), atMost: fc.integer({ min: 1, max: 3 }) })),
  })
  .map((facts) => (facts.connected ? { ...facts, disconnectedAt: null } : facts));

const interaction: fc.Arbitrary<InteractionFacts> = fc
  .record({
    id: fc.constantFrom(...ITEMS),
    channel: fc.constantFrom(...ROUTED),
    state: mostly<InteractionFacts['state']>('QUEUED', fc.constantFrom('OFFERED', 'ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP')),
    queueId: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom<string | null>(...QUEUES) },
      { weight: 1, arbitrary: fc.constant<string | null>(null) },
    ),
    priority: fc.constantFrom(40, 50, 60),
    skills: needs,
    queuedAt: past,
    arrivedAt: past,
    dueAt: fc.option(steps(3), { freq: 2 }),
    agentId: fc.option(fc.constantFrom(...AGENTS), { freq: 9 }),
    offer: fc.record({ id: fc.constant('offer'), offeredAt: past, expiresAt: steps(4) }),
    preferred: fc.option(
      fc.record({
        agentId: fc.constantFrom(...AGENTS),
        until: steps(6),
        kind: fc.constantFrom<'STICKY' | 'DIRECT'>('STICKY', 'DIRECT'),
      }),
      { freq: 2 },
    ),
    declinedBy: mostly<string[]>([], fc.subarray(AGENTS, { maxLength: 3 })),
    lastDeclinedAt: fc.option(past, { freq: 4 }),
    offerRound: fc.nat(1),
    roundNotBefore: mostly<number | null>(null, steps(2)),
  })
  .map((facts): InteractionFacts => ({
    ...facts,
    agentId: facts.state === 'QUEUED' ? null : (facts.agentId ?? 'a0'),
    offer: facts.state === 'OFFERED' ? facts.offer : null,
  }));

const channelSettings: fc.Arbitrary<ChannelFacts> = fc.record({
  channel: fc.constantFrom(...ROUTED),
  weight: fc.constantFrom(100, 50, 30, 0),
  waitingWeight: fc.constantFrom(0, 10, 100),
  interruptible: fc.boolean(),
  whenAgentLost: fc.constantFrom<'KEEP' | 'REQUEUE'>('KEEP', 'REQUEUE'),
});

/** Times inside facts are relative to the moment of the change; `pick` chooses among what there is. */
export type Change =
  | { kind: 'CHANNEL'; facts: ChannelFacts }
  | { kind: 'QUEUE'; facts: QueueFacts; fields: (keyof QueueFacts)[] }
  | { kind: 'AGENT'; facts: AgentFacts; fields: (keyof AgentFacts)[] }
  | { kind: 'INTERACTION'; facts: InteractionFacts; fields: (keyof InteractionFacts)[] }
  /** The same, several times over. */
  | { kind: 'RUSH'; facts: InteractionFacts; ids: string[] }
  | { kind: 'REMOVE'; what: 'QUEUE' | 'AGENT' | 'INTERACTION'; pick: number }
  /** What a person does with what rings at them or what they hold. */
  | { kind: 'ACT'; act: 'ACCEPT' | 'DECLINE' | 'HOLD' | 'WAIT' | 'RESUME' | 'WRAP_UP' | 'CLOSE'; pick: number }
  | { kind: 'COME_BACK'; pick: number }
  | { kind: 'PULL'; pick: number }
  /** Time goes on, the router decides, the database commits each offer or refuses it. */
  | { kind: 'DECIDE'; afterMs: number; limit: number; outcomes: Outcome[] };

/** STAYS: not committed yet; TAKEN: refused as the interaction was closed; UNDONE: refused, it waits as before. */
export type Outcome = 'COMMITTED' | 'STAYS' | 'TAKEN' | 'UNDONE';

const pick = fc.nat(1_000);

const decide: fc.Arbitrary<Change> = fc.record({
  kind: fc.constant('DECIDE'),
  afterMs: fc.oneof(steps(2), steps(8), fc.nat(999)),
  limit: mostly(1_000, fc.integer({ min: 1, max: 3 })),
  outcomes: fc.array(mostly<Outcome>('COMMITTED', fc.constantFrom('STAYS', 'TAKEN', 'UNDONE')), {
    minLength: 1,
    maxLength: 5,
  }),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('CHANNEL'), facts: channelSettings }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('QUEUE'),
      facts: queue,
      fields: fc.subarray<keyof QueueFacts>(
        [
          'priority',
          'strategy',
          'skills',
          'relaxation',
          'levelDelayMs',
          'offerTimeoutMs',
          'overflow',
          'askAgainMs',
          'keepsPlace',
          'maxPerAgent',
          'open',
        ],
        { minLength: 1, maxLength: 2 },
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('AGENT'),
      facts: agent,
      fields: fc.subarray<keyof AgentFacts>(
        [
          'capacity',
          'skills',
          'memberships',
          'channels',
          'availability',
          'connected',
          'notResponding',
          'presenceSetAt',
          'idleSince',
          'wrapUps',
          'teamCap',
        ],
        {
          minLength: 1,
          maxLength: 2,
        },
      ),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('INTERACTION'),
      facts: interaction,
      fields: fc.subarray<keyof InteractionFacts>(['queueId', 'priority', 'skills', 'arrivedAt', 'dueAt', 'preferred', 'channel'], {
        minLength: 1,
        maxLength: 2,
      }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('RUSH'),
      facts: interaction.map((facts): InteractionFacts => ({ ...facts, state: 'QUEUED', agentId: null, offer: null })),
      ids: fc.subarray(ITEMS, { minLength: 2, maxLength: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('REMOVE'), what: fc.constantFrom('QUEUE', 'AGENT', 'INTERACTION'), pick }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('ACT'),
      act: fc.constantFrom('ACCEPT', 'DECLINE', 'DECLINE', 'HOLD', 'WAIT', 'RESUME', 'WRAP_UP', 'CLOSE'),
      pick,
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('COME_BACK'), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('PULL'), pick }) },
  { weight: 10, arbitrary: decide },
);

export interface Story {
  channels: ChannelFacts[];
  queues: QueueFacts[];
  agents: AgentFacts[];
  interactions: InteractionFacts[];
  changes: Change[];
}

export const story: fc.Arbitrary<Story> = fc.record({
  channels: fc.uniqueArray(channelSettings, { selector: ({ channel }) => channel, maxLength: 3 }),
  queues: fc.uniqueArray(queue, { selector: ({ id }) => id, minLength: 1, maxLength: 4, size: 'max' }),
  agents: fc.uniqueArray(agent, { selector: ({ id }) => id, minLength: 1, maxLength: 8, size: 'max' }),
  interactions: fc.uniqueArray(interaction, { selector: ({ id }) => id, maxLength: 12, size: 'max' }),
  changes: fc.array(change, { minLength: 1, maxLength: 40, size: 'max' }),
});
