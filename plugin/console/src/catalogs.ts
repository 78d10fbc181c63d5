/** Which languages the console speaks. What the engine says in them comes beside the words of the pages: in English it stands already. */
import { bringWords } from '@patchbay/pages/speech';
import { bringTold } from './told-words';
import english from './words/en.json' with { type: 'json' };

const withTold =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> => {
    const [words, { TOLD_WORDS }] = await Promise.all([load(), import('./told-table')]);
    bringTold(TOLD_WORDS);
    return words;
  };

bringWords(english, {
  cs: withTold(() => import('./words/cs.json', { with: { type: 'json' } })),
  pl: withTold(() => import('./words/pl.json', { with: { type: 'json' } })),
  ru: withTold(() => import('./words/ru.json', { with: { type: 'json' } })),
  zh: withTold(() => import('./words/zh.json', { with: { type: 'json' } })),
});
