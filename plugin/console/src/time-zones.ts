/** Time zones, as the browser knows them. */

/** The reader's, as far as the browser says. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** To choose from, by their IANA names; `own` is among them even where this browser does not know it. */
export const zones = (own: string) =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', own])].sort().map((id) => ({ id, name: id }));
