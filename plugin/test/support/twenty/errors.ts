/** Refusals in the shape in which Twenty 2.21 answers them. */

export interface FormattedError {
  message: string;
  locations?: readonly { line: number; column: number }[];
  extensions?: Record<string, unknown>;
}

export type Code =
  'BAD_USER_INPUT' | 'NOT_FOUND' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'METADATA_VALIDATION_FAILED' | 'INTERNAL_SERVER_ERROR';

/** Words that Twenty shows where it has none for the case. */
export const STANDARD = 'An error occurred.';
export const NO_RECORD = 'This record does not exist or has been deleted.';

export class Refusal extends Error {
  constructor(
    message: string,
    readonly extensions: Record<string, unknown>,
  ) {
    super(message);
  }

  format(): FormattedError {
    return { message: this.message, extensions: this.extensions };
  }
}

/** @param subCode is left out where Twenty's own conversion loses it */
export function refuse(
  message: string,
  subCode: string | null,
  userFriendlyMessage: string | null = STANDARD,
  code: Code = 'BAD_USER_INPUT',
): Refusal {
  return new Refusal(message, {
    ...(subCode !== null && { subCode }),
    ...(userFriendlyMessage !== null && { userFriendlyMessage }),
    code,
  });
}

export const badFilter = (message: string, friendly: string = STANDARD): Refusal => refuse(message, 'INVALID_ARGS_FILTER', friendly);
export const badData = (message: string, friendly: string = STANDARD): Refusal => refuse(message, 'INVALID_ARGS_DATA', friendly);
export const badArgument = (message: string): Refusal => refuse(message, 'INVALID_QUERY_INPUT');
export const notFound = (): Refusal => refuse('Record not found', 'RECORD_NOT_FOUND', NO_RECORD, 'NOT_FOUND');

export const forbidden = (): Refusal => refuse('Forbidden resource', null, STANDARD, 'FORBIDDEN');

export const limitReached = (tokens: number, windowMs: number): Refusal =>
  refuse(`Limit reached (${tokens} tokens per ${windowMs} ms)`, 'LIMIT_REACHED', 'Rate limit reached. Please try again later.');

/** A token that cannot be believed: refused before any field is looked at, and the friendly message is not translated yet. */
export const unauthenticated = (message: string): Refusal =>
  new Refusal(message, {
    userFriendlyMessage: { id: 'z+7x/s', message: 'You must be authenticated to perform this action.' },
    subCode: 'UNAUTHENTICATED',
    code: 'UNAUTHENTICATED',
  });
