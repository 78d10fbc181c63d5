/** The table a person reads. */
import type { Summary } from './figure.js';

const number = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits });
};

const MARKS = new Map<boolean | null, string>([
  [true, 'reached'],
  [false, 'MISSED'],
  [null, ''],
]);

export function table(summaries: Summary[]): string {
  const head = ['figure', 'median', 'lowest – highest', 'unit', 'aim', ''];
  const rows = summaries.map(({ name, unit, median, lowest, highest, aim, reached, samples }) => [
    name,
    number(median),
    samples.length > 1 ? `${number(lowest)} – ${number(highest)}` : 'once',
    unit,
    aim ? `${aim.op === '<=' ? '≤' : '≥'} ${number(aim.value)}` : '',
    MARKS.get(reached) ?? '',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const isNumeric = (column: number): boolean => column === 1 || column === 4;
  const line = (row: string[]): string =>
    row
      .map((cell, column) => (isNumeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const notes = summaries.filter(({ note }) => note).map(({ name, note }) => `  ${name}: ${note}`);
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line), ...(notes.length > 0 ? ['', ...notes] : [])].join(
    '\n',
  );
}
