/** Where the sign-in leads: only to a page of this engine. Pure. */

const PAGES = /^\/(console|desk|wallboard)(\/|$)/;

/** The wanted address, else null: of another origin, or no page of ours. */
export function ownPath(wanted: string | null, origin: string): string | null {
  if (wanted === null) return null;
  try {
    const url = new URL(wanted, origin);
    const own =
      url.origin === origin && wanted.startsWith('/') && PAGES.test(url.pathname) && !/^\/console\/sign-in(\/|$)/.test(url.pathname);
    return own ? url.pathname + url.search : null;
  } catch {
    return null;
  }
}
