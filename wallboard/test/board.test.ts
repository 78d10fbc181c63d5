/** The board's pure half: whatever the engine sends, the screen shows the whole of it, and never more than fits. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyFrame as applied, isStale, type Board as BoardOf } from '../src/board';
import { CHANNEL_ROWS } from '../src/tiles/channels/channels';
import { escalationTimes, fitting, type EscalationLive } from '../src/tiles/escalations/ladder';
import { FLOW_ROWS, flowCurve } from '../src/tiles/flow/curve';
import { arrange, HEADING_ROWS, MOST_ROWS, QUEUE_ROWS, urgency, waitedSeconds, type QueueLive } from '../src/tiles/queues/queues';
import type { Frame, Parts } from '../src/tiles';

type Board = BoardOf<Parts>;
const applyFrame = (board: Board | null, frame: Frame) =>
  applied<Parts>(board, frame, { queues: QUEUE_ROWS, channels: CHANNEL_ROWS, flow: FLOW_ROWS });

const NOW = Date.parse('2026-03-02T10:00:30.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function queue(overrides: Partial<QueueLive> = {}): QueueLive {
  return {
    queueId: id(1),
    name: 'VIP',
    translations: [],
    department: 'Energy',
    priority: 50,
    open: true,
    waiting: 0,
    longestWaitingSince: null,
    agentsAvailable: 3,
    agentsIdle: 1,
    serviceLevel: { percent: 80, thresholdSeconds: 20 },
    slaAtRisk: 0,
    slaBreached: 0,
    slaEscalated: 0,
    ...overrides,
  };
}

/** A whole board as the engine would count it, and how it says the way from one to the next. */
type World = Pick<Frame, 'queues' | 'agents' | 'channels' | 'flow' | 'totals' | 'escalations'>;
const EMPTY: World = { queues: [], agents: null, channels: [], flow: [], totals: null, escalations: [] };

const escalation = (overrides: Partial<EscalationLive> = {}): EscalationLive => ({
  interactionId: id(1),
  number: 1,
  queueId: id(1),
  kind: 'FIRST_RESPONSE',
  breachedAt: iso(NOW - 754_000),
  rung: 1,
  rungs: 3,
  nextRungAt: iso(NOW + 200_000),
  ...overrides,
});

const small = fc.nat({ max: 9 });
const minuteOf = (n: number): string => iso(NOW - 30_000 - n * 60_000);
const queueArbitrary = fc
  .record({
    n: fc.nat({ max: 11 }),
    department: fc.constantFrom('Energy', 'Telco'),
    priority: fc.nat({ max: 100 }),
    waiting: small,
    slaBreached: small,
  })
  .map(({ n, ...rest }) => queue({ queueId: id(n), name: `Queue ${n % 5}`, ...rest }));
const worldArbitrary: fc.Arbitrary<World> = fc.record({
  queues: fc.uniqueArray(queueArbitrary, { selector: ({ queueId }) => queueId, maxLength: 12 }),
  agents: fc.record({
    idle: small,
    ringing: small,
    busy: small,
    wrapUp: small,
    away: small,
    notResponding: small,
    disconnected: small,
    offline: small,
  }),
  channels: fc
    .array(fc.record({ waiting: small, agentsTaking: small }), { minLength: 3, maxLength: 3 })
    .map((rows) =>
      (['VOICE', 'EMAIL', 'FAX'] as const)
        .map((channel, index) => ({ channel, waiting: 0, agentsTaking: 0, ...rows[index], inProgress: 0, freeSlots: 2 }))
        .filter(({ waiting, agentsTaking }) => waiting + agentsTaking > 0),
    ),
  flow: fc
    .array(small, { minLength: 60, maxLength: 60 })
    .map((counts) => counts.map((arrived, index) => ({ minute: minuteOf(59 - index), arrived, handled: 1 }))),
  totals: small.map((waiting) => ({
    waiting,
    inProgress: 1,
    slaAtRisk: 0,
    slaBreached: 0,
    slaEscalated: 0,
    arrivedLastHour: 1,
    handledLastHour: 1,
    abandonedLastHour: 0,
    serviceLevelPercent: null,
  })),
  escalations: fc.uniqueArray(
    fc.record({ number: small, rung: small }).map(({ number, rung }) => escalation({ interactionId: id(number), number, rung })),
    {
      selector: ({ number }) => number,
      maxLength: 6,
    },
  ),
});

const snapshot = (world: World, sequence = 1): Frame => ({
  kind: 'SNAPSHOT',
  sequence,
  at: iso(NOW),
  removedQueueIds: [],
  ...world,
});

function changes(before: World, after: World, sequence: number): Frame {
  const changed = <Row>(rows: Row[], old: Row[]): Row[] => {
    const known = new Set(old.map((row) => JSON.stringify(row)));
    return rows.filter((row) => !known.has(JSON.stringify(row)));
  };
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  return {
    kind: 'CHANGES',
    sequence,
    at: iso(NOW),
    queues: changed(after.queues, before.queues),
    removedQueueIds: before.queues.map((row) => row.queueId).filter((old) => !after.queues.some((row) => row.queueId === old)),
    agents: same(before.agents, after.agents) ? null : after.agents,
    channels: [
      ...changed(after.channels, before.channels),
      ...before.channels
        .filter((row) => !after.channels.some(({ channel }) => channel === row.channel))
        .map(({ channel }) => ({ channel, waiting: 0, inProgress: 0, freeSlots: 0, agentsTaking: 0 })),
    ],
    flow: changed(after.flow, before.flow),
    totals: same(before.totals, after.totals) ? null : after.totals,
    escalations: same(before.escalations, after.escalations) ? null : after.escalations,
  };
}

function board(frame: Frame, before: Board | null = null): Board {
  const applied = applyFrame(before, frame);
  if (applied === 'gap') throw new Error('The frame was refused as a gap.');
  return applied;
}

describe('frames become the board', () => {
  it('a snapshot and any changes after it give the full recount', () => {
    fc.assert(
      fc.property(fc.array(worldArbitrary, { minLength: 1, maxLength: 6 }), (worlds) => {
        const [first, ...later] = worlds as [World, ...World[]];
        let shown = board(snapshot(first));
        let world = first;
        later.forEach((next, index) => {
          shown = board(changes(world, next, index + 2), shown);
          world = next;
        });
        expect(shown).toEqual(board(snapshot(world, worlds.length)));
      }),
    );
  });

  it('a snapshot replaces everything, whatever was shown and whatever its number', () => {
    fc.assert(
      fc.property(worldArbitrary, worldArbitrary, fc.nat(), (old, fresh, sequence) => {
        expect(applyFrame(board(snapshot(old, 7)), snapshot(fresh, sequence))).toEqual(board(snapshot(fresh, sequence)));
      }),
    );
  });

  it('changes whose number does not follow are a gap, also when a frame comes twice', () => {
    fc.assert(
      fc.property(worldArbitrary, worldArbitrary, fc.nat({ max: 20 }), (before, after, sequence) => {
        const applied = applyFrame(board(snapshot(before, 5)), changes(before, after, sequence));
        expect(applied === 'gap').toBe(sequence !== 6);
      }),
    );
  });

  it('changes without a snapshot before them are a gap', () => {
    const world: World = { ...EMPTY, queues: [queue()] };
    expect(applyFrame(null, changes(world, world, 1))).toBe('gap');
  });

  it('what did not change keeps its identity, so that its tile is not drawn again', () => {
    fc.assert(
      fc.property(worldArbitrary, (world) => {
        const before = board(snapshot(world));
        const after = board(changes(world, world, 2), before);
        expect(after.queues).toBe(before.queues);
        expect(after.agents).toBe(before.agents);
        expect(after.channels).toBe(before.channels);
        expect(after.flow).toBe(before.flow);
        expect(after.totals).toBe(before.totals);
        expect(after.escalations).toBe(before.escalations);
      }),
    );
  });

  it('a row stands where department, priority and name put it, however busy it gets', () => {
    const rows = [
      queue({ queueId: id(1), department: 'Telco', name: 'Chat' }),
      queue({ queueId: id(2), department: 'Energy', name: 'Billing', waiting: 99, slaBreached: 9 }),
      queue({ queueId: id(3), department: 'Energy', name: 'Outages', priority: 90 }),
    ];
    const shown = board(snapshot({ ...EMPTY, queues: rows }));
    expect(shown.queues.map(({ name }) => name)).toEqual(['Outages', 'Billing', 'Chat']);
  });
});

describe('the engine’s clock', () => {
  it('counts a wait in whole seconds and never below zero', () => {
    const since = queue({ longestWaitingSince: iso(NOW) });
    expect(waitedSeconds(since, NOW + 61_999)).toBe(61);
    expect(waitedSeconds(since, NOW - 5_000)).toBe(0);
    expect(waitedSeconds(queue(), NOW)).toBeNull();
  });

  it('makes a feed stale after 2.5 seconds of silence', () => {
    expect(isStale(1_000, 3_499)).toBe(false);
    expect(isStale(1_000, 3_500)).toBe(true);
  });
});

describe('what is urgent', () => {
  const waitingFor = (seconds: number) => ({ waiting: 1, longestWaitingSince: iso(NOW - seconds * 1_000) });
  it.each([
    ['nothing waits', {}, 'calm'],
    ['the wait is at the target', waitingFor(20), 'calm'],
    ['the wait is beyond the target', waitingFor(21), 'act'],
    ['there is no target', { ...waitingFor(9_000), serviceLevel: { percent: null, thresholdSeconds: null } }, 'calm'],
    ['a clock is past its warning', { slaAtRisk: 1 }, 'risk'],
    ['a clock is past its target', { slaAtRisk: 1, slaBreached: 1 }, 'act'],
    ['something waits and nobody is there', { ...waitingFor(1), agentsAvailable: 0 }, 'risk'],
    ['it is closed and something waits for the morning', { ...waitingFor(9_000), open: false, agentsAvailable: 0 }, 'closed'],
    ['it is closed and a clock is past its target', { open: false, slaBreached: 1 }, 'act'],
  ] as const)('%s', (_, overrides, expected) => {
    expect(urgency(queue(overrides), NOW)).toBe(expected);
  });
});

describe('what fits', () => {
  const rank = { closed: 0, calm: 1, risk: 2, act: 3 };
  const many = fc.uniqueArray(
    fc
      .record({
        n: fc.nat({ max: 200 }),
        department: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
        priority: fc.nat({ max: 100 }),
        slaBreached: fc.nat({ max: 1 }),
        slaAtRisk: fc.nat({ max: 1 }),
        open: fc.boolean(),
      })
      .map(({ n, ...rest }) => queue({ queueId: id(n), name: `Queue ${n}`, ...rest })),
    { selector: ({ queueId }) => queueId, minLength: 18, maxLength: 60 },
  );
  const shownOf = (queues: QueueLive[]): readonly QueueLive[] => board(snapshot({ ...EMPTY, queues })).queues;

  it('each queue is on the screen or in the folded line, once, and all of it fits', () => {
    fc.assert(
      fc.property(many, (queues) => {
        const { departments, folded, rows } = arrange(shownOf(queues), NOW);
        const shown = departments.flatMap((department) => department.queues);
        expect([...shown, ...folded].map(({ queueId }) => queueId).sort()).toEqual(queues.map(({ queueId }) => queueId).sort());
        expect(rows).toBeLessThanOrEqual(MOST_ROWS);
        expect(shown.length + departments.length * HEADING_ROWS + (folded.length ? 1 : 0)).toBeLessThanOrEqual(rows + 1e-9);
        expect(departments.every((department) => department.queues.length > 0)).toBe(true);
      }),
    );
  });

  it('nothing folded is more urgent than anything shown', () => {
    fc.assert(
      fc.property(many, (queues) => {
        const { departments, folded } = arrange(shownOf(queues), NOW);
        const loudestFolded = Math.max(-1, ...folded.map((row) => rank[urgency(row, NOW)]));
        const calmestShown = Math.min(9, ...departments.flatMap((department) => department.queues).map((row) => rank[urgency(row, NOW)]));
        expect(loudestFolded).toBeLessThanOrEqual(calmestShown);
      }),
    );
  });

  it('24 queues in four departments are all shown', () => {
    const queues = Array.from({ length: 24 }, (_, n) => queue({ queueId: id(n), name: `Queue ${n}`, department: 'ABCD'[n % 4] ?? '' }));
    expect(arrange(shownOf(queues), NOW).folded).toEqual([]);
  });
});

describe('the last hour', () => {
  it('has a point for each whole minute, with or without events, and leaves the running one out', () => {
    fc.assert(
      fc.property(fc.subarray(Array.from({ length: 60 }, (_, n) => n)), (minutes) => {
        const curve = flowCurve(
          minutes.map((n) => ({ minute: minuteOf(n), arrived: 6, handled: 3 })),
          NOW,
        );
        expect(curve).toHaveLength(59);
        expect(curve.at(-1)?.minuteMs).toBe(Date.parse(minuteOf(1)));
        expect(curve.every(({ arrived }) => arrived >= 0 && arrived <= 6)).toBe(true);
      }),
    );
  });

  it('forgets minutes that are over an hour old', () => {
    const world: World = {
      ...EMPTY,
      flow: [
        { minute: minuteOf(75), arrived: 1, handled: 1 },
        { minute: minuteOf(3), arrived: 1, handled: 1 },
      ],
    };
    expect(board(snapshot(world)).flow.map(({ minute }) => minute)).toEqual([minuteOf(3)]);
  });
});

describe('escalations', () => {
  const withThem = board(snapshot({ ...EMPTY, escalations: [escalation()] }));

  it('stay where a frame says nothing of them, and go where it says that there are none', () => {
    const silent = board({ ...changes(EMPTY, EMPTY, 2), escalations: null }, withThem);
    expect(silent.escalations).toBe(withThem.escalations);
    expect(board({ ...changes(EMPTY, EMPTY, 3), escalations: [] }, silent).escalations).toEqual([]);
  });

  it('keep the order in which the engine tells of them', () => {
    const rows = [escalation({ number: 9, rung: 3 }), escalation({ number: 2, rung: 1 }), escalation({ number: 5, rung: 1 })];
    expect(board({ ...changes(EMPTY, EMPTY, 2), escalations: rows }, withThem).escalations).toEqual(rows);
  });

  it('count up from the breach and down to the next rung, and neither below zero', () => {
    expect(escalationTimes(escalation(), NOW)).toEqual({ brokenSeconds: 754, nextSeconds: 200 });
    expect(escalationTimes(escalation(), NOW + 1_000)).toEqual({ brokenSeconds: 755, nextSeconds: 199 });
    expect(escalationTimes(escalation({ nextRungAt: null }), NOW).nextSeconds).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000, max: 9_000_000 }), (ms) => {
        const { brokenSeconds, nextSeconds } = escalationTimes(escalation(), NOW + ms);
        expect(brokenSeconds).toBeGreaterThanOrEqual(0);
        expect(nextSeconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('are all shown or counted, with never more on the wall than there is room for', () => {
    fc.assert(
      fc.property(fc.nat({ max: 30 }), fc.double({ min: 0, max: 14, noNaN: true }), (count, room) => {
        const rows = Array.from({ length: count }, (_, n) => n);
        const { shown, more } = fitting(rows, room);
        expect(shown.length + more).toBe(count);
        expect(shown).toEqual(rows.slice(0, shown.length));
        expect(shown.length + (more && room >= 0.6 ? 0.6 : 0)).toBeLessThanOrEqual(room + 1e-9);
      }),
    );
  });
});
