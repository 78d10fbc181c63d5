/** Relay connections over ids: a cursor is the id of the row it follows. */
import { invalid } from './errors.js';

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The id inside a cursor. @throws PatchbayError INVALID for anything the engine did not give out */
export function idOf(cursor: string | null | undefined): string | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!/^[0-9a-f-]{36}$|^\d{1,19}$/.test(id)) throw invalid('after', 'Pass a cursor that this list gave, or leave it out.');
  return id;
}

/** Makes a page of `first` from rows that were read with a limit of `first + 1`. */
export function page<T>(rows: T[], first: number, id: (row: T) => string): Connection<T> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: Buffer.from(id(node), 'latin1').toString('base64url'), node }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}
