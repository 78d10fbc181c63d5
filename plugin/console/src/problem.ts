/** Turns whatever went wrong with a request into a code, its facts, and a sentence that says what to do. */
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { t } from './language';

export interface Problem {
  /** One of the contract's `ErrorCode`, or UNREACHABLE where no answer came at all. */
  code: string;
  message: string;
  facts: Record<string, unknown>;
}

interface GraphQLErrorLike {
  message: string;
  extensions?: Record<string, unknown>;
}

const fromGraphQL = ({ message, extensions }: GraphQLErrorLike): Problem => ({
  code: typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL',
  message,
  facts: (extensions?.facts as Record<string, unknown> | undefined) ?? {},
});

/** The GraphQL error inside an answer whose status was not 200; undefined where the body is something else. */
function errorIn(body: string): GraphQLErrorLike | undefined {
  try {
    return (JSON.parse(body) as { errors?: GraphQLErrorLike[] }).errors?.[0];
  } catch {
    return undefined;
  }
}

export function problemOf(error: unknown): Problem {
  if (CombinedGraphQLErrors.is(error) && error.errors[0]) return fromGraphQL(error.errors[0]);
  if (ServerError.is(error)) {
    const inside = errorIn(error.bodyText);
    if (inside) return fromGraphQL(inside);
    return {
      code: 'UNAVAILABLE',
      message: t('The engine answered with {{status}}. Try again in a moment.', { status: error.statusCode }),
      facts: {},
    };
  }
  return {
    code: 'UNREACHABLE',
    message: t('The engine cannot be reached. What you typed is kept; try again when the connection is back.'),
    facts: {},
  };
}

/** The place in the input that an INVALID names, without the argument's name around it; null for any other problem. */
export const fieldOf = ({ code, facts }: Problem): string | null =>
  code === 'INVALID' && typeof facts.field === 'string' ? facts.field.replace(/^input\./, '') : null;
