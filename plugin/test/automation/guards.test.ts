/** Guards by themselves: who set off whom, and how often. */
import fc from 'fast-check';
import { guard, MOST_RULES_IN_CHAIN, MOST_RUNS_AN_HOUR } from '../../src/automation/guards.js';
import { History, UNTOLD, type PastRun } from '../../src/automation/recent-runs.js';

const chain = (...rules: (string | null)[]) => rules.map((ruleId) => ({ ruleId }));

it('lets a rule run on what others did', () => {
  expect(guard('a', [], 0)).toBeNull();
  expect(guard('a', chain('b', null, 'c'), MOST_RUNS_AN_HOUR - 1)).toBeNull();
});

it('says through how many rules a rule set itself off', () => {
  expect(guard('a', chain('a'), 0)?.text).toMatch(/itself caused/);
  expect(guard('a', chain('b', null, 'a'), 0)?.text).toMatch(/through another rule/);
  expect(guard('a', chain('b', 'c', 'a'), 0)?.text).toMatch(/through 2 other rules/);
});

it('whatever led to an event, no rule runs twice in one chain, and no chain is longer than 10 rules', () => {
  const rule = fc.constantFrom('a', 'b', 'c', 'd', null, ...Array.from({ length: 20 }, (_, index) => `r${index}`));
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 40 }), fc.constantFrom('a', 'z'), fc.nat(30), (rules, id, recent) => {
      const named = rules.filter((one) => one !== null);
      const allowed = !named.includes(id) && named.length < MOST_RULES_IN_CHAIN && recent < MOST_RUNS_AN_HOUR;
      expect(guard(id, chain(...rules), recent) === null).toBe(allowed);
    }),
  );
});

it('a run whose condition could not be told, or that was stopped, is no match; only what was done counts for a storm', () => {
  const at = new Date('2026-03-01T12:00:00Z');
  const run = (eventSeq: string, rest: Partial<PastRun>): PastRun => ({
    ownerId: 'a',
    subjectId: 's',
    eventSeq,
    outcome: 'DONE',
    reason: null,
    at,
    ...rest,
  });
  const history = new History([
    run('1', {}),
    run('2', { outcome: 'FAILED', reason: `${UNTOLD}x` }),
    run('3', { outcome: 'FAILED', reason: 'actions[0]: no' }),
    run('4', { outcome: 'STOPPED' }),
    run('5', { outcome: 'GUARDED' }),
    run('6', { at: new Date(at.getTime() - 3_600_000) }),
  ]);
  expect([1n, 2n, 3n, 4n, 5n, 7n].map((seq) => history.matched('a', seq, 's'))).toEqual([true, false, true, false, true, undefined]);
  expect(history.recent('a', 's', at)).toBe(1);
  expect(history.recent('b', 's', at)).toBe(0);
});
