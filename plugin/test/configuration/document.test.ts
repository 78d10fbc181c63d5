/** The file: what was saved reads back as the same, and what is wrong is told with its place, all at once. */
import fc from 'fast-check';
import type { ActionDefinition } from '../../src/automation/rule.js';
import {
  shapeActions,
  shapeConfiguration,
  type CalendarEntry,
  type Configuration,
  type PolicyEntry,
  type RuleEntry,
} from '../../src/configuration/document.js';
import { durationText, secondsOf } from '../../src/configuration/durations.js';
import { arranged, planOf } from '../../src/configuration/plan.js';
import { readActions, readConfiguration } from '../../src/configuration/reading.js';
import { readTriggerLine, triggerLine } from '../../src/configuration/trigger-line.js';
import { configurationText, yamlText } from '../../src/configuration/writing.js';
import { scalars } from '../../src/platform/scalars.js';
import { KINDS } from '../../src/sla/policy.js';

const isLine = (value: string): boolean => {
  try {
    return scalars.Line.parseValue(value) === value;
  } catch {
    return false;
  }
};
const isText = (value: string): boolean => {
  try {
    scalars.Text.parseValue(value);
    return true;
  } catch {
    return false;
  }
};

/** Also what YAML reads as something else where it is not quoted. */
const line = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }).filter(isLine),
  fc.constantFrom(
    'null',
    'true',
    'no',
    '~',
    '1',
    '0x1f',
    '1e3',
    '- a',
    '#5',
    'a: b',
    '{a}',
    '[a, b]',
    '*x',
    '&x',
    '!x',
    '2026-01-01',
    '|',
    '>',
    '%',
    '@',
    '`',
    '---',
    '...',
    'a #b',
    '.inf',
    '<<',
  ),
);
const text = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }).filter(isText),
  fc
    .array(fc.constantFrom(' ', '\n', '\t', '\r', '#', ':', '-', 'a', '"', "'", '|', 'ž', '\u0085', '\u2028'), { maxLength: 12 })
    .map((parts) => parts.join('')),
);
const time = fc.nat(1_439).map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`);
const interval = fc.record({ from: time, to: time });
const seconds = fc.oneof(
  fc.nat(600),
  fc.nat(48).map((count) => count * 1_800),
  fc.nat(31_536_000),
);
const json = fc.jsonValue({ maxDepth: 3 }).filter((value) => {
  try {
    scalars.Settings.parseValue({ value });
    return !JSON.stringify(value).includes('-0') && !JSON.stringify(value).includes('__proto__');
  } catch {
    return false;
  }
});
const action: fc.Arbitrary<ActionDefinition> = fc.record({
  type: fc.constantFrom('set-priority', 'reply', 'notify'),
  settings: fc.dictionary(fc.constantFrom('text', 'priority', 'queue', 'skills'), fc.oneof(text, json)) as fc.Arbitrary<
    Record<string, unknown>
  >,
});

const calendar: fc.Arbitrary<CalendarEntry> = fc.record({
  name: line,
  timeZone: fc.constantFrom('Europe/Prague', 'UTC'),
  intervals: fc
    .array(fc.record({ weekday: fc.integer({ min: 1, max: 7 }), from: time, to: time }), { maxLength: 6 })
    .map((all) => all.sort((a, b) => a.weekday - b.weekday)),
  holidays: fc.option(
    fc.record(
      {
        country: fc.constantFrom('CZ', 'NO', 'DE'),
        region: fc.option(fc.constantFrom('BY', 'BY-A')),
        worked: fc.array(line, { minLength: 1, maxLength: 2 }),
        added: fc.array(line, { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['country', 'region'] },
    ),
  ),
  ownDays: fc.array(
    fc.record({ date: fc.constantFrom('2026-12-24', '2027-01-02'), name: line, intervals: fc.array(interval, { maxLength: 2 }) }),
    { maxLength: 2 },
  ),
});
const policy: fc.Arbitrary<PolicyEntry> = fc.record({
  name: line,
  calendar: fc.option(line),
  milestones: fc.subarray([...KINDS]).chain((kinds) =>
    fc.tuple(
      ...kinds.map((kind) =>
        fc.record({
          kind: fc.constant(kind),
          targetSeconds: fc.option(seconds),
          targets: fc.array(
            fc.record({
              targetSeconds: seconds,
              tiers: fc.subarray(['VIP', 'STANDARD'] as const).map((all) => [...all]),
              channels: fc.subarray(['VOICE', 'CHAT', 'EMAIL'] as const).map((all) => [...all]),
              minPriority: fc.option(fc.nat(100)),
              queues: fc.array(line, { maxLength: 2 }),
              languages: fc.subarray(['cs', 'no']),
            }),
            { maxLength: 2 },
          ),
          warnings: fc.array(
            fc.oneof(
              fc.integer({ min: 1, max: 100 }).map((percent) => ({ percent, secondsBefore: null })),
              seconds.map((secondsBefore) => ({ percent: null, secondsBefore })),
            ),
            { maxLength: 2 },
          ),
          pausedIn: fc.subarray(['ON_HOLD', 'WAITING_FOR_CUSTOMER'] as const).map((all) => [...all]),
          reopening: fc.constantFrom('RESUME', 'RESTART', 'NEVER'),
          escalation: fc.array(fc.record({ afterSeconds: seconds, actions: fc.array(action, { minLength: 1, maxLength: 2 }) }), {
            maxLength: 2,
          }),
        }),
      ),
    ),
  ) as unknown as fc.Arbitrary<PolicyEntry['milestones']>,
});
const trigger = fc.oneof(
  fc
    .array(fc.constantFrom('interaction.opened', 'interaction.queued', 'sla.breached'), { minLength: 1, maxLength: 3 })
    .map((events) => ({ events })),
  fc.constant({ schedule: { cron: '30 8 * * 1-5', timeZone: 'Europe/Prague' } }),
);
const rule: fc.Arbitrary<RuleEntry> = fc.record({
  name: line,
  active: fc.boolean(),
  trigger,
  condition: text.map((source) => source.trim()),
  actions: fc.array(action, { minLength: 1, maxLength: 3 }),
  stopOnMatch: fc.boolean(),
});
const named = <T extends { name: string }>(entry: fc.Arbitrary<T>) => fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 4 });
const configuration: fc.Arbitrary<Required<Configuration>> = fc.record({
  calendars: named(calendar),
  policies: named(policy),
  rules: named(rule),
});

const written = (of: Configuration): string => configurationText(shapeConfiguration(of));

function reread(source: string): Configuration {
  const { value, problems } = readConfiguration(source);
  if (!value) throw new Error(`${problems[0]?.line}:${problems[0]?.column} ${problems[0]?.message}\n${source}`);
  return value;
}

it('reads back what it wrote, word by word, whatever was saved', () => {
  fc.assert(
    fc.property(configuration, (all) => {
      const source = written(all);
      const again = reread(source);
      expect(shapeConfiguration(again)).toEqual(shapeConfiguration(all));
      expect(planOf(shapeConfiguration(all), shapeConfiguration(again))).toEqual([]);
      expect(written(again)).toBe(source);
    }),
    { numRuns: 150 },
  );
});

it('reads back actions by themselves', () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 1 }), (actions) =>
      expect(readActions(yamlText(shapeActions(actions))).value).toEqual(actions),
    ),
  );
});

it('finds a change of anything, and nothing else', () => {
  fc.assert(
    fc.property(configuration, configuration, (a, b) => {
      const [before, after] = [shapeConfiguration(a), shapeConfiguration(b)];
      const plan = planOf(before, after);
      expect(plan.length === 0).toBe(JSON.stringify(sortedKeys(before)) === JSON.stringify(sortedKeys(after)));
      const signs = (kind: string, sign: string) =>
        plan.filter((entry) => entry.kind === kind && entry.sign === sign).map(({ name }) => name);
      const names = (all: { name: string }[], others: { name: string }[]) =>
        all
          .map(({ name }) => name)
          .filter((name) => !others.some((other) => other.name === name))
          .sort();
      expect(signs('rule', '+')).toEqual(names(b.rules, a.rules));
      expect(signs('rule', '-')).toEqual(names(a.rules, b.rules));
    }),
  );
});

const sortedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortedKeys(inner)]),
  );
};

it('tells of a rule that was moved, and not of those it passed', () => {
  const rules = (...names: string[]) =>
    shapeConfiguration({
      rules: names.map((name) => ({
        name,
        active: false,
        trigger: { events: ['interaction.opened'] },
        condition: '',
        actions: [],
        stopOnMatch: false,
      })),
    });
  expect(planOf(rules('a', 'b', 'c', 'd'), rules('d', 'a', 'b', 'c'))).toEqual([
    { sign: '~', kind: 'rule', name: 'd', changes: [{ field: 'order', before: 'after c', after: 'first' }] },
  ]);
  expect(planOf(rules('a', 'b'), rules('a', 'new', 'b')).map(({ name }) => name)).toEqual(['new']);
});

it('orders the rules of a file as it does, and leaves all others where they are', () => {
  expect(arranged(['a', 'x', 'b', 'y'], ['b', 'a'])).toEqual(['b', 'x', 'a', 'y']);
  expect(arranged(['a', 'x', 'b'], ['new', 'a', 'b', 'last'])).toEqual(['new', 'a', 'x', 'b', 'last']);
  expect(arranged([], ['a', 'b'])).toEqual(['a', 'b']);
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
  fc.assert(
    fc.property(names, names, (present, wanted) => {
      const order = arranged(present, wanted);
      expect([...order].sort()).toEqual([...new Set([...present, ...wanted])].sort());
      expect(order.filter((name) => wanted.includes(name))).toEqual(wanted);
      const others = (all: string[]) => all.filter((name) => !wanted.includes(name));
      expect(others(order)).toEqual(others(present));
    }),
  );
});

it('writes what is good to read', () => {
  const source = written({
    calendars: [
      {
        name: 'Prague',
        timeZone: 'Europe/Prague',
        intervals: [
          { weekday: 1, from: '08:00', to: '12:00' },
          { weekday: 1, from: '13:00', to: '17:00' },
        ],
        holidays: { country: 'CZ', region: null },
        ownDays: [{ date: '2026-12-24', name: 'Christmas Eve', intervals: [] }],
      },
    ],
    policies: [],
    rules: [
      {
        name: 'VIP first',
        active: true,
        trigger: { events: ['interaction.opened'] },
        condition: 'customer.tier == "VIP"',
        actions: [{ type: 'set-priority', settings: { to: 90 } }],
        stopOnMatch: false,
      },
    ],
  });
  expect(source.split('\n').slice(1).join('\n')).toBe(`
calendars:
  - name: Prague
    timeZone: Europe/Prague
    hours:
      monday: 08:00-12:00, 13:00-17:00
    holidays: CZ
    ownDays:
      - date: 2026-12-24
        name: Christmas Eve
policies: []
rules:
  - name: VIP first
    active: true
    trigger: interaction.opened
    condition: |-
      customer.tier == "VIP"
    actions:
      - set-priority:
          to: 90`);
});

it('tells all problems of a file at once, each with its place and what was meant', () => {
  const { problems } = readConfiguration(`calendars:
  - name: Prague
    timezone: Europe/Prague
    hours:
      mondey: 08:00-12:00
      tuesday: 8-12
policies:
  - name: Standard
    milestones:
      RESOLUTION:
        target: soon
        reopening: RESUMED
      RESOLUTON: { target: 1h }
rules:
  - name: One
    active: "yes"
    trigger: at noon
    actions:
      - reply: {}
        notify: {}
  - name: One
    trigger: interaction.opened
    actions: []
`);
  expect(problems.map(({ line: row, column, message }) => `${row}:${column} ${message}`)).toEqual([
    '2:5 "timeZone" must be given.',
    '3:5 There is no "timezone" here; did you mean timeZone?',
    '5:7 There is no "mondey" here; did you mean monday?',
    '6:16 "tuesday" must be times such as 08:00-12:00, 13:00-17:00.',
    '11:17 "target" must be a duration such as 4h, 30m, 1h30m or 90s.',
    '12:20 "reopening" must be one of RESUME, RESTART, NEVER; did you mean RESUME?',
    '13:7 There is no "RESOLUTON" here; did you mean RESOLUTION?',
    '16:13 "active" must be true or false.',
    '17:14 "trigger" must be a schedule such as at 0 8 * * 1-5 in Europe/Prague.',
    '19:9 "actions" must be one action, such as set-priority: {to: 90}; begin each with a hyphen.',
  ]);
  expect(readConfiguration('rules:\n  - {name: A, trigger: a.b, actions: []}\n  - {name: A, trigger: a.b, actions: []}').problems).toEqual([
    { message: '"name" is there twice: "A".', line: 3, column: 12 },
  ]);
});

it('refuses what is no such file, and never fails by it', () => {
  for (const source of [
    '',
    '- a',
    '"',
    'rules: *x',
    'rules: &a [*a]',
    '[[[',
    'a: 1\na: 2',
    '{rules: []',
    '!!set {a}',
    'rules: !x []',
    '1: 2',
    '? [a]\n: b',
    '---\na: 1\n---\nb: 2',
    '['.repeat(5_000),
    '- '.repeat(5_000),
    'rules: null',
  ]) {
    const { value, problems } = readConfiguration(source);
    expect({ source: source.slice(0, 30), value, found: problems.length > 0 }).toEqual({
      source: source.slice(0, 30),
      value: null,
      found: true,
    });
  }
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200, unit: fc.constantFrom(...'rules:\n -{}[]"&*!|>?#a') }),
      (source) => void readConfiguration(source),
    ),
  );
});

it('finds the place inside a condition', () => {
  const { at } = readConfiguration('rules:\n  - name: A\n    trigger: a.b\n    condition: |\n      true &&\n      wrong\n    actions: []');
  expect(at.inside(['rules', 0, 'condition'], 2, 1)).toEqual({ line: 6, column: 7 });
});

it('reads durations and triggers as it writes them', () => {
  fc.assert(fc.property(seconds, (count) => expect(secondsOf(durationText(count))).toBe(count)));
  expect(['4h', '1h30m', '90', '90 s', 'h', '', '1d', '-5s'].map(secondsOf)).toEqual([14_400, 5_400, 90, 90, null, null, null, null]);
  fc.assert(fc.property(trigger, (one) => expect(readTriggerLine(triggerLine(one))).toEqual(one)));
});
