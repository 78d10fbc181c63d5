/** What the editor of conditions and templates offers next. */
import fc from 'fast-check';
import { gapHintsAt, hintsAt, type KnownField } from '../src/condition-hints.js';

const field = (path: string, type: string, values: string[] = []): KnownField => ({ path, type, description: '', values });
const FIELDS = [
  field('interaction.channel', 'string', ['EMAIL', 'VOICE']),
  field('interaction.skills', 'list<string>', ['French', 'Gas "L"']),
  field('interaction.priority', 'int'),
  field('customer.tier', 'string', ['STANDARD', 'VIP', '']),
  field('now', 'timestamp'),
];
const labels = (before: string): string[] => hintsAt(before, FIELDS)?.hints.map(({ label }) => label) ?? [];
/** What stands there when the first hint is taken. */
const taken = (before: string): string => {
  const found = hintsAt(before, FIELDS)!;
  return before.slice(0, found.from) + (found.hints[0]!.apply ?? found.hints[0]!.label);
};

test.each([
  ['customer.tier == ', 'customer.tier == "STANDARD"'],
  ['customer.tier == "', 'customer.tier == "STANDARD'],
  ['customer.tier != "ST', 'customer.tier != "STANDARD'],
  ['interaction.channel in ["EMAIL", ', 'interaction.channel in ["EMAIL", "EMAIL"'],
  ['interaction.channel in ["EMAIL", "', 'interaction.channel in ["EMAIL", "EMAIL'],
  ['a && interaction.skills.exists(s, s == "', 'a && interaction.skills.exists(s, s == "French'],
  ['inter', 'interaction.channel'],
  ['1 < 2 && interaction.', '1 < 2 && interaction.channel'],
  ['interaction.channel.', 'interaction.channel.contains("")'],
  ['now.getH', 'now.getHours("")'],
])('after %s comes what fits there', (before, after) => {
  expect(taken(before)).toBe(after);
});

test('nothing is offered where anything may stand, and no value of another field', () => {
  expect(labels('')).toEqual([]);
  expect(labels('interaction.priority > ')).toEqual([]);
  expect(labels('interaction.priority == "')).toEqual([]);
  expect(labels('customer.tier == "VIP"')).toEqual([]);
  expect(labels('customer.tier == "VIP" || "x" == "')).toEqual([]);
  expect(labels('customer.tier == "')).toEqual(['STANDARD', 'VIP']);
});

test('a value with quotation marks is written so that it is one', () => {
  const found = hintsAt('interaction.skills == ', FIELDS);
  expect(found?.hints[1]?.apply).toBe(String.raw`"Gas \"L\""`);
});

test('a template has names in its gaps, and none between them', () => {
  expect(gapHintsAt('Dear {{ cust', FIELDS)).toMatchObject({ from: 8 });
  expect(gapHintsAt('Dear {{ customer.name }}, inter', FIELDS)).toBeNull();
  expect(gapHintsAt('Dear cust', FIELDS)).toBeNull();
});

test('whatever stands there, what is replaced ends at the cursor and begins before it', () => {
  const piece = fc.constantFrom(
    ...['interaction', 'customer.tier', '.', ' == ', ' in ', '[', '"', "'", '\\', ', ', '(', ')', '// ', '\n', 'x'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const before = pieces.join('');
      for (const found of [hintsAt(before, FIELDS), gapHintsAt(before, FIELDS)]) {
        if (!found) continue;
        expect(found.from).toBeGreaterThanOrEqual(0);
        expect(found.from).toBeLessThanOrEqual(before.length);
        expect(new Set(found.hints.map(({ label }) => label)).size).toBe(found.hints.length);
      }
    }),
    { numRuns: 500 },
  );
});
