/** Reads what was typed after a command's name; whatever is wrong with it is said in one line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** The command line is wrong; the message says what, and what to type instead. */
export class UsageError extends Error {}

type Options = NonNullable<ParseArgsConfig['options']>;
type Values = Record<string, string | boolean | undefined>;

/**
 * @param options as for `parseArgs` of node:util; none may be given more than once
 * @throws UsageError on an option that is not known, lacks its value, or on anything that is no option
 */
export function readOptions(args: readonly string[], options: Options): Values {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values as Values;
  } catch (error) {
    const [line = ''] = (error as Error).message.split(/[\n.] ?/);
    throw new UsageError(`${line}. Try --help.`);
  }
}

/**
 * A whole number, or one with decimals where `decimals` is set.
 *
 * @throws UsageError when it is none, or out of the range
 */
export function numberOption(
  values: Values,
  name: string,
  { from, to, otherwise, decimals = false }: { from: number; to: number; otherwise: number; decimals?: boolean },
): number {
  const text = values[name];
  if (text === undefined) return otherwise;
  const value = Number(text);
  const shape = decimals ? /^\d+(\.\d+)?$/ : /^-?\d+$/;
  if (typeof text !== 'string' || !shape.test(text) || value < from || value > to) {
    throw new UsageError(`--${name} must be a ${decimals ? '' : 'whole '}number from ${from} to ${to}, not "${String(text)}".`);
  }
  return value;
}
