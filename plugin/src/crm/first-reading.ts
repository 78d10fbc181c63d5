/** How far the records of a CRM that was connected have been read for the first time, all kinds together. Pure. */
/** Kinds of records that a first reading goes through. */
const KINDS = 9;

export interface Reading {
  read: number;
  /** Null until the CRM has said how many there are. */
  total: number | null;
  complete: boolean;
}

/** All kinds together. @param kinds those that have been begun */
export function readingOf(kinds: readonly (Partial<Reading> | undefined)[]): Reading {
  const known = kinds.filter((kind) => kind !== undefined);
  return {
    read: known.reduce((sum, { read = 0 }) => sum + read, 0),
    total:
      known.length < KINDS || known.some(({ total }) => total === null) ? null : known.reduce((sum, { total }) => sum + (total ?? 0), 0),
    complete: known.length === KINDS && known.every(({ complete }) => complete),
  };
}
