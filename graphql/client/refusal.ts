/** Why a request failed, as the contract says it: the code, the message and the facts of the engine's refusal. */
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';

export interface Refusal {
  /** One of the contract's `ErrorCode`. */
  code: string;
  message: string;
  facts: Record<string, unknown>;
}

interface GraphQLErrorLike {
  message: string;
  extensions?: Record<string, unknown>;
}

/** The engine's refusal; null where no answer came, or one that is not of the contract. */
export function refusalOf(error: unknown): Refusal | null {
  const said = CombinedGraphQLErrors.is(error) ? error.errors[0] : ServerError.is(error) ? errorIn(error.bodyText) : undefined;
  if (!said) return null;
  const { code, facts } = said.extensions ?? {};
  return {
    code: typeof code === 'string' ? code : 'INTERNAL',
    message: said.message,
    facts: (facts as Record<string, unknown> | undefined) ?? {},
  };
}

/** The status of an answer that was not 200; null where none came. */
export const statusOf = (error: unknown): number | null => (ServerError.is(error) ? error.statusCode : null);

/** The GraphQL error inside an answer whose status was not 200; undefined where the body is something else. */
function errorIn(body: string): GraphQLErrorLike | undefined {
  try {
    return (JSON.parse(body) as { errors?: GraphQLErrorLike[] }).errors?.[0];
  } catch {
    return undefined;
  }
}
