/** A key that is in no catalog does not compile. */
import 'i18next';
import type en from './words/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
    keySeparator: false;
    nsSeparator: false;
  }
}
