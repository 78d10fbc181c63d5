/** What becomes of a form where somebody else changed the record meanwhile. Pure. */

export interface Merged<V> {
  /** What both changes together give; in a conflict, mine. */
  values: V;
  /** Fields that both changed, each to another value. */
  conflicts: (keyof V)[];
}

/** Values of forms are plain data: their JSON tells them apart. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * @param base what the form began with
 * @param mine what stands in the form
 * @param theirs what the record says now
 */
export function merge<V extends object>(base: V, mine: V, theirs: V): Merged<V> {
  const values = { ...mine };
  const conflicts: (keyof V)[] = [];
  for (const field of Object.keys(mine) as (keyof V)[]) {
    if (same(mine[field], base[field])) values[field] = theirs[field];
    else if (!same(theirs[field], base[field]) && !same(theirs[field], mine[field])) conflicts.push(field);
  }
  return { values, conflicts };
}

/** A form in hand: what it began with, and what stands in it. */
export interface Draft<V> {
  base: V;
  values: V;
}

/** The draft over the record as it is now: everything of it is taken in but the fields in conflict. */
export function rebase<V extends object>({ base, values }: Draft<V>, theirs: V): Draft<V> {
  const merged = merge(base, values, theirs);
  const next = { ...theirs };
  for (const field of merged.conflicts) next[field] = base[field];
  return { base: next, values: merged.values };
}

/** The fields whose values differ from those in `from`. */
export const changed = <V extends object>(from: V, to: V): Partial<V> =>
  Object.fromEntries(Object.entries(to).filter(([field, value]) => !same(value, from[field as keyof V]))) as Partial<V>;
