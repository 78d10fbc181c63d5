/** A change from one state to another, and back from the changes to the state. */
import fc from 'fast-check';
import { AUDITED_TYPES, changesBetween, isObject } from '../../src/platform/audited.js';
import { unknownType } from '../../src/automation/event-types.js';
import { plainState } from '../../src/platform/plain-state.js';

/** The other way: what is there once the changes are made. */
function after(before: unknown, changes: ReturnType<typeof changesBetween>): unknown {
  const state = JSON.parse(JSON.stringify(before)) as Record<string, unknown>;
  for (const { path, after: value } of changes) {
    let at = state;
    for (const name of path.slice(0, -1)) at = (isObject(at[name]) ? at[name] : (at[name] = {})) as Record<string, unknown>;
    at[path.at(-1)!] = value;
  }
  return state;
}

/** What says nothing is left out: null, an empty text or list, an object of nothing else. */
function told(value: unknown): unknown {
  if (!isObject(value)) return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? undefined : value;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const said = told(inner);
    return said === undefined ? [] : [[name, said] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const { state } = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.integer(), fc.constantFrom('', 'x', 'y'), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 2 })),
  state: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('state'))),
}));

it('says every difference and nothing else', () => {
  fc.assert(
    fc.property(state, state, (one, other) => {
      expect(told(after(one, changesBetween(one, other)))).toEqual(told(other));
    }),
  );
  fc.assert(fc.property(state, (one) => expect(changesBetween(one, JSON.parse(JSON.stringify(one)))).toEqual([])));
});

it('tells records by name, and lists by what their entries are about', () => {
  const [queue, skill] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
  const names = new Map([
    [queue, 'Claims'],
    [skill, 'Czech'],
  ]);
  expect(
    plainState(
      { overflow_queue_id: queue, skills: [{ skill_id: skill, min_level: 3 }], targets: [{ queueIds: [queue] }], levels: { [skill]: 2 } },
      names,
    ),
  ).toEqual({
    overflowQueue: 'Claims',
    skills: { Czech: { minLevel: 3 } },
    targets: [{ queues: ['Claims'] }],
    levels: { Czech: 2 },
    hidden: {},
  });
});

it('knows every audited type of event as one that there is', () => {
  expect(AUDITED_TYPES.map(unknownType).filter((problem) => problem !== null)).toEqual([]);
});
