/** What the mails about the sign-in say, each as plain text and as simple HTML. Pure. */

export const MAIL_LANGUAGES = ['en', 'cs', 'pl', 'ru', 'zh'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** NO_PASSWORD and PROVIDER answer "forgot my password" for whom it cannot do anything. */
export type MailKind = 'INVITATION' | 'PASSWORD_RESET' | 'FORGOTTEN' | 'NO_PASSWORD' | 'PROVIDER';

export interface MailFacts {
  /** The person's. */
  name: string;
  /** Where people open the pages, such as https://center.example.org. */
  center: string;
  /** The secret address with its end in hours; null for the kinds that have none. */
  link: { address: string; validHours: number } | null;
  /** What the identity provider is called; for PROVIDER. */
  provider: string | null;
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

interface Words {
  hello: (name: string) => string;
  subject: Readonly<Record<MailKind, (host: string) => string>>;
  body: Readonly<Record<MailKind, (facts: { center: string; provider: string }) => string>>;
  /** Before the time for which the link is good. */
  valid: string;
  once: string;
  notAsked: string;
}

const WORDS: Readonly<Record<MailLanguage, Words>> = {
  en: {
    hello: (name) => `Hello ${name},`,
    subject: {
      INVITATION: (host) => `You are invited to the contact center at ${host}`,
      PASSWORD_RESET: (host) => `A new password for ${host}`,
      FORGOTTEN: (host) => `A new password for ${host}`,
      NO_PASSWORD: (host) => `Your sign-in at ${host}`,
      PROVIDER: (host) => `Your sign-in at ${host}`,
    },
    body: {
      INVITATION: ({ center }) => `you are invited to work in the contact center at ${center}. Open this link and choose a password:`,
      PASSWORD_RESET: ({ center }) => `an administrator made you a link for a new password at ${center}. Open it and choose one:`,
      FORGOTTEN: ({ center }) => `somebody asked for a new password for you at ${center}. Open this link and choose one:`,
      NO_PASSWORD: ({ center }) =>
        `somebody asked for a new password for you at ${center}. You have none there: use the link of your invitation, or ask your administrator for a new one.`,
      PROVIDER: ({ center, provider }) =>
        `somebody asked for a new password for you at ${center}. You have none there: you sign in with ${provider}, and change your password there.`,
    },
    valid: 'The link is good for:',
    once: 'It can be used once. Whoever has it can sign in as you, so do not pass it on.',
    notAsked: 'If it was not you who asked, you need not do anything: your password stays as it is.',
  },
  cs: {
    hello: (name) => `Dobrý den, ${name},`,
    subject: {
      INVITATION: (host) => `Pozvánka do kontaktního centra ${host}`,
      PASSWORD_RESET: (host) => `Nové heslo pro ${host}`,
      FORGOTTEN: (host) => `Nové heslo pro ${host}`,
      NO_PASSWORD: (host) => `Vaše přihlašování do ${host}`,
      PROVIDER: (host) => `Vaše přihlašování do ${host}`,
    },
    body: {
      INVITATION: ({ center }) => `zveme vás do kontaktního centra na adrese ${center}. Otevřete tento odkaz a zvolte si heslo:`,
      PASSWORD_RESET: ({ center }) => `správce vám vytvořil odkaz pro nové heslo na adrese ${center}. Otevřete ho a heslo si zvolte:`,
      FORGOTTEN: ({ center }) => `někdo pro vás požádal o nové heslo na adrese ${center}. Otevřete tento odkaz a heslo si zvolte:`,
      NO_PASSWORD: ({ center }) =>
        `někdo pro vás požádal o nové heslo na adrese ${center}. Žádné tam nemáte: použijte odkaz z pozvánky, nebo požádejte správce o nový.`,
      PROVIDER: ({ center, provider }) =>
        `někdo pro vás požádal o nové heslo na adrese ${center}. Žádné tam nemáte: přihlašujete se přes ${provider} a heslo se mění tam.`,
    },
    valid: 'Platnost odkazu:',
    once: 'Lze ho použít jednou. Kdo ho má, může se přihlásit za vás, proto ho nikomu nepředávejte.',
    notAsked: 'Pokud jste o heslo nežádali, nemusíte nic dělat: vaše heslo zůstává beze změny.',
  },
  pl: {
    hello: (name) => `Dzień dobry, ${name},`,
    subject: {
      INVITATION: (host) => `Zaproszenie do centrum kontaktu ${host}`,
      PASSWORD_RESET: (host) => `Nowe hasło do ${host}`,
      FORGOTTEN: (host) => `Nowe hasło do ${host}`,
      NO_PASSWORD: (host) => `Logowanie do ${host}`,
      PROVIDER: (host) => `Logowanie do ${host}`,
    },
    body: {
      INVITATION: ({ center }) => `zapraszamy do centrum kontaktu pod adresem ${center}. Otwórz ten link i wybierz hasło:`,
      PASSWORD_RESET: ({ center }) =>
        `administrator utworzył dla Ciebie link do nowego hasła pod adresem ${center}. Otwórz go i wybierz hasło:`,
      FORGOTTEN: ({ center }) => `ktoś poprosił dla Ciebie o nowe hasło pod adresem ${center}. Otwórz ten link i wybierz hasło:`,
      NO_PASSWORD: ({ center }) =>
        `ktoś poprosił dla Ciebie o nowe hasło pod adresem ${center}. Nie masz tam hasła: użyj linku z zaproszenia albo poproś administratora o nowy.`,
      PROVIDER: ({ center, provider }) =>
        `ktoś poprosił dla Ciebie o nowe hasło pod adresem ${center}. Nie masz tam hasła: logujesz się przez ${provider} i tam je zmienisz.`,
    },
    valid: 'Ważność linku:',
    once: 'Można go użyć raz. Kto go ma, może zalogować się jako Ty, więc nie przekazuj go nikomu.',
    notAsked: 'Jeśli to nie Twoja prośba, nic nie trzeba robić: hasło pozostaje bez zmian.',
  },
  ru: {
    hello: (name) => `Здравствуйте, ${name}!`,
    subject: {
      INVITATION: (host) => `Приглашение в контакт-центр ${host}`,
      PASSWORD_RESET: (host) => `Новый пароль для ${host}`,
      FORGOTTEN: (host) => `Новый пароль для ${host}`,
      NO_PASSWORD: (host) => `Ваш вход на ${host}`,
      PROVIDER: (host) => `Ваш вход на ${host}`,
    },
    body: {
      INVITATION: ({ center }) => `Вас приглашают в контакт-центр по адресу ${center}. Откройте эту ссылку и выберите пароль:`,
      PASSWORD_RESET: ({ center }) => `Администратор создал для вас ссылку для нового пароля на ${center}. Откройте её и выберите пароль:`,
      FORGOTTEN: ({ center }) => `Кто-то запросил для вас новый пароль на ${center}. Откройте эту ссылку и выберите пароль:`,
      NO_PASSWORD: ({ center }) =>
        `Кто-то запросил для вас новый пароль на ${center}. Пароля у вас там нет: воспользуйтесь ссылкой из приглашения или попросите у администратора новую.`,
      PROVIDER: ({ center, provider }) =>
        `Кто-то запросил для вас новый пароль на ${center}. Пароля у вас там нет: вы входите через ${provider}, там он и меняется.`,
    },
    valid: 'Срок действия ссылки:',
    once: 'Ссылкой можно воспользоваться один раз. Кто её получит, сможет войти под вашим именем, поэтому никому её не передавайте.',
    notAsked: 'Если запрос сделали не вы, ничего делать не нужно: ваш пароль остаётся прежним.',
  },
  zh: {
    hello: (name) => `${name}，您好：`,
    subject: {
      INVITATION: (host) => `邀请您加入联络中心 ${host}`,
      PASSWORD_RESET: (host) => `${host} 的新密码`,
      FORGOTTEN: (host) => `${host} 的新密码`,
      NO_PASSWORD: (host) => `您在 ${host} 的登录`,
      PROVIDER: (host) => `您在 ${host} 的登录`,
    },
    body: {
      INVITATION: ({ center }) => `邀请您加入联络中心 ${center} 。请打开此链接并设置密码：`,
      PASSWORD_RESET: ({ center }) => `管理员为您在 ${center} 创建了设置新密码的链接。请打开并设置密码：`,
      FORGOTTEN: ({ center }) => `有人为您在 ${center} 申请了新密码。请打开此链接并设置密码：`,
      NO_PASSWORD: ({ center }) => `有人为您在 ${center} 申请了新密码。您在那里没有密码：请使用邀请中的链接，或请管理员重新发送。`,
      PROVIDER: ({ center, provider }) =>
        `有人为您在 ${center} 申请了新密码。您在那里没有密码：您通过 ${provider} 登录，请在那里修改密码。`,
    },
    valid: '链接有效期：',
    once: '链接只能使用一次。持有链接的人可以您的身份登录，请勿转发。',
    notAsked: '如果不是您本人申请，无需任何操作：您的密码保持不变。',
  },
};

const HOURS_OF_DAY = 24;
const ASKED: readonly MailKind[] = ['FORGOTTEN', 'NO_PASSWORD', 'PROVIDER'];

function span(hours: number, language: MailLanguage): string {
  const [value, unit] = hours % HOURS_OF_DAY === 0 ? [hours / HOURS_OF_DAY, 'day'] : [hours, 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

export function signInMail(kind: MailKind, language: MailLanguage, { name, center, link, provider }: MailFacts): Mail {
  const words = WORDS[language];
  const paragraphs = [
    words.hello(name),
    words.body[kind]({ center, provider: provider ?? '' }),
    ...(link ? [link.address, `${words.valid} ${span(link.validHours, language)}. ${words.once}`] : []),
    ...(ASKED.includes(kind) ? [words.notAsked] : []),
  ];
  const html = paragraphs.map((text) => {
    const inside = escaped(text);
    return `<p>${text === link?.address ? `<a href="${inside}">${inside}</a>` : inside}</p>`;
  });
  return {
    subject: words.subject[kind](new URL(center).host),
    text: `${paragraphs.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}"><body>\n${html.join('\n')}\n</body></html>\n`,
  };
}

const isSpoken = (language: string): language is MailLanguage => (MAIL_LANGUAGES as readonly string[]).includes(language);

/** @param said as a browser says it (`Accept-Language`) @returns the first that there are mails in; null where there is none */
export const languageIn = (said: string | undefined): MailLanguage | null =>
  (said ?? '')
    .split(',')
    .map((tag) => tag.trim().split(/[-;]/)[0]!.toLowerCase())
    .find(isSpoken) ?? null;
