/** The console's words. What `t` says is right from the end of `speak` on. */
import i18next from 'i18next';
import { languageWord } from '@patchbay/pages/formats';
import { offered } from '@patchbay/pages/speech';

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

export const t = i18next.t.bind(i18next);

/** As the language calls itself where pages speak it, else as the reader's language calls it. */
export const languageName = (tag: string): string => offered().find(([spoken]) => spoken === tag)?.[1] ?? languageWord(tag);
