/** One Apollo client that asks the engine over HTTP; for pages that subscribe to nothing, that is the whole connection. */
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';

export interface Asking {
  client: ApolloClient;
  /** Goes on with another token of the same caller. @returns false where it is the present one */
  renew(token: string): boolean;
}

/**
 * @param origin where the engine is, such as `http://127.0.0.1:4400`
 * @param token null where the session in the browser's cookie signs in
 */
export function ask(origin: string, token: string | null): Asking {
  let present = token;
  const bearer = new ApolloLink((operation, forward) => {
    if (present !== null) operation.setContext({ headers: { authorization: `Bearer ${present}` } });
    return forward(operation);
  });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    // What is read again because it changed must not be answered by a reading that began before the change.
    queryDeduplication: false,
    link: bearer.concat(new HttpLink({ uri: `${origin}/graphql` })),
  });
  const renew = (next: string): boolean => {
    if (next === present) return false;
    present = next;
    return true;
  };
  return { client, renew };
}
