/** The console in a frame of the CRM, which says behind the # in which colours and language. */
import { factsOf } from '@patchbay/pages/fragment';
import { isFramed } from '@patchbay/pages/frame';
import { show } from './scheme';

/** Null where no CRM says one. */
export const frameLocale = (): string | null => (isFramed() ? factsOf(location.hash).locale : null);

/** The first page: that of the record of the CRM beside which the frame stands, else home. */
export function framePath(): string {
  const { record } = factsOf(location.hash);
  return record === null ? '' : `in-crm/${record}`;
}

/** Shows the colours of the CRM from now on. A new language begins the page anew: everything on it is said in it. */
export function followFrame(): void {
  const locale = frameLocale();
  const follow = (): void => show(factsOf(location.hash).scheme ?? 'auto');
  window.addEventListener('hashchange', () => {
    follow();
    if (frameLocale() !== locale) location.reload();
  });
  follow();
}
