/** What a command shows: one line a step, with its time, and errors that say what to do. */
import { createInterface } from 'node:readline/promises';
import { styleText } from 'node:util';
import { HostFailure } from '../crm/host.js';
import { PatchbayError } from '../platform/errors.js';

/** Lines are for a terminal of this width at most; wider ones are harder to read. */
const WIDEST = 100;
const NARROWEST = 60;

export const color = (style: Parameters<typeof styleText>[0], text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

/** An error whose message is all the person in front of the terminal needs. */
export class Advice extends Error {}

/** The step that runs now, so that a remark does not break its line. */
let running: { draw: () => void } | null = null;

/** Runs one step and shows that it runs, then how long it took. `say` puts words beside it, also while it runs. */
export async function step<T>(name: string, work: (say: (words: string) => void) => Promise<T>): Promise<T> {
  const began = performance.now();
  let words = '';
  const draw = (): void => {
    if (process.stdout.isTTY)
      process.stdout.write(`\r\u001b[K  ${color('dim', '…')} ${name.padEnd(12)} ${' '.repeat(7)}  ${color('dim', cut(words, 26))}`);
  };
  running = { draw };
  draw();
  try {
    const result = await work((said) => {
      words = said;
      draw();
    });
    const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
    const shown = `  ${color('green', '✓')} ${name.padEnd(12)} ${color('dim', `${seconds} s`)}  ${words}`;
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K${shown}\n` : `${shown}\n`);
    return result;
  } catch (error) {
    process.stdout.write(process.stdout.isTTY ? `\r\u001b[K  ${color('red', '✗')} ${name}\n` : `  ✗ ${name}\n`);
    throw error;
  } finally {
    running = null;
  }
}

/** A remark on a line of its own; while a step runs in a terminal it stands beside it, and the next one replaces it. */
export function note(text: string): void {
  if (running && process.stdout.isTTY) {
    process.stdout.write(`\r\u001b[K  ${color('dim', '…')} ${color('yellow', cut(text, 4))}`);
    return;
  }
  // Without a terminal a countdown is told once, not every second.
  if (running && /in \d+ s$/.test(text) && !/in \d*0 s$/.test(text)) return;
  for (const part of wrap(text, 4)) process.stdout.write(`  ${running ? '  ' : color('yellow', '!')} ${part}\n`);
  running?.draw();
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

export const width = (): number => Math.max(NARROWEST, Math.min(process.stdout.columns ?? 80, WIDEST));

/** The text in lines that leave room for `indent` characters; its own line ends stay, and so does its indentation. */
export function wrap(text: string, indent: number): string[] {
  const room = width() - indent;
  return text.split('\n').flatMap((paragraph) => {
    const lead = /^\s*([-→]\s)?/.exec(paragraph)?.[0].length ?? 0;
    const lines: string[] = [];
    let current = '';
    for (const word of paragraph.trimStart().split(' ')) {
      const start = lines.length === 0 ? paragraph.slice(0, paragraph.length - paragraph.trimStart().length) : ' '.repeat(lead);
      const longer = current ? `${current} ${word}` : start + word;
      if (longer.length > room && current) {
        lines.push(current);
        current = ' '.repeat(lead) + word;
      } else current = longer;
    }
    return [...lines, current];
  });
}

function cut(text: string, used: number): string {
  const room = (process.stdout.columns ?? 80) - used - 1;
  return text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text;
}

export const canAsk = (): boolean => Boolean(process.stdin.isTTY && process.stdout.isTTY);

/** What somebody types; an empty text where they end the input. */
export async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise<string>((done) => lines.once('close', () => done('')));
  // In its own mode the terminal gives Ctrl-C to whoever reads lines, not to the process.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    return (await Promise.race([lines.question(`  ${question} `), closed])).trim();
  } finally {
    lines.close();
  }
}

/**
 * Goes on where nobody reads the output any more, as after `| head`: work that is half done would be worse than words that
 * are lost. `told` is called once, when that is noticed.
 */
export function outliveOutput(told: () => void = () => undefined): void {
  let noticed = false;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', () => {
      if (noticed) return;
      noticed = true;
      told();
    });
}

export function fail(error: unknown): void {
  const expected = error instanceof Advice || error instanceof HostFailure || error instanceof PatchbayError;
  const message = expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = expected ? wrap(message, 2) : message.split('\n');
  process.stderr.write(`\n${lines.map((text) => `  ${text}`).join('\n')}\n\n`);
}
