/** Queues and presences in what the engine says, by the names that the reader knows. */
import type { ApolloClient } from '@apollo/client';
import { namedWithin } from '@patchbay/pages/names';
import { PresenceStatusesDocument, QueuesDocument } from './generated/operations';

/** @returns what it is given, as it is where the names cannot be read */
export async function inReadersNames<T>(client: ApolloClient, said: T): Promise<T> {
  const [queues, statuses] = await Promise.all([
    client.query({ query: QueuesDocument }).catch(() => null),
    client.query({ query: PresenceStatusesDocument }).catch(() => null),
  ]);
  return namedWithin(said, {
    queue: queues?.data?.queues.edges.map(({ node }) => node) ?? [],
    presence: statuses?.data?.presenceStatuses ?? [],
  });
}
