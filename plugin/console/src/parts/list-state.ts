/** What a list shows, as its address says it: so a link, the history and a reload show the same. */
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

export interface Sort {
  column: string;
  descending: boolean;
}

export interface ListState {
  /** What a filter is set to; empty where it is not. */
  get: (filter: string) => string;
  all: (filter: string) => string[];
  /** An empty value takes the filter out. */
  set: (filter: string, value: string | readonly string[]) => void;
  clear: () => void;
  filtered: boolean;
  sort: Sort | null;
  setSort: (sort: Sort) => void;
  /** Null: the list's own choice. */
  columns: string[] | null;
  setColumns: (columns: readonly string[] | null) => void;
}

const SORT = 'sort';
const COLUMNS = 'columns';

export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (name: string, value: string | null) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );
  return useMemo(() => {
    const sorted = params.get(SORT);
    const columns = params.get(COLUMNS);
    return {
      get: (filter) => params.get(filter) ?? '',
      all: (filter) => (params.get(filter) ?? '').split(',').filter((value) => value !== ''),
      set: (filter, value) => change(filter, typeof value === 'string' ? value : value.join(',')),
      clear: () =>
        setParams((before) => new URLSearchParams([...before].filter(([name]) => name === SORT || name === COLUMNS)), { replace: true }),
      filtered: [...params.keys()].some((name) => name !== SORT && name !== COLUMNS),
      sort: sorted ? { column: sorted.replace(/^-/, ''), descending: sorted.startsWith('-') } : null,
      setSort: ({ column, descending }) => change(SORT, `${descending ? '-' : ''}${column}`),
      columns: columns === null ? null : columns.split(','),
      setColumns: (next) => change(COLUMNS, next === null ? null : next.join(',')),
    };
  }, [params, change, setParams]);
}
