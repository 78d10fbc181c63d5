/** What an event and a frame cost the live figures, by the size of the contact center and of its last hour; no database. */
import { buildBoard, diff, type Sources } from '../../plugin/src/live/board.js';
import { Standing, type Facts } from '../../plugin/src/live/standing.js';
import { Tallies } from '../../plugin/src/live/tallies.js';
import type { AgentFacts, OpenState } from '../../plugin/src/routing/facts.js';
import type { LiveQueue, OpenInteraction } from '../../plugin/src/routing/world.service.js';
import { buildAgent, buildInteraction, buildQueue } from '../../plugin/test/routing/builders.js';
import { ascending, percentile, type Bench, type Figure } from './figure.js';

const QUEUES = 16;
const AGENTS = 500;
const LARGEST = 50_000;
/** Events of the last hour in the largest. */
const HOUR = 320_000;
const ROUNDS = 5;
const FOLDS = 50_000;
const TICKS = 2_000;
const START = Date.UTC(2026, 10, 21, 8, 0, 30);

/** One interaction's way, over and over; a new one takes the place of the closed one. */
const STEPS: { state: OpenState; event: string; facts: Record<string, unknown> }[] = [
  { state: 'QUEUED', event: 'interaction.queued', facts: { because: 'OPENED' } },
  { state: 'OFFERED', event: 'interaction.offered', facts: {} },
  { state: 'ACTIVE', event: 'interaction.accepted', facts: { first: true, waitMs: 12_000 } },
  { state: 'WRAP_UP', event: 'interaction.ended', facts: {} },
];

const queueId = (n: number): string => `queue ${n % QUEUES}`;
const agentId = (n: number): string => `agent ${n % AGENTS}`;

const bench: Bench = async () => {
  const figures: Figure[] = [];
  const medians: { fold: number; tick: number }[] = [];
  for (const part of [16, 4, 1]) {
    const center = new Center(LARGEST / part, HOUR / part);
    const folds: number[] = [];
    const ticks: number[] = [];
    // The first round compiles.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const fold = center.foldMany();
      const tick = center.tickMany();
      if (round === 0) continue;
      folds.push(1e6 / fold);
      ticks.push(tick);
    }
    const words = `${(LARGEST / part).toLocaleString('en-GB')} open, ${(HOUR / part).toLocaleString('en-GB')} events in the last hour`;
    figures.push(
      { name: `live fold, ${words}`, unit: 'events/s', samples: folds },
      { name: `board of ${QUEUES} queues built and compared, ${words}`, unit: 'µs/frame', samples: ticks },
    );
    medians.push({ fold: 1e6 / percentile(ascending(folds), 50), tick: percentile(ascending(ticks), 50) });
  }
  const [first, , last] = medians;
  return [
    ...figures,
    { name: 'live fold, cost of an event at 16 times the size', unit: 'times', samples: [(last?.fold ?? NaN) / (first?.fold ?? NaN)] },
    { name: 'board, cost of a frame at 16 times the size', unit: 'times', samples: [(last?.tick ?? NaN) / (first?.tick ?? NaN)] },
  ];
};
export default bench;

class Center {
  private now = START;
  private readonly sources: Sources;
  private readonly items: { facts: OpenInteraction; step: number }[];
  private next = 0;

  constructor(open: number, hour: number) {
    const standing = new Standing();
    const tallies = new Tallies();
    this.items = Array.from({ length: open }, (_, n) => ({ facts: interaction(n, this.now - n), step: 0 }));
    standing.apply({
      interactions: new Map(this.items.map(({ facts }) => [facts.id, facts])),
      agents: new Map(Array.from({ length: AGENTS }, (_, n) => [agentId(n), agent(n)])),
      queues: new Map(Array.from({ length: QUEUES }, (_, n) => [queueId(n), queue(n)])),
      channels: [{ channel: 'VOICE', weight: 100, waitingWeight: 100, interruptible: false, whenAgentLost: 'KEEP' }],
    });
    this.sources = { standing, tallies, crew: standing.form(null) };
    this.now -= 3_600_000;
    for (let n = 0; n < hour; n += 1) {
      this.now += 3_600_000 / hour;
      this.tally('interaction.queued', queueId(n), { because: 'OPENED' });
    }
  }

  /** Microseconds an event. */
  foldMany(): number {
    const began = performance.now();
    for (let n = 0; n < FOLDS; n += 1) this.happen();
    return ((performance.now() - began) * 1_000) / FOLDS;
  }

  /** Microseconds a frame, each after one event. */
  tickMany(): number {
    const scope = { queueIds: null, formula: 'WAITING_INCLUDED' } as const;
    let board = buildBoard(this.sources, scope, new Date(this.now));
    let spent = 0;
    for (let n = 0; n < TICKS; n += 1) {
      this.happen();
      const began = performance.now();
      const next = buildBoard(this.sources, scope, new Date(this.now));
      diff(board, next);
      spent += performance.now() - began;
      board = next;
    }
    return (spent * 1_000) / TICKS;
  }

  /** The next of the open interactions goes one step further on its way: what the log says, and the row. */
  private happen(): void {
    this.next += 1;
    this.now += 1;
    const item = this.items[this.next % this.items.length]!;
    const { facts } = item;
    const changed = new Map<string, OpenInteraction | null>();
    item.step += 1;
    if (item.step === STEPS.length) {
      changed.set(facts.id, null);
      this.tally('interaction.closed', facts.queueId, { handleMs: 240_000 });
      item.step = 0;
      item.facts = interaction(this.next + 1_000_000, this.now);
    }
    const { state, event, facts: told } = STEPS[item.step]!;
    item.facts = { ...item.facts, state, agentId: state === 'QUEUED' ? null : agentId(this.next) };
    changed.set(item.facts.id, item.facts);
    this.tally(event, item.facts.queueId, told);
    this.sources.standing.apply({ interactions: changed, agents: new Map(), queues: new Map(), channels: null } satisfies Facts);
  }

  private tally(type: string, queue: string | null, facts: Record<string, unknown>): void {
    this.sources.tallies.fold({ type, at: new Date(this.now), facts: { ...facts, queueId: queue } }, () => 20_000, this.now);
  }
}

const interaction = (n: number, queuedAt: number): OpenInteraction => ({
  ...buildInteraction(`interaction ${n}`, queueId(n), { queuedAt }),
  createdAt: queuedAt,
  version: 1,
  slaAtRisk: false,
  slaBreached: false,
  number: 1,
  escalation: null,
});

const agent = (n: number): AgentFacts =>
  buildAgent(agentId(n), Object.fromEntries([0, 1, 2].map((k) => [queueId(n + k), 1])), {
    capacity: 10_000,
    channels: new Set(['VOICE']),
    presenceSince: START,
    presenceSetAt: START,
    idleSince: START,
  });

const queue = (n: number): LiveQueue => ({
  ...buildQueue(queueId(n)),
  translations: [],
  department: 'Bench',
  openAt: null,
  acceptTargetMs: 20_000,
});
