/**
 * Words by which somebody who is written to on a messaging channel takes back what they are written to for, or gives it back: the
 * whole message, in any case, with or without accents, spaces and marks around it. English has those that carriers ask for (CTIA
 * Messaging Principles; in the United States 47 CFR 64.1200(a)(10)); of other languages those that can hardly mean anything else.
 */
const STOP = [
  ...['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'OPT OUT', 'OPT-OUT'],
  ...['ODHLÁSIT', 'ODHLÁSIT SE', 'ODHLASTE MĚ', 'ODHLAS', 'NEPOSÍLAT', 'NEPOSÍLEJTE'],
  ...['WYPISZ', 'WYPISZ MNIE', 'WYPISUJĘ SIĘ', 'REZYGNUJĘ', 'NIE WYSYŁAJ'],
  ...['СТОП', 'ОТПИСАТЬСЯ', 'ОТПИСКА', 'ОТПИСАТЬ', 'ОТПИШИТЕ МЕНЯ'],
  ...['退订', '退訂', '取消订阅', '取消訂閱', '不要再发', '停止发送', 'TD'],
];
const START = [
  ...['START', 'UNSTOP', 'SUBSCRIBE', 'OPTIN', 'OPT IN', 'OPT-IN'],
  ...['PŘIHLÁSIT', 'PŘIHLÁSIT SE'],
  ...['ZAPISZ', 'ZAPISZ MNIE'],
  ...['СТАРТ', 'ПОДПИСАТЬСЯ'],
  ...['订阅', '訂閱', '恢复订阅'],
];

export type StopWord = 'STOP' | 'START';

/** Null for a message that says anything else, or more. */
export const stopWordOf = (text: string): StopWord | null => WORDS.get(folded(text)) ?? null;

/** The stroke of the Polish Ł is no accent to Unicode. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll('Ł', 'L')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/\s+/gu, ' ');

const WORDS: ReadonlyMap<string, StopWord> = new Map([
  ...STOP.map((word) => [folded(word), 'STOP'] as const),
  ...START.map((word) => [folded(word), 'START'] as const),
]);
