/** The console's words. What `t` says is right from the end of `speak` on. */
import i18next from 'i18next';
import { languageWord } from '@patchbay/pages/formats';
import { bringWords, offered } from '@patchbay/pages/speech';
import { bringTold } from './told-words';
import english from './words/en.json' with { type: 'json' };

export { choose, language, offered, speak, speech, type Language } from '@patchbay/pages/speech';
export {
  calendarDay,
  clockIn,
  countryWord,
  dateName,
  duration,
  exactMoment,
  fileSize,
  inWords,
  languageWord,
  listed,
  moment,
  momentIn,
  number,
  shortMoment,
  weekdayName,
} from '@patchbay/pages/formats';

/** What the engine says in them comes beside the words of the pages. */
const withTold =
  <T>(load: () => Promise<T>) =>
  async (): Promise<T> =>
    (await Promise.all([load(), bringTold()]))[0];

bringWords(english, {
  cs: withTold(() => import('./words/cs.json', { with: { type: 'json' } })),
  pl: withTold(() => import('./words/pl.json', { with: { type: 'json' } })),
  ru: withTold(() => import('./words/ru.json', { with: { type: 'json' } })),
  zh: withTold(() => import('./words/zh.json', { with: { type: 'json' } })),
});

export const t = i18next.t.bind(i18next);

/** As the language calls itself where pages speak it, else as the reader's language calls it. */
export const languageName = (tag: string): string => offered().find(([spoken]) => spoken === tag)?.[1] ?? languageWord(tag);
