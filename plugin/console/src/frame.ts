/** The console in a frame of the CRM, which says behind the # in which colours and language. */
import { factsOf } from '@patchbay/pages/fragment';
import { isFramed } from '@patchbay/pages/frame';
import { show } from './scheme';

/** Null where no CRM says one. */
export const frameLocale = (): string | null => (isFramed() ? factsOf(location.hash).locale : null);

/** The CRM's id of the record beside which the frame stands; null where it is a page of its own. */
export const frameRecord = (): string | null => (isFramed() ? factsOf(location.hash).record : null);

/** The first page. */
export function framePath(): string {
  const record = frameRecord();
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
