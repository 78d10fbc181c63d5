/** The whole conversation of an interaction: its pages one after the other, and anew when something changed. */
import { useCallback, useEffect } from 'react';
import { useQuery } from '@apollo/client/react';
import { TalkMessagesDocument, type MessageItemFragment } from './generated/operations';
import { problemOf, type Problem } from './problem';

export interface Conversation {
  /** Null until the first page is here. */
  messages: readonly MessageItemFragment[] | null;
  problem: Problem | null;
  reload: () => void;
}

export function useMessages(id: string): Conversation {
  const { data, error, refetch, fetchMore } = useQuery(TalkMessagesDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  const page = data?.interaction.messages;
  const after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;

  useEffect(() => {
    if (after == null) return;
    void fetchMore({
      variables: { after },
      updateQuery: (before, { fetchMoreResult }) => ({
        interaction: {
          ...before.interaction,
          messages: {
            ...fetchMoreResult.interaction.messages,
            edges: [...before.interaction.messages.edges, ...fetchMoreResult.interaction.messages.edges],
          },
        },
      }),
    }).catch(() => undefined);
  }, [after, fetchMore]);

  const reload = useCallback(() => void refetch().catch(() => undefined), [refetch]);
  return { messages: page?.edges.map((edge) => edge.node) ?? null, problem: error ? problemOf(error) : null, reload };
}
