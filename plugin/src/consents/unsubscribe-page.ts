/** The page behind the link of a mail: what it is about, and one button. In the five languages of the product, without a script. */
import type { ContactPurpose } from '../platform/generated/graphql.js';

export type PageLanguage = keyof typeof WORDS;
export type Offered = Extract<ContactPurpose, 'MARKETING' | 'SURVEY'>;

/** Whether mails for this purpose have a way out. */
export const isOffered = (purpose: ContactPurpose): purpose is Offered => purpose === 'MARKETING' || purpose === 'SURVEY';

interface Words {
  title: string;
  asked: Readonly<Record<Offered, (address: string) => string>>;
  button: string;
  done: Readonly<Record<Offered, (address: string) => string>>;
  unknown: string;
}

const WORDS = {
  en: {
    title: 'Unsubscribe',
    asked: {
      MARKETING: (address) => `Press the button, and we send no more offers to ${address}. We still answer what you ask us.`,
      SURVEY: (address) => `Press the button, and we send no more surveys to ${address}. We still answer what you ask us.`,
    },
    button: 'Unsubscribe',
    done: {
      MARKETING: (address) => `Done: we send no more offers to ${address}.`,
      SURVEY: (address) => `Done: we send no more surveys to ${address}.`,
    },
    unknown: 'This link is not one of ours, or is not whole. Open it from the mail once more.',
  },
  cs: {
    title: 'Odhlášení',
    asked: {
      MARKETING: (address) => `Stiskněte tlačítko a nabídky na ${address} už posílat nebudeme. Na vaše dotazy odpovídáme dál.`,
      SURVEY: (address) => `Stiskněte tlačítko a průzkumy na ${address} už posílat nebudeme. Na vaše dotazy odpovídáme dál.`,
    },
    button: 'Odhlásit',
    done: {
      MARKETING: (address) => `Hotovo: nabídky na ${address} už nepošleme.`,
      SURVEY: (address) => `Hotovo: průzkumy na ${address} už nepošleme.`,
    },
    unknown: 'Tento odkaz není náš, nebo není celý. Otevřete ho z e-mailu ještě jednou.',
  },
  pl: {
    title: 'Wypisanie',
    asked: {
      MARKETING: (address) => `Naciśnij przycisk, a nie wyślemy już ofert na ${address}. Na Twoje pytania nadal odpowiadamy.`,
      SURVEY: (address) => `Naciśnij przycisk, a nie wyślemy już ankiet na ${address}. Na Twoje pytania nadal odpowiadamy.`,
    },
    button: 'Wypisz',
    done: {
      MARKETING: (address) => `Gotowe: nie wyślemy już ofert na ${address}.`,
      SURVEY: (address) => `Gotowe: nie wyślemy już ankiet na ${address}.`,
    },
    unknown: 'Ten odnośnik nie jest nasz albo jest niepełny. Otwórz go z wiadomości jeszcze raz.',
  },
  ru: {
    title: 'Отписка',
    asked: {
      MARKETING: (address) =>
        `Нажмите кнопку, и мы больше не будем присылать предложения на ${address}. На ваши вопросы мы ответим как прежде.`,
      SURVEY: (address) => `Нажмите кнопку, и мы больше не будем присылать опросы на ${address}. На ваши вопросы мы ответим как прежде.`,
    },
    button: 'Отписаться',
    done: {
      MARKETING: (address) => `Готово: предложений на ${address} больше не будет.`,
      SURVEY: (address) => `Готово: опросов на ${address} больше не будет.`,
    },
    unknown: 'Эта ссылка не наша или неполная. Откройте её из письма ещё раз.',
  },
  zh: {
    title: '退订',
    asked: {
      MARKETING: (address) => `点击按钮后，我们将不再向 ${address} 发送推广信息。您的咨询我们仍会答复。`,
      SURVEY: (address) => `点击按钮后，我们将不再向 ${address} 发送调查。您的咨询我们仍会答复。`,
    },
    button: '退订',
    done: {
      MARKETING: (address) => `已完成：不再向 ${address} 发送推广信息。`,
      SURVEY: (address) => `已完成：不再向 ${address} 发送调查。`,
    },
    unknown: '此链接无效或不完整。请从邮件中重新打开。',
  },
} as const satisfies Record<string, Words>;

/** @param said as a browser says it (`Accept-Language`) */
export const pageLanguage = (said: string | undefined): PageLanguage =>
  (said ?? '')
    .split(',')
    .map((tag) => tag.trim().split(/[-;]/)[0]!.toLowerCase())
    .find((tag): tag is PageLanguage => Object.hasOwn(WORDS, tag)) ?? 'en';

export const askedPage = (language: PageLanguage, address: string, purpose: Offered): string =>
  page(
    language,
    WORDS[language].asked[purpose](address),
    `<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${WORDS[language].button}</button></form>`,
  );

export const donePage = (language: PageLanguage, address: string, purpose: Offered): string =>
  page(language, WORDS[language].done[purpose](address));

export const unknownPage = (language: PageLanguage): string => page(language, WORDS[language].unknown);

const page = (language: PageLanguage, text: string, more = ''): string => `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${WORDS[language].title}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 15vh auto 0; padding: 0 1.5rem; color-scheme: light dark }
button { font: inherit; padding: 0.6rem 1.4rem; margin-top: 0.5rem; cursor: pointer }
</style>
<main><h1>${WORDS[language].title}</h1><p>${escaped(text)}</p>${more}</main>
</html>
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
