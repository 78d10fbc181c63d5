/**
 * Our ids as a CRM takes them. Ours are UUIDs of version 7, and there are CRMs that know versions 1 to 5 only: there such a
 * record is of version 4, with all other bits the same, so that one id tells the other.
 */
export const hostIdOf = (localId: string): string =>
  /^.{14}[1-5]/.test(localId) ? localId : `${localId.slice(0, 14)}4${localId.slice(15)}`;
