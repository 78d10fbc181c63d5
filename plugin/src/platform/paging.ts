/** Relay connections over ids: a cursor is the id of the row it follows. */
import { invalid } from './errors.js';

export interface Connection<T> {
  edges: { cursor: string; node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** The id inside a cursor of rows. @throws PatchbayError INVALID for anything that a list of rows did not give out */
export const idOf = (cursor: string | null | undefined): string | undefined =>
  inside(cursor, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** The position inside a cursor of the log; 0 without one. @throws PatchbayError INVALID as `idOf` does */
export const positionOf = (cursor: string | null | undefined): bigint => BigInt(inside(cursor, /^\d{1,18}$/) ?? 0);

/**
 * The position inside a cursor of a list in the order of a whole number, which may be missing, and of ids where that is equal;
 * of ids alone where it is not `keyed`.
 *
 * @throws PatchbayError INVALID as `idOf` does
 */
export function keyedPositionOf(cursor: string | null | undefined, keyed: boolean): { key: string | null; id: string } | null {
  if (!keyed) {
    const id = idOf(cursor);
    return id === undefined ? null : { key: null, id };
  }
  const [key = '', id = ''] = inside(cursor, /^\d{0,13}\|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)?.split('|') ?? [];
  return id === '' ? null : { key, id };
}

function inside(cursor: string | null | undefined, form: RegExp): string | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  if (!form.test(id)) throw invalid('after', 'Pass a cursor that this list gave, or leave it out.');
  return id;
}

/** For Prisma: the rows after the cursor's, in whatever order the list has. */
export function following(after: string | null | undefined): { cursor?: { id: string }; skip?: number } {
  const id = idOf(after);
  return id === undefined ? {} : { cursor: { id }, skip: 1 };
}

type Direction = 'asc' | 'desc';

/** For Prisma: the order that was asked for, and the id where two rows are equal in it; CREATED is the order of ids. */
export function ordered(sort: { field: string; descending: boolean } | null | undefined): Record<string, Direction>[] {
  const direction = sort?.descending ? 'desc' : 'asc';
  const field = sort?.field.toLowerCase() ?? 'created';
  const byId = { id: direction } as const;
  return field === 'created' ? [byId] : [{ [field]: direction }, byId];
}

/** Makes a page of `first` from rows that were read with a limit of `first + 1`. */
export function page<T>(rows: T[], first: number, id: (row: T) => string): Connection<T> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: Buffer.from(id(node), 'latin1').toString('base64url'), node }));
  return { edges, pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
}
