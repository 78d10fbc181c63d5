/** Light, dark, or as the browser has it. */
import { keptInBrowser } from '@patchbay/pages/browser-storage';

export type Scheme = 'auto' | 'light' | 'dark';

const kept = keptInBrowser('patchbay.console.scheme');

export const scheme = (): Scheme => {
  const said = kept.read();
  return said === 'light' || said === 'dark' ? said : 'auto';
};

/** Every colour follows it (roles.css). */
export function show(next: Scheme): void {
  if (next === 'auto') delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = next;
}

export function chooseScheme(next: Scheme): void {
  if (next === 'auto') kept.forget();
  else kept.write(next);
  show(next);
}
