/** What the start shows: one line a step, with its time, and errors that say what to do. */
import { styleText } from 'node:util';

const color = (style: Parameters<typeof styleText>[0], text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

/** An error whose message is all the person in front of the terminal needs. */
export class Advice extends Error {}

/** Runs one step and shows that it runs, then how long it took. `say` adds words to its line. */
export async function step<T>(name: string, work: (say: (words: string) => void) => Promise<T>): Promise<T> {
  const began = performance.now();
  let words = '';
  if (process.stdout.isTTY) process.stdout.write(`  ${color('dim', '…')} ${name}`);
  try {
    const result = await work((said) => (words = said));
    const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
    const line = `  ${color('green', '✓')} ${name.padEnd(12)} ${color('dim', `${seconds} s`)}  ${words}`;
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${line}\n` : `${line}\n`);
    return result;
  } catch (error) {
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K  ${color('red', '✗')} ${name}\n` : `  ✗ ${name}\n`);
    throw error;
  }
}

export function heading(text: string): void {
  process.stdout.write(`\n${color('bold', text)}\n\n`);
}

/** Rows of a table without borders: the first column padded, the last one left as it is. */
export function table(rows: string[][]): void {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, index) => Math.max(cell.length, most[index] ?? 0)), []);
  for (const row of rows) {
    const cells = row.map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(widths[index] ?? 0)));
    process.stdout.write(`  ${color('dim', cells[0] ?? '')}  ${cells.slice(1).join('  ')}\n`);
  }
}

export function line(text = ''): void {
  process.stdout.write(`${text}\n`);
}

export function fail(error: unknown): void {
  const message = error instanceof Advice ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `\n${message
      .split('\n')
      .map((text) => `  ${text}`)
      .join('\n')}\n\n`,
  );
}
