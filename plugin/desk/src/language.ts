/** The words of the desk and of the two pages that go with it. What `t` says is right from the end of `speak` on. */
import i18next from 'i18next';
import { bringWords } from '@patchbay/pages/speech';
import english from './words/en.json' with { type: 'json' };

export { inEachLanguage, said, speak, words, type Said } from '@patchbay/pages/speech';

bringWords(english, {
  cs: () => import('./words/cs.json', { with: { type: 'json' } }),
  pl: () => import('./words/pl.json', { with: { type: 'json' } }),
  ru: () => import('./words/ru.json', { with: { type: 'json' } }),
  zh: () => import('./words/zh.json', { with: { type: 'json' } }),
});

export const t = i18next.t.bind(i18next);
