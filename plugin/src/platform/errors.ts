/** The few kinds of refusal, each with its code, the facts for programs, and a message that says what to do. */
import type { ErrorCode } from './generated/graphql.js';

export class PatchbayError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly facts: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PatchbayError';
  }
}

/** The input contradicts itself or the configuration; `field` names the place. */
export const invalid = (field: string, message: string): PatchbayError => new PatchbayError('INVALID', message, { field });

export const notFound = (record: string, id: string): PatchbayError =>
  new PatchbayError('NOT_FOUND', `There is no ${record} ${id}, or none that this token may see.`, { record, id });

export const forbidden = (message: string): PatchbayError => new PatchbayError('FORBIDDEN', message);

/** A rule of the contact center forbids it. */
export const refused = (message: string, facts: Record<string, unknown> = {}): PatchbayError =>
  new PatchbayError('REFUSED', message, facts);

export const conflict = (message: string, facts: Record<string, unknown> = {}): PatchbayError =>
  new PatchbayError('CONFLICT', message, facts);

/** A part is out of reach; repeating the same call later helps. */
export const unavailable = (message: string, cause?: unknown): PatchbayError => new PatchbayError('UNAVAILABLE', message, {}, { cause });

interface DriverError {
  code?: unknown;
  message?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown; originalMessage?: unknown; kind?: unknown } } };
  cause?: { originalCode?: unknown; originalMessage?: unknown; kind?: unknown };
}

/** PostgreSQL's own message inside whatever Prisma or pg wrapped around it. */
export function sqlMessage(error: unknown): string {
  const wrapped = error as DriverError | null;
  return String(wrapped?.meta?.driverAdapterError?.cause?.originalMessage ?? wrapped?.cause?.originalMessage ?? wrapped?.message ?? '');
}

/** PostgreSQL's SQLSTATE inside whatever Prisma or pg wrapped around it; undefined where there is none. */
export function sqlState(error: unknown): string | undefined {
  const wrapped = error as DriverError | null;
  const state = wrapped?.meta?.driverAdapterError?.cause?.originalCode ?? wrapped?.cause?.originalCode ?? wrapped?.code;
  return typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state) && !state.startsWith('P2') ? state : undefined;
}

/**
 * An unexpected failure for the log: its kind and its place in the code. Never its message, which may quote what it
 * failed on: a customer's name, a mail's text, an address of the database with its password.
 */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return kindOf(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? [] : [`caused by ${describeError(error.cause)}`];
  return [kindOf(error), ...frames, ...cause].join('\n');
}

/** The same in one phrase: the error's class, and its code where it has one. */
export function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = sqlState(error) ?? (error as { code?: unknown }).code;
  return typeof code === 'string' ? `${error.name} ${code.slice(0, 40)}` : error.name;
}

/** A database failure as the caller understands it; any other error comes back as it is. */
export function fromDatabase(error: unknown): unknown {
  if (error instanceof PatchbayError) return error;
  const { code, message } = (error ?? {}) as DriverError;
  const state = sqlState(error);
  if (code === 'P2002' || state === '23505') {
    return new PatchbayError('CONFLICT', 'Another record has this name or address already; choose another.', {}, { cause: error });
  }
  if (code === 'P2003' || state === '23503') {
    return new PatchbayError('INVALID', 'The input names a record that does not exist.', {}, { cause: error });
  }
  const lost =
    ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(String(code)) ||
    /^(08|25P03|53|55000|57P)/.test(state ?? '') ||
    /Can't reach database|Connection terminated|ConnectionClosed|SocketTimeout|not queryable|Server has closed the connection|ECONNREFUSED|timeout exceeded when trying to connect/.test(
      String(message),
    );
  return lost ? unavailable('The database cannot be reached now; try again in a few seconds.', error) : error;
}
