/** What is owed, against a reference that walks through the history minute by minute and knows nothing of folds. */
import fc from 'fast-check';
import { ALWAYS, BusinessCalendar, checkCalendar } from '../../src/sla/calendar.js';
import { channels } from '../../src/platform/generated/channels.js';
import { historyOf, type LoggedEvent } from '../../src/sla/history.js';
import { KINDS, type Milestone } from '../../src/sla/policy.js';
import { allOwed, type Terms } from '../../src/sla/promises.js';
import type { Channel, InteractionState, SlaMilestoneKind, SlaReopening } from '../../src/platform/generated/graphql.js';

const MINUTE = 60_000;
const START = Date.parse('2026-10-24T20:00:00Z');

/** Open in Prague in two stretches a day, over the night that has an hour twice. */
const OFFICE = new BusinessCalendar(
  checkCalendar({
    timeZone: 'Europe/Prague',
    intervals: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => [
      { weekday, from: '00:00', to: '04:00' },
      { weekday, from: '21:00', to: '24:00' },
    ]),
    holidays: null,
    ownDays: [],
  }),
  () => new Set(),
);

type Verb =
  | 'queue'
  | 'accept'
  | 'return'
  | 'hold'
  | 'resume'
  | 'await'
  | 'answer'
  | 'rule answers'
  | 'ask'
  | 'end'
  | 'close'
  | 'abandon'
  | 'give back'
  | 'reopen';

const VERBS: readonly Verb[] = [
  ...([
    'queue',
    'accept',
    'return',
    'hold',
    'resume',
    'await',
    'answer',
    'rule answers',
    'ask',
    'end',
    'close',
    'abandon',
    'give back',
    'reopen',
  ] as const),
];

const WAITS: readonly InteractionState[] = ['QUEUED'];
const WORKED: readonly InteractionState[] = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'];
const FINAL: readonly InteractionState[] = ['CLOSED', 'ABANDONED'];

/** Where each verb is legal, where it leads, and what the log says of it. */
const STEPS: Record<Verb, { from: readonly InteractionState[]; to: InteractionState | null; types: string[] }> = {
  queue: { from: ['CREATED', ...WAITS, ...WORKED], to: 'QUEUED', types: ['interaction.queued'] },
  accept: { from: WAITS, to: 'ACTIVE', types: ['interaction.offered', 'interaction.accepted'] },
  return: { from: WAITS, to: 'QUEUED', types: ['interaction.offered', 'interaction.returned'] },
  hold: { from: ['ACTIVE'], to: 'ON_HOLD', types: ['interaction.held'] },
  resume: { from: ['ON_HOLD', 'WAITING_FOR_CUSTOMER'], to: 'ACTIVE', types: ['interaction.resumed'] },
  await: { from: ['ACTIVE', 'ON_HOLD'], to: 'WAITING_FOR_CUSTOMER', types: ['interaction.awaits_customer'] },
  answer: { from: [...WORKED, 'WRAP_UP'], to: null, types: ['interaction.message_sent'] },
  'rule answers': { from: [...WAITS, ...WORKED], to: null, types: ['interaction.message_sent'] },
  ask: { from: ['CREATED', ...WAITS, ...WORKED, 'WRAP_UP', ...FINAL], to: null, types: ['interaction.message_received'] },
  end: { from: WORKED, to: 'WRAP_UP', types: ['interaction.ended'] },
  close: { from: ['CREATED', ...WAITS, ...WORKED, 'WRAP_UP'], to: 'CLOSED', types: ['interaction.closed'] },
  abandon: { from: ['CREATED', ...WAITS], to: 'ABANDONED', types: ['interaction.abandoned'] },
  'give back': { from: WORKED, to: 'QUEUED', types: ['interaction.returned'] },
  reopen: { from: FINAL, to: 'QUEUED', types: ['interaction.reopened', 'interaction.queued'] },
};

interface Step {
  verb: Verb;
  /** After START. */
  minute: number;
}

/** A walk through the life cycle: what is not legal where it comes is left out. */
function legal(wanted: readonly Step[]): { steps: Step[]; state: InteractionState } {
  let state: InteractionState = 'CREATED';
  const steps: Step[] = [];
  for (const step of wanted) {
    const { from, to } = STEPS[step.verb];
    if (!from.includes(state)) continue;
    steps.push(step);
    if (step.verb === 'ask' && state === 'WAITING_FOR_CUSTOMER') state = 'ACTIVE';
    else if (step.verb === 'ask' && FINAL.includes(state)) state = 'QUEUED';
    else state = to ?? state;
  }
  return { steps, state };
}

function log(steps: readonly Step[]): LoggedEvent[] {
  let state: InteractionState = 'CREATED';
  return steps.flatMap(({ verb, minute }) => {
    const { to, types } = STEPS[verb];
    const said = [...types];
    if (verb === 'ask' && state === 'WAITING_FOR_CUSTOMER') {
      said.push('interaction.customer_replied');
      state = 'ACTIVE';
    } else if (verb === 'ask' && FINAL.includes(state)) {
      said.push(...STEPS.reopen.types);
      state = 'QUEUED';
    } else state = to ?? state;
    return said.map((type) => ({
      type,
      at: new Date(START + minute * MINUTE),
      byRule: verb === 'rule answers' ? 'rule' : null,
      facts: {},
    }));
  });
}

/** What one clock has used after `until` minutes by a walk that looks each minute; null where nothing is owed. */
function walked(
  kind: SlaMilestoneKind,
  milestone: Milestone,
  channel: Channel,
  steps: readonly Step[],
  until: number,
  calendar: Terms['calendar'],
) {
  let state: InteractionState = 'CREATED';
  let owes = kind === 'FIRST_RESPONSE' || kind === 'RESOLUTION';
  let reopened = false;
  let used = 0;
  const begin = (): void => {
    if (owes) return;
    owes = true;
    used = 0;
  };
  const again = (): void => {
    reopened = true;
    if (kind !== 'FIRST_RESPONSE' && kind !== 'RESOLUTION') return;
    if (milestone.reopening !== 'RESUME' || !owes) {
      const before = used;
      begin();
      used = milestone.reopening === 'RESUME' ? before : 0;
    }
  };
  for (let minute = 0; minute <= until; minute += 1) {
    for (const { verb } of steps.filter((step) => step.minute === minute)) {
      const before: InteractionState = state;
      const over = FINAL.includes(before);
      if (verb === 'ask' && kind === 'NEXT_RESPONSE') begin();
      if (verb === 'ask') state = before === 'WAITING_FOR_CUSTOMER' ? 'ACTIVE' : over ? 'QUEUED' : before;
      else state = STEPS[verb].to ?? before;
      if (verb === 'reopen' || (verb === 'ask' && over)) again();
      if (kind === 'TIME_TO_ACCEPT' && (verb === 'queue' || verb === 'give back' || verb === 'reopen' || (verb === 'ask' && over))) {
        owes = false;
        begin();
      }
      const ends: Partial<Record<Verb, SlaMilestoneKind[]>> = {
        accept: ['TIME_TO_ACCEPT', ...(channels[channel].firstAnswer === 'ACCEPTANCE' ? (['FIRST_RESPONSE'] as const) : [])],
        answer: ['FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE'],
        close: [...KINDS],
        abandon: [...KINDS],
      };
      if (ends[verb]?.includes(kind)) owes = false;
      if (verb === 'answer' && kind === 'PERIODIC_UPDATE') begin();
    }
    const counts = owes && !milestone.pausedIn.includes(state);
    if (minute < until && counts) used += calendar.between(START + minute * MINUTE, START + (minute + 1) * MINUTE);
  }
  const isOver = (kind === 'FIRST_RESPONSE' || kind === 'RESOLUTION') && reopened && milestone.reopening === 'NEVER';
  return owes && !isOver && !FINAL.includes(state) ? used : null;
}

const walks = fc.array(fc.record({ verb: fc.constantFrom(...VERBS), gap: fc.nat(90) }), { maxLength: 25 }).map((wanted) => {
  let minute = 0;
  return legal(wanted.map(({ verb, gap }) => ({ verb, minute: (minute += gap + 1) })));
});

const milestoneOf = (kind: SlaMilestoneKind) =>
  fc.record<Milestone>({
    kind: fc.constant(kind),
    targetSeconds: fc.constant(3_600),
    targets: fc.constant([]),
    warnings: fc.constant([]),
    pausedIn: fc.subarray<InteractionState>(['ON_HOLD', 'WAITING_FOR_CUSTOMER']),
    reopening: fc.constantFrom<SlaReopening>('RESUME', 'RESTART', 'NEVER'),
    escalation: fc.constant([]),
  });

const origin = (channel: Channel, state: InteractionState) => ({
  channel,
  state,
  createdAt: new Date(START),
  queuedAt: null,
  acceptedAt: null,
});

it('what is owed, and what it has used, is what a walk through every minute finds', () => {
  fc.assert(
    fc.property(
      walks,
      fc.tuple(...KINDS.map(milestoneOf)),
      fc.constantFrom<Channel>('CHAT', 'EMAIL'),
      fc.boolean(),
      fc.nat(400),
      ({ steps, state }, milestones, channel, office, later) => {
        const calendar = office ? OFFICE : ALWAYS;
        const until = (steps.at(-1)?.minute ?? 0) + later;
        const history = historyOf(origin(channel, state), log(steps));
        expect(history.state).toBe(state);
        for (const milestone of milestones) {
          const terms: Terms = { milestone, targetMs: 3_600_000, calendar };
          const found = allOwed(history, (kind) => (kind === milestone.kind ? terms : null), START + until * MINUTE).get(milestone.kind);
          expect(found?.usedMs ?? null).toBe(walked(milestone.kind, milestone, channel, steps, until, calendar));
        }
      },
    ),
    { numRuns: 1_500 },
  );
});

describe('what was said', () => {
  const milestone: Milestone = {
    kind: 'RESOLUTION',
    targetSeconds: 3_600,
    targets: [],
    warnings: [
      { percent: 50, secondsBefore: null },
      { percent: 75, secondsBefore: null },
    ],
    pausedIn: ['WAITING_FOR_CUSTOMER'],
    reopening: 'RESUME',
    escalation: [600, 1_200].map((afterSeconds) => ({ afterSeconds, actions: [] })),
  };
  const owed = (minutes: number, targetSeconds: number, said: [type: string, dueMinute: number, saidMinute: number][]) => {
    const events = said.map(([type, dueMinute, minute]) => ({
      type,
      at: new Date(START + minute * MINUTE),
      byRule: null,
      facts: { kind: 'RESOLUTION', stepAt: new Date(START + dueMinute * MINUTE).toISOString() },
    }));
    const history = historyOf(origin('CASE', 'CREATED'), events);
    const terms: Terms = { milestone, targetMs: targetSeconds * 1_000, calendar: ALWAYS };
    return allOwed(history, () => terms, START + minutes * MINUTE).get('RESOLUTION');
  };

  it('is not said again, under whatever target it would have been due by then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 180 }),
        fc.integer({ min: 1, max: 240 }),
        fc.integer({ min: 0, max: 240 }),
        (first, next, minutes) => {
          // All that is due by `minutes` under the first target was said, late or not.
          const { at, warnings } = owed(0, first * 60, [])?.steps ?? { at: [], warnings: 0 };
          const due = at.map((ms, n) => ({
            minute: ms / MINUTE,
            type: n < warnings ? 'sla.warned' : n === warnings ? 'sla.breached' : 'sla.escalated',
          }));
          const said = due.filter(({ minute }) => minute <= minutes);
          const found = owed(minutes, next * 60, said.map(({ type, minute }) => [type, minute, minutes])); // prettier-ignore
          const steps = found?.steps;
          const passed = (steps?.at ?? []).slice(0, found?.step ?? 0).map((ms) => ms / MINUTE);
          const latest = said.at(-1)?.minute ?? -1;
          // Nothing is taken for said that is due later than what was said last, and nothing due before a warning is a warning again.
          expect(passed.every((minute, n) => minute <= latest || n < (steps?.warnings ?? 0))).toBe(true);
          expect(found?.breachedAt !== null).toBe(said.some(({ type, minute }) => type !== 'sla.warned' && minute >= next));
          if (first === next) expect(found?.step).toBe(said.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('switched off, is over for this target and shorter ones, and not for a longer one', () => {
    const said: [string, number, number][] = [
      ['sla.breached', 60, 60],
      ['sla.switched_off', 90, 90],
    ];
    expect(owed(100, 3_600, said)).toBeUndefined();
    expect(owed(100, 1_800, said)).toBeUndefined();
    expect(owed(100, 7_200, said)).toMatchObject({ breachedAt: null, usedMs: 100 * MINUTE });
  });
});

it('a question asked while the first response is owed waits for that, where it is promised', () => {
  const history = historyOf(origin('CHAT', 'QUEUED'), log([{ verb: 'queue', minute: 0 }, { verb: 'ask', minute: 5 }])); // prettier-ignore
  const terms: Terms = {
    milestone: { kind: 'NEXT_RESPONSE', targetSeconds: 60, targets: [], warnings: [], pausedIn: [], reopening: 'RESTART', escalation: [] },
    targetMs: 60_000,
    calendar: ALWAYS,
  };
  const kinds = (promised: SlaMilestoneKind[]) => [...allOwed(history, (kind) => (promised.includes(kind) ? terms : null), START).keys()];
  expect(kinds(['FIRST_RESPONSE', 'NEXT_RESPONSE'])).toEqual(['FIRST_RESPONSE']);
  expect(kinds(['NEXT_RESPONSE'])).toEqual(['NEXT_RESPONSE']);
});
