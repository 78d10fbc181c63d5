/**
 * How an address is kept, so that the same person is found however it was typed or sent, and two people are never taken
 * for one. All of it can be done again to its own result without changing it.
 */
import { domainToASCII, domainToUnicode } from 'node:url';
import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max';
import { channels, type Channel, type ChannelDefinition } from '../platform/generated/channels.js';
import type { IdentityKind } from '../platform/generated/graphql.js';
import { lineOf } from './lines.js';

/** What addresses look like, as the definition of a channel says it. */
type Form = ChannelDefinition['address'];

const isDialled = (form: Form): boolean => form === 'LINE' || form === 'NUMBER';
/** Identifiers of Telegram are digits too, of ten at most; a telephone number of that length needs its `+`. */
const MESSENGER_DIGITS = /^\d{11,15}$/;
/** Where a call inside the country begins with 8, which is also how the numbers of Japan, China and their neighbours begin. */
const DIALS_WITH_8: readonly CountryCode[] = ['RU', 'KZ', 'BY', 'LT'];

export interface Identity {
  kind: IdentityKind;
  value: string;
}

/** A number of a customer or contract as it is kept; null for what has no letter or digit, or more than 40. */
export function accountNumber(text: string): string | null {
  const folded = western(text)
    .toUpperCase()
    .replace(/[\s./-]+/g, '');
  return /^[\p{L}\p{N}]{1,40}$/u.test(folded) ? folded : null;
}

/** By what the address is found: the same for all numbers of one line. */
export const keyOf = ({ kind, value }: Identity): string => (kind === 'PHONE' ? lineOf(value) : value);

/** An address taken out of its quotes, its scheme and its parameters. */
interface Bare {
  /** Lower case, without the colon; empty where there is none. */
  scheme: string;
  /** What comes before the `@`, or all of it. */
  user: string;
  host: string;
  /** Of a telephone number (RFC 3966): the extension behind it. */
  extension: string;
}

/** An extension, a short code or a service number. */
const SHORT = /^[*#]?\d{1,8}[*#]?$/;
const MESSENGERS = ['whatsapp', 'viber'];
const SCHEMES = /^(sips?|tel|callto|fax|sms|smsto|whatsapp|viber|mailto):(?:\/\/)?/i;
/** Name, brackets and all; what is longer is no address. */
const MOST_CHARS = 1_000;
/** Of a name that can be called, not of a number. */
const SIP = /^sip:[^\s@:;?<>%"\p{C}]+@([\p{L}\p{N}._-]+|\[[\da-f:.]+\])$/u;
/** What separates a number's digits when people or systems write it; besides spaces of all kinds. */
const SEPARATORS = /[\s.()/\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060-\u2069\ufeff-]/g;
/** WhatsApp's programs name a person like this; a group or a hidden number has another host. */
const WHATSAPP_HOSTS = ['s.whatsapp.net', 'c.us'];

/** Words that stand where a caller's address would, by the standards (RFC 3323), exchanges and carriers. */
const WITHHELD = new Set(
  (
    'anonymous anonym anonymní anonymni anonimowy unavailable restricted withheld private unknown blocked hidden suppressed assertednone ' +
    'unassigned none null undefined guest visitor ' +
    'callerunknown unknowncaller privatecaller privatenumber withheldnumber numberwithheld numberunavailable blockednumber ' +
    'nocallerid callerid noid nonumber unknownnumber outofarea callerwithheld calleridblocked idunavailable nameunavailable ' +
    'skryté skryte skrytéčíslo skrytecislo utajené utajene utajenéčíslo utajenecislo neznámé nezname neznáméčíslo neznamecislo ' +
    'nieznany numernieznany zastrzeżony zastrzezony numerzastrzeżony numerzastrzezony unbekannt unterdrückt'
  ).split(' '),
);
/** ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN, UNAVAILABLE on a telephone's keys, as carriers send them; without the `+` some are numbers. */
const WITHHELD_NUMBERS = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253']);

/** Whether the address says only that nobody is named: such callers are many people, and none of them is known by it. */
export function isWithheld(address: string): boolean {
  const { user, host } = bare(address);
  if (/(^|\.)invalid\.?$/.test(host)) return true;
  // A mailbox may be called anything; of a call, the host says nothing about the caller.
  if (host && !SCHEMES.test(unwrapped(address)) && !/^(anonymous|restricted|unavailable|withheld)$/i.test(user)) return false;
  const word = user
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '');
  return /^0*$/.test(word) || WITHHELD.has(word) || WITHHELD_NUMBERS.has(digitsOf(user));
}

/**
 * E.164 for a telephone number as people and systems write it: with spaces, in a URI, with `00`, without `+`. An
 * extension behind it is left out.
 *
 * @param country ISO 3166-1 of numbers without an international prefix
 * @returns null for what is no number that exists: an extension, a short or service number, a name, a withheld caller
 */
export function phone(value: string, country: string): string | null {
  if (isWithheld(value)) return null;
  const { scheme, user, host } = bare(value);
  return scheme === 'mailto' || (host && !scheme && !WHATSAPP_HOSTS.includes(host)) ? null : numberOf(user, country);
}

/** Lower case, the domain in its own script; null for what cannot be an e-mail address. */
export function email(value: string): string | null {
  if (value.length > MOST_CHARS) return null;
  const text = unwrapped(value)
    .replace(/^mailto:([^?]*).*$/i, '$1')
    // Quotes that nothing in them asks for.
    .replace(/^"([^\s"\\@]+)"@/, '$1@');
  const [, local = '', domain = ''] = /^([^\s@<>()[\]\\,;:"\p{Cc}]+)@([^\s@]+?)\.?$/u.exec(text.toLowerCase().normalize('NFC')) ?? [];
  const host = domainOf(domain);
  return local && host && `${local}@${host}`.length <= 320 ? `${local}@${host}` : null;
}

/** The identity behind an address as a channel delivers it; null for none that could be found again. */
export const identityOf = (channel: Channel, address: string, country: string): Identity | null =>
  identityIn(channels[channel].address, address, country);

function identityIn(form: Form, address: string, country: string): Identity | null {
  const handle = address.trim().toLowerCase().normalize('NFC');
  if (form === 'MAIL') return asEmail(address);
  if (isWithheld(address)) return null;
  const { scheme, user, host, extension } = bare(address);
  const number = numberIn(form, address, country);
  if (number) return extension ? { kind: 'HANDLE', value: `tel:${number};ext=${extension}` } : { kind: 'PHONE', value: number };
  if (/^sips?$/.test(scheme) || (form === 'LINE' && host && !scheme)) {
    const sip = `sip:${user}@${host}`.toLowerCase().normalize('NFC');
    return !dialled(user) && SIP.test(sip) && !isWithheld(sip) ? { kind: 'HANDLE', value: sip } : null;
  }
  const mail = asEmail(address);
  if (mail && !WHATSAPP_HOSTS.includes(host)) return mail;
  return isDialled(form) || (dialled(user) && ['tel', 'sip', 'sips'].includes(scheme)) ? null : { kind: 'HANDLE', value: handle };
}

/**
 * The address in the form it is kept in; an address of no known form stays as it came, without its scheme.
 *
 * @returns null where the caller's address is withheld
 */
export function normalised(channel: Channel, address: string, country: string): string | null {
  const form = channels[channel].address;
  const identity = identityIn(form, address, country);
  if (identity) return identity.value;
  const { scheme, user, host } = bare(address);
  const isCalled = !MESSENGERS.includes(scheme) && (host === '' || scheme !== '' || form === 'LINE');
  const kept = isDialled(form) && SHORT.test(digitsOf(user)) && isCalled ? digitsOf(user) : address.trim();
  return form !== 'MAIL' && (isWithheld(address) || isWithheld(kept)) ? null : kept;
}

/**
 * The address of an entry point: what a channel can deliver as the one that was called.
 *
 * @returns null for what no channel of this kind ever delivers, so that nothing could come in by it
 */
export function entryAddress(channel: Channel, address: string, country: string): string | null {
  const form = channels[channel].address;
  const kept = normalised(channel, address, country);
  if (kept === null) return null;
  if (form === 'MAIL') return email(kept);
  // An exchange may deliver an extension or a short number; a name only as a SIP address.
  return isDialled(form) && !/^\+\d{5,15}$|^[*#]?\d{2,8}[*#]?$|^sip:/.test(kept) ? null : kept;
}

/** All the keys by which an address that somebody looks for may be found. */
export function keysOf(search: string, country: string): string[] {
  const found = (['LINE', 'HANDLE', 'MAIL'] as const).map((form) => {
    const identity = identityIn(form, search, country);
    return identity ? keyOf(identity) : undefined;
  });
  return [...new Set([...found, search.trim().toLowerCase(), accountNumber(search) ?? undefined].filter((value) => value !== undefined))];
}

function asEmail(address: string): Identity | null {
  const value = email(address);
  return value ? { kind: 'EMAIL', value } : null;
}

function numberIn(form: Form, address: string, country: string): string | null {
  const { scheme, user, host } = bare(address);
  const messenger = MESSENGERS.includes(scheme) || WHATSAPP_HOSTS.includes(host);
  if (scheme === 'mailto' || (host && !scheme && !messenger && form !== 'LINE')) return null;
  if (messenger) return international(user.replace(/^\+/, ''));
  // A handle that is digits alone is a program's, as a rule; elsewhere people type addresses, or exchanges send them.
  if (form === 'HANDLE' && !scheme && /^\d+$/.test(user)) return MESSENGER_DIGITS.test(user) ? mobile(user) : null;
  return numberOf(user, country);
}

/** E.164 of a number without scheme, host and extension. */
function numberOf(text: string, country: string): string | null {
  const written = western(text).replace(/^(\s*(?:\+|00)[\d\s]+)\(0\)/, '$1');
  const digits = digitsOf(written);
  if (/^\+\d+$/.test(digits)) return stated(digits);
  if (!/^\d+$/.test(digits) || digits.length > 20) return null;
  const national = parsePhoneNumberFromString(digits, country as CountryCode);
  // Of a number in national form the country is only assumed, so it has to be one that is in use there.
  if (national && isInUse(national)) return national.number;
  if (digits.startsWith('00')) return stated(`+${digits.slice(2)}`);
  // Somebody who types a number in groups, and without its country, means a number of a country that we do not know.
  const typed = written.trim() !== digits && /\d\D+\d/.test(written.trim());
  return typed && !digits.startsWith(callingCode(country)) ? null : international(digits);
}

/**
 * With its country, so nothing is guessed: whatever has the right length, as numbering plans grow faster than what is
 * known of them.
 */
function stated(digits: string): string | null {
  const number = parsePhoneNumberFromString(digits);
  if (!number || !/^\+\d{5,15}$/.test(number.number)) return null;
  return isEitherWay(number, (one) => one.isPossible()) ? number.number : null;
}

/** Also under the line's other number: messengers go on naming people by one that was changed years ago. */
function isEitherWay(number: PhoneNumber, holds: (one: PhoneNumber) => boolean): boolean {
  const line = parsePhoneNumberFromString(lineOf(number.number));
  return holds(number) || (line !== undefined && holds(line));
}

const isInUse = (number: PhoneNumber): boolean => isEitherWay(number, (one) => one.isValid());

/** Digits that exchanges and messengers send for `+` and the same digits. */
function international(digits: string): string | null {
  if (!/^[1-9]\d{8,14}$/.test(digits)) return null;
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number && isInUse(number) && !isAmbiguous(digits) ? number.number : null;
}

function mobile(digits: string): string | null {
  const number = parsePhoneNumberFromString(`+${digits}`);
  return number && isInUse(number) && isMobile(number) ? number.number : null;
}

const isMobile = (number: PhoneNumber): boolean =>
  isEitherWay(number, (one) => ['MOBILE', 'FIXED_LINE_OR_MOBILE'].includes(String(one.getType())));

const isAmbiguous = (digits: string): boolean =>
  digits.startsWith('8') && DIALS_WITH_8.some((country) => parsePhoneNumberFromString(digits, country)?.isValid());

const callingCode = (country: string): string => parsePhoneNumberFromString('000000', country as CountryCode)?.countryCallingCode ?? 'none';

/** A number that can be dialled somewhere, such as an extension or 112. */
const dialled = (user: string): boolean => /^[*#]?\d{1,20}[*#]?$/.test(digitsOf(user));

const digitsOf = (text: string): string => western(text).replace(SEPARATORS, '');

/** Digits of other scripts, in those that telephones have. */
const western = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => String((digit.charCodeAt(0) & 0xf) - (digit > '\u0900' ? 6 : 0)));

/** Without a name and brackets around it: `"Jana" <sip:jana@example.org>;tag=1`. Composed first: U+037E is a semicolon then. */
function unwrapped(address: string): string {
  const text = address.normalize('NFC');
  return (/<([^<>]*)>/.exec(text)?.[1] ?? text).trim();
}

function bare(address: string): Bare {
  const text = unwrapped(address);
  const scheme = SCHEMES.exec(text)?.[1]?.toLowerCase() ?? '';
  const rest = decoded(text.replace(SCHEMES, '').replace(/\?.*$/s, scheme ? '' : '$&'));
  const at = rest.lastIndexOf('@');
  const [first = '', ...parameters] = (at < 0 ? rest : rest.slice(0, at)).split(';');
  const host = at < 0 ? '' : (/^(\[[^\]]*\]|[^:;]*)/.exec(rest.slice(at + 1))?.[0] ?? '').toLowerCase().replace(/\.$/, '');
  // In a SIP address a password may follow the user.
  const user = at < 0 || !/^sips?$/.test(scheme) ? first : first.replace(/:.*$/s, '');
  const [, number = user, dialledExtension = ''] =
    /^([+\d][^a-z#]*?\d)[\s,.;]*(?:ext(?:ension)?|kl|x|#)[\s.:]*(\d{1,7})$/i.exec(user) ?? [];
  const named = (name: string): string =>
    parameters.find((parameter) => parameter.toLowerCase().startsWith(name))?.slice(name.length) ?? '';
  const context = /^\+\d{1,7}$/.exec(named('phone-context='))?.[0] ?? '';
  return {
    scheme,
    user: context && /^\d/.test(number) ? `${context}${number}` : number.trim(),
    host,
    extension: named('ext=').replace(/\D/g, '') || dialledExtension,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function domainOf(domain: string): string | null {
  if (/^\[[\da-fx.:ipv]+\]$/i.test(domain)) return domain;
  const ascii = /[^\p{ASCII}]|xn--/u.test(domain) ? domainToASCII(domain) : domain;
  const isName = ascii.length <= 253 && ascii.split('.').every((label) => /^[a-z\d_]([a-z\d_-]{0,61}[a-z\d_])?$/.test(label));
  // Reserved as a name that nobody has (RFC 2606).
  if (!isName || /(^|\.)invalid$/.test(ascii)) return null;
  return ascii.includes('xn--') ? domainToUnicode(ascii) || ascii : ascii;
}
