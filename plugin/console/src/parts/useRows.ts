/** The rows of a list, a page after another, as the server filters and sorts them. */
import { useCallback, useState } from 'react';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { problemOf, type Problem } from '../problem';

interface Page<T> {
  edges: { node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  totalCount?: number;
  /** Left out, it is. */
  totalIsExact?: boolean;
}

export interface Rows<T> {
  /** Undefined until the first page came. */
  rows: readonly T[] | undefined;
  /** Null where the list does not count. */
  total: number | null;
  /** There are more than `total`, which nobody counted. */
  uncounted: boolean;
  problem: Problem | null;
  loading: boolean;
  /** Null where there is no further page. */
  more: (() => void) | null;
  again: () => void;
  /** All rows of the list, asked for page by page, at most `limit`. */
  all: (limit: number) => Promise<T[]>;
}

const PAGE = 50;
const EXPORT_PAGE = 100;

/**
 * @param variables filter and order; the list begins anew when they change
 * @param pageOf the connection inside an answer
 */
export function useRows<D, V extends OperationVariables, T>(
  document: TypedDocumentNode<D, V>,
  variables: Omit<V, 'first' | 'after'>,
  pageOf: (data: D) => Page<T>,
): Rows<T> {
  const client = useApolloClient();
  const asked = { ...variables, first: PAGE, after: null } as unknown as V;
  const key = JSON.stringify(asked);
  const { data, previousData, error, loading, refetch } = useQuery(document as TypedDocumentNode<D, OperationVariables>, {
    variables: asked,
    fetchPolicy: 'cache-and-network',
  });
  const [further, setFurther] = useState<{ key: string; pages: Page<T>[] }>({ key, pages: [] });
  const [failed, setFailed] = useState<Problem | null>(null);
  const [fetching, setFetching] = useState(false);
  const shown = (data ?? previousData) as D | undefined;
  const first = shown && pageOf(shown);
  const pages = first ? [first, ...(further.key === key ? further.pages : [])] : [];
  const last = pages.at(-1);
  const fetchPage = useCallback(
    async (after: string | null, size: number): Promise<Page<T>> => {
      const answer = await client.query({
        query: document as TypedDocumentNode<D, OperationVariables>,
        variables: { ...asked, first: size, after },
        fetchPolicy: 'no-cache',
      });
      return pageOf(answer.data as D);
    },
    // The key says what was asked.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [client, document, key],
  );
  return {
    rows: first && pages.flatMap(({ edges }) => edges.map(({ node }) => node)),
    total: first?.totalCount ?? null,
    uncounted: first?.totalIsExact === false,
    problem: error ? problemOf(error) : failed,
    loading: loading || fetching,
    more: last?.pageInfo.hasNextPage
      ? () => {
          setFetching(true);
          fetchPage(last.pageInfo.endCursor ?? null, PAGE)
            .then((page) => setFurther({ key, pages: [...pages.slice(1), page] }))
            .catch((reason: unknown) => setFailed(problemOf(reason)))
            .finally(() => setFetching(false));
        }
      : null,
    again: () => {
      setFailed(null);
      setFurther({ key, pages: [] });
      void refetch().catch(() => undefined);
    },
    all: async (limit) => {
      const rows: T[] = [];
      let after: string | null = null;
      do {
        const page: Page<T> = await fetchPage(after, EXPORT_PAGE);
        rows.push(...page.edges.map(({ node }) => node));
        after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
      } while (after !== null && rows.length < limit);
      return rows.slice(0, limit);
    },
  };
}

/** The same for a list of which the API gives the whole, for it is never long; sorted and searched here. */
export function useWhole<D, T>(
  document: TypedDocumentNode<D, Record<string, never>>,
  rowsOf: (data: D) => readonly T[],
  shown: (row: T) => boolean,
  order: (a: T, b: T) => number,
): Rows<T> {
  const { data, error, loading, refetch } = useQuery(document as TypedDocumentNode<D, OperationVariables>, {
    fetchPolicy: 'cache-and-network',
  });
  const rows = data && [...rowsOf(data as D)].filter(shown).sort(order);
  return {
    rows,
    total: rows?.length ?? null,
    uncounted: false,
    problem: error ? problemOf(error) : null,
    loading,
    more: null,
    again: () => void refetch().catch(() => undefined),
    all: () => Promise.resolve(rows ?? []),
  };
}
