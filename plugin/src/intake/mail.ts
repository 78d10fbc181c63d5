/** Makes of a parsed mail the record that is kept: bounded, printable, with safe file names, and with the thread it may belong to. */
import { createHash } from 'node:crypto';
import mime from 'mime';
import type { IncomingMail } from '../interactions/messages.service.js';
import { email } from '../customers/addresses.js';

export interface MailAddress {
  name: string;
  address: string;
}

/** A mail as mail-worker.js reads it from the bytes. */
export interface ParsedMail {
  from: MailAddress[];
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  subject: string | null;
  /** The headers that name mails, as they stand there; references oldest first. */
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  /** The headers that tell a machine's mail, by lower-case name. */
  headers: Record<string, string | undefined>;
  text: string | null;
  /** Delivery reports of mail systems, each as its fields. */
  reports: string[];
  /** Message-IDs of mails that are returned with it. */
  returned: string[];
  attachments: { fileName: string | null; contentType: string; content: Uint8Array }[];
  /** Why the mail could not be read whole; null where it could. */
  failed: string | null;
}

export const LIMITS = {
  references: 100,
  addresses: 100,
  subjectChars: 200,
  textChars: 200_000,
  attachments: 100,
  fileNameChars: 150,
};

/** This domain is reserved for nobody, so that no other system makes Message-IDs under it. */
const MADE_UP = 'message-id.invalid';
const UNREADABLE = '[This mail could not be read to its end; it is attached as it came, as message.eml.]';
const NOTHING: ParsedMail = {
  from: [],
  replyTo: [],
  to: [],
  cc: [],
  subject: null,
  messageId: null,
  inReplyTo: null,
  references: [],
  headers: {},
  text: null,
  reports: [],
  returned: [],
  attachments: [],
  failed: null,
};
const NAMES: Record<string, string> = {
  'message/rfc822': 'message.eml',
  'text/rfc822-headers': 'headers.txt',
  'text/calendar': 'invitation.ics',
  'text/html': 'message.html',
  'text/plain': 'message.txt',
};
/** Types that say nothing about what a file is opened with. */
const VAGUE = ['application/octet-stream', 'application/x-download', 'application/force-download'];
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A mail that could not be read, or not to its end: the part that was read, under the headers, which were read apart.
 *
 * @param headers as they were read from the result of `headersOf`; null where not even they could be read
 * @param partly null where the reading ended in nothing
 */
export function unread(headers: ParsedMail | null, partly: ParsedMail | null, reason: string): ParsedMail {
  const { text = null, attachments = [] } = partly ?? {};
  return { ...(headers ?? partly ?? NOTHING), text: [text, UNREADABLE].filter(Boolean).join('\n\n'), attachments, failed: reason };
}

/**
 * The part of a mail that is kept. Where something had to be left out, the mail itself is attached as it came.
 *
 * @param envelopeFrom address of MAIL FROM, for a mail that names no sender
 * @param newId gives the id of an attachment
 */
export function incoming(
  mail: ParsedMail,
  raw: Uint8Array,
  automatic: boolean,
  envelopeFrom: string,
  newId: () => string,
): Omit<IncomingMail, 'mailKind' | 'autoReplyForbidden'> {
  const text = printable(mail.text ?? '').trim();
  const whole = mail.failed === null && text.length <= LIMITS.textChars && mail.attachments.length <= LIMITS.attachments;
  const kept = mail.attachments.slice(0, whole ? LIMITS.attachments : LIMITS.attachments - 1);
  const named = kept.map(({ fileName, contentType, content }, index) => ({
    fileName: safeFileName(fileName, contentType, index),
    contentType: safeType(contentType),
    content,
  }));
  const attachments = whole ? named : [...named, { fileName: 'message.eml', contentType: 'message/rfc822', content: raw }];
  return {
    from: sender(mail, envelopeFrom),
    fromName: line(mail.from[0]?.name ?? null, 200),
    replyTo: addressesOf(mail.replyTo),
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    subject: line(mail.subject, LIMITS.subjectChars),
    text: printable(cut(text, LIMITS.textChars)),
    automatic,
    messageId: messageIdOf(mail, raw),
    inReplyTo: mailIds(mail.inReplyTo ?? '')[0] ?? null,
    references: referencesOf(mail),
    attachments: attachments.map((attachment) => ({ ...attachment, id: newId(), content: new Uint8Array(attachment.content) })),
  };
}

/** The Message-IDs by which the mail may belong to a thread, the nearest first. */
export function threadIds(mail: ParsedMail): string[] {
  return [...new Set([...mailIds(mail.inReplyTo ?? '').slice(0, LIMITS.references), ...referencesOf(mail).toReversed()])];
}

/**
 * The address to answer, by which the customer is known too: Reply-To, where the mail of a form has its customer, else From.
 *
 * @param ours addresses that are mailboxes of ours: answering them would be talking to ourselves
 * @returns null where the mail names no address
 */
export function customerOf(
  mail: ParsedMail,
  envelopeFrom: string,
  ours: ReadonlySet<string>,
): { address: string; name: string | undefined } | null {
  const candidates = [...mail.replyTo, ...mail.from, { name: '', address: envelopeFrom }];
  const usable = candidates.flatMap(({ name, address }) => {
    const known = email(address);
    return known && known.length <= 320 ? [{ name, address: known }] : [];
  });
  const found = usable.find(({ address }) => !ours.has(address)) ?? usable[0];
  if (!found) return null;
  const name = found.name || mail.from.find(({ address }) => email(address) === found.address)?.name;
  return { address: found.address, name: line(name ?? null, 200) ?? undefined };
}

/** Such as `<id@example.org>`; a mail without one gets a name made of its bytes, so that the same bytes are kept once. */
export const messageIdOf = (mail: ParsedMail, raw: Uint8Array): string => mailId(mail.messageId) ?? `<${digest(raw)}@${MADE_UP}>`;

/** The name of these bytes, for a mail whose own Message-ID another mail has already. */
export const madeUpId = (raw: Uint8Array): string => `<${digest(raw)}@${MADE_UP}>`;

export const isMadeUp = (id: string): boolean => id.endsWith(`@${MADE_UP}>`);

/** A Message-ID in its angle brackets, without the decoration of some mailers; null for a text that cannot be one. */
export const mailId = (value: string | null): string | null => {
  const ids = mailIds(value ?? '');
  return ids.find((id) => value?.includes(id)) ?? ids[0] ?? null;
};

/**
 * The Message-IDs that a header names, in their order. Mailers separate them by spaces, commas or nothing, put words and addresses
 * between them, break them over lines, and leave out their brackets.
 */
export function mailIds(value: string): string[] {
  const words = value.match(/<[^<>]{1,1200}>|[^\s,;<>()"]+/g) ?? [];
  return words.flatMap((word) => {
    const bare = !word.startsWith('<');
    if (bare && words.length > 1 && !/.@./.test(word)) return [];
    const id = printable(word.replace(/^<|>$|\s+/g, ''));
    return id !== '' && id.length <= 900 ? `<${id}>` : [];
  });
}

/**
 * The last part of a path, without characters that some file system refuses or shows differently. It is never empty, and gets the
 * extension of its type where it has none, because most systems open files by it.
 */
export function safeFileName(name: string | null, contentType: string, index: number): string {
  const last =
    printable(name ?? '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  const clean = last
    .replace(/[\n\r\t]/g, ' ')
    // Characters that turn the reading direction make "gpj.exe" look like "exe.jpg".
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const type = contentType.toLowerCase();
  const known = VAGUE.includes(type) ? null : mime.getExtension(type);
  if (!clean) return NAMES[type] ?? `attachment-${index + 1}${known ? `.${known}` : ''}`;
  const named = known && type !== 'text/plain' && !/.\.[^. ]{1,10}$/.test(clean) ? `${clean}.${known}` : clean;
  const free = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(named) ? `_${named}` : named;
  const [, stem = free, extension = ''] = /^(.+?)(\.[^.]{1,10})?$/su.exec(free) ?? [];
  return printable(cut(stem, LIMITS.fileNameChars - extension.length) + extension);
}

/** The headers of a mail that could not be read, each in its first kilobytes: enough to open an interaction. */
export function headersOf(raw: Uint8Array): Buffer {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const ends = ['\r\n\r\n', '\n\n'].map((empty) => bytes.indexOf(empty)).filter((at) => at >= 0);
  const head = bytes.subarray(0, Math.min(bytes.length, ...ends));
  const wanted = head
    .toString('latin1')
    .split(/\r?\n(?![ \t])/)
    .filter((field) =>
      /^(from|reply-to|to|cc|subject|message-id|in-reply-to|references|auto-submitted|precedence|list-id|x-auto-response-suppress|x-autoreply|x-failed-recipients|return-path|x-patchbay):/i.test(
        field,
      ),
    )
    .slice(0, 40)
    .map((field) => field.slice(0, 4_096));
  return Buffer.from(`${wanted.join('\r\n')}\r\n\r\n`, 'latin1');
}

const digest = (raw: Uint8Array): string => createHash('sha256').update(raw).digest('hex').slice(0, 40);

const sender = (mail: ParsedMail, envelopeFrom: string): string =>
  addressesOf(mail.from)[0] ?? addressesOf([{ name: '', address: envelopeFrom }])[0] ?? '';

const addressesOf = (addresses: MailAddress[]): string[] =>
  addresses.slice(0, LIMITS.addresses).flatMap(({ address }) => line(address, 320) ?? []);

const referencesOf = ({ references }: ParsedMail): string[] => references.flatMap(mailIds).slice(-LIMITS.references);

const safeType = (type: string): string => (/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type.toLowerCase() : 'application/octet-stream');

/** PostgreSQL takes no NUL in text, and UTF-8 has no half characters; other control characters carry no meaning. */
const printable = (text: string): string => text.replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd');

const cut = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '') + '…';

/** The text on one line; null where nothing is left. */
function line(value: string | null, most: number): string | null {
  const clean = printable(value ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return clean ? cut(clean, most) : null;
}
