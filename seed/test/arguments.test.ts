/** The command line: wrong input is refused in one line that says what to do. */
import { numberOption, readOptions, UsageError } from '../src/arguments.js';

const OPTIONS = { seed: { type: 'string' }, append: { type: 'boolean' } } as const;
const RANGE = { from: 1, to: 100, otherwise: 7 };

test('options are read, and the default taken where one is missing', () => {
  const values = readOptions(['--seed', '42', '--append'], OPTIONS);
  expect(values).toMatchObject({ seed: '42', append: true });
  expect(numberOption(values, 'seed', RANGE)).toBe(42);
  expect(numberOption({}, 'seed', RANGE)).toBe(7);
});

test.each([[['--sed', '1']], [['--seed']], [['extra']], [['--append=no']]])('%j is refused in one line', (args) => {
  let message = '';
  try {
    readOptions(args, OPTIONS);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    message = (error as Error).message;
  }
  expect(message).toMatch(/^[^\n]+Try --help\.$/);
});

test.each(['', 'x', '1.5', '0', '101', '1e2', '0x10', ' 5', 'NaN', '-1'])('"%s" is no number of the range', (text) => {
  expect(() => numberOption({ seed: text }, 'seed', RANGE)).toThrow(UsageError);
});

test('decimals are taken only where they make sense', () => {
  expect(numberOption({ speed: '2.5' }, 'speed', { ...RANGE, decimals: true })).toBe(2.5);
});
