/** Turns whatever went wrong with a request into a code and a sentence that says what to do. */
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { t } from './language';

export interface Problem {
  /** One of the contract's `ErrorCode`, or UNREACHABLE where no answer came at all. */
  code: string;
  message: string;
}

interface GraphQLErrorLike {
  message: string;
  extensions?: Record<string, unknown>;
}

const fromGraphQL = ({ message, extensions }: GraphQLErrorLike): Problem => ({
  code: typeof extensions?.code === 'string' ? extensions.code : 'INTERNAL',
  message,
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
  if (CombinedGraphQLErrors.is(error)) {
    const first = error.errors[0];
    if (first) return fromGraphQL(first);
  }
  if (ServerError.is(error)) {
    const inside = errorIn(error.bodyText);
    if (inside) return fromGraphQL(inside);
    if (error.statusCode === 401 || error.statusCode === 403) {
      return { code: 'UNAUTHENTICATED', message: t('The engine does not know this token. Sign in again.') };
    }
    return {
      code: 'UNAVAILABLE',
      message: t('The engine answered with {status}. Nothing is lost: try again in a moment.', { status: error.statusCode }),
    };
  }
  return { code: 'UNREACHABLE', message: t('The engine cannot be reached. Nothing is lost: try again when the connection is back.') };
}
