/** Asks for what a record's page needs, and shows the page, or why there is none. */
import type { ReactNode } from 'react';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { problemOf } from '../problem';
import { Failed, Loading } from './States';

interface RecordProps<D, V extends OperationVariables> {
  document: TypedDocumentNode<D, V>;
  variables: V;
  children: (data: D, reread: () => Promise<D>) => ReactNode;
}

export function Record<D, V extends OperationVariables>({ document, variables, children }: RecordProps<D, V>) {
  const { data, error, refetch } = useQuery(document as TypedDocumentNode<D, OperationVariables>, {
    variables,
    fetchPolicy: 'cache-and-network',
  });
  if (error && data === undefined) return <Failed problem={problemOf(error)} again={() => void refetch().catch(() => undefined)} />;
  if (data === undefined) return <Loading />;
  const reread = async (): Promise<D> => {
    const answer = await refetch();
    if (answer.data === undefined) throw answer.error ?? new Error('The engine answered without data.');
    return answer.data as D;
  };
  return <>{children(data as D, reread)}</>;
}
