/** Tells what the engine says about queues, presences and dispositions by the names that the reader knows. */
import { useCallback } from 'react';
import { useQuery } from '@apollo/client/react';
import { namedWithin } from '@patchbay/pages/names';
import { KnownNamesDocument } from '../generated/operations';

/** @returns what it is given, as it is until the names have come */
export function useNames(): <T>(said: T) => T {
  const { data } = useQuery(KnownNamesDocument);
  return useCallback(
    (said) => {
      if (!data) return said;
      const queues = data.queues.edges.map(({ node }) => node);
      return namedWithin(said, {
        queue: queues,
        queues,
        overflowQueue: queues,
        presence: data.presenceStatuses,
        disposition: data.dispositions,
      });
    },
    [data],
  );
}
