/** A mutation with what its control shows: busy while it runs, the problem in words when it was refused. */
import { useState } from 'react';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { problemOf, type Problem } from './problem';

export interface Command<Data, Variables> {
  /** The answer, or null when it was refused; the reason is then in `problem`. */
  run(variables: Variables): Promise<Data | null>;
  busy: boolean;
  problem: Problem | null;
  clear(): void;
}

export function useCommand<Data, Variables extends OperationVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
): Command<Data, Variables> {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return {
    busy,
    problem,
    clear: () => setProblem(null),
    run: async (variables) => {
      setBusy(true);
      setProblem(null);
      try {
        const { data } = await client.mutate<Data, OperationVariables>({ mutation, variables });
        return data ?? null;
      } catch (error) {
        setProblem(problemOf(error));
        return null;
      } finally {
        setBusy(false);
      }
    },
  };
}
