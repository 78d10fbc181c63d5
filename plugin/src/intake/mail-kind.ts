/**
 * Tells the kinds of mail apart: a person's, a machine's, a bounce of a mail of ours, and a mail of ours that came back. Headers
 * decide; subjects only support them, since a person may write "automatic reply" too.
 */
import { email } from '../customers/addresses.js';
import { ourMail } from '../interactions/mail-ids.js';
import { said, type Said } from '../platform/told.js';
import { threadIds, type ParsedMail } from './mail.js';

export type MailKind =
  /** A person wrote it. */
  | 'NORMAL'
  /** It came over a mailing list or group address: a person wrote it, and no machine may answer it. */
  | 'LIST'
  /** A machine wrote it, about a matter of its own: a notice, a newsletter, a form. */
  | 'GENERATED'
  /** A machine answered: out of office, receipt, notice of delay. */
  | 'AUTO_REPLY'
  /** A mail could not be delivered. */
  | 'BOUNCE'
  /** We wrote it ourselves. */
  | 'OWN_LOOP';

export interface Bounce {
  /** Message-IDs of the mail that may have bounced, the likeliest first. */
  of: string[];
  /** The recipients who did not get it, as far as the report names them. */
  recipients: string[];
  /** Why it came back, with the words of the report as far as it gives any. */
  reason: Said;
}

const REPLY_SUBJECT =
  /^(automatic reply|auto(matic)?[ -]?(re(ply|sponse)|respon[ds]e?r?)|out of( the)? office|automatick[áa] odpov[ěe][ďd]|mimo kancel[áa][řr]|nep[řr][íi]tomnost|jsem mimo|odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]|poza biurem|nieobecno[śs][ćc])/i;
/** Subjects that support what the structure tells, in the languages that are recognised. */
const BOUNCE_SUBJECT = new RegExp(
  [
    'undeliver|delivery status notification|mail delivery (failed|failure|subsystem)|failure notice|returned mail|delivery (has )?failed',
    'nedoru[čc]iteln|nedoru[čc]en|nebyla? doru[čc]en|nedoru[čc]iteľn|niedostarcz|nie mo[żz]na dostarczy[ćc]|zwrot wiadomo[śs]ci',
    'unzustellbar|nicht zugestellt|non remis|(échec|notification).{0,20}(remise|distribution|livraison)|non distribu',
    'no (se )?(ha )?(podido )?entrega|mancata consegna|recapito|não entregue|falha na entrega|onbestelbaar|kézbesíthetetlen|недоставлен|не доставлено',
  ].join('|'),
  'i',
);
/** Mailboxes of programs. A postmaster is not among them, since that may be a person. */
const DAEMON = /^(mailer-?daemon|mail-?daemon|mdaemon)(@|$)/i;
const POSTMASTER = /^postmaster(@|$)/i;
/** A permanent refusal in the words of mail servers. A bare 5.1.26 does not count: it may be a date. */
const REFUSAL =
  /\b5[0-5]\d[ -]+#?5\.\d{1,3}\.\d{1,3}\b|#5\.\d{1,3}\.\d{1,3}\b|\b(said|smtp|rcpt to|remote|host|server|error|status|code)\b[^\n]{0,80}\b5[0-5]\d\b/i;
const ADDRESS = /[^\s<>()[\]"',;:]{1,64}@[^\s<>()[\]"',;:]{1,255}/g;
/** A report is short; the mail itself follows after it. */
const REPORT_CHARS = 100_000;
const MOST_NAMED = 20;

/**
 * @param envelopeFrom address of MAIL FROM; empty for the null sender, whose mail must never be answered
 * @param ownDomains domains of our mailboxes, in lower case
 */
export function kindOf(mail: ParsedMail, envelopeFrom: string, ownDomains: ReadonlySet<string>): MailKind {
  const { headers } = mail;
  if ([mail.messageId, headers['x-patchbay']].some((id) => isOurs(id, ownDomains))) return 'OWN_LOOP';

  const subject = mail.subject ?? '';
  const submitted = headers['auto-submitted']?.toLowerCase().split(/[;\s]/)[0] ?? 'no';
  const precedence = headers.precedence?.toLowerCase() ?? '';
  const nullSender = isNullSender(mail, envelopeFrom);
  const daemon = isFrom(mail, DAEMON);

  if (failures(mail).length > 0 || headers['x-failed-recipients']) return 'BOUNCE';
  if (mail.reports.length > 0) return 'AUTO_REPLY';
  if ((nullSender || daemon || isFrom(mail, POSTMASTER)) && saysUndelivered(mail)) return 'BOUNCE';
  if (/^multipart\/report/i.test(headers['content-type'] ?? '')) return 'AUTO_REPLY';

  const replies = REPLY_SUBJECT.test(subject);
  if (
    submitted === 'auto-replied' ||
    ['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => /^(?!no$)./i.test(headers[name] ?? '')) ||
    ['auto_reply', 'auto-reply'].includes(precedence) ||
    nullSender ||
    daemon ||
    // Exchange calls its out-of-office "generated", and some versions of it only forbid every answer.
    (replies && (submitted !== 'no' || precedence !== '' || /\ball\b/i.test(headers['x-auto-response-suppress'] ?? '')))
  ) {
    return 'AUTO_REPLY';
  }
  if (submitted !== 'no' || ['bulk', 'junk'].includes(precedence) || headers['list-unsubscribe-post'] !== undefined) return 'GENERATED';
  return headers['list-id'] !== undefined || precedence === 'list' ? 'LIST' : 'NORMAL';
}

/** Its sender asks that no machine answers it, though a person may have written it. */
export const forbidsAutoReply = ({ headers }: ParsedMail): boolean =>
  /\b(all|autoreply)\b/i.test(headers['x-auto-response-suppress'] ?? '');

/**
 * Whether a mail system may have written it as plain text, without a report: only its subject matter then tells a bounce from
 * a person's automatic answer.
 */
export const mayBeBounce = (mail: ParsedMail, envelopeFrom: string): boolean =>
  mail.reports.length === 0 && (isNullSender(mail, envelopeFrom) || isFrom(mail, DAEMON) || isFrom(mail, POSTMASTER));

/** The addresses that its text names, in lower case and without its own sender's. */
export function namedAddresses(mail: ParsedMail): string[] {
  const senders = new Set(mail.from.map(({ address }) => address.toLowerCase()));
  const found = (beginning(mail).match(ADDRESS) ?? []).flatMap((address) => email(address.replace(/[.>]+$/, '')) ?? []);
  return [...new Set(found)].filter((address) => !senders.has(address)).slice(0, MOST_NAMED);
}

/** The facts that a bounce gives about the mail that bounced. */
export function bounceOf(mail: ParsedMail): Bounce {
  const quoted = [...beginning(mail).matchAll(/^(?:message-id|x-patchbay):\s*(<[^<>\s]{1,900}>)/gim)].map(([, id]) => id ?? '');
  const failed = failures(mail);
  const recipients = [
    ...failed.flatMap((fields) => recipientOf(fields) ?? []),
    ...(mail.headers['x-failed-recipients'] ?? '').split(',').map((address) => address.trim()),
  ].filter(Boolean);
  const reported = failed
    .slice(0, 3)
    .map((fields) => [recipientOf(fields), fields['diagnostic-code']?.replace(/^[\w-]+;\s*/, ''), fields.status].filter(Boolean).join(': '))
    .join('; ');
  const words =
    reported ||
    recipients.join(', ') ||
    (
      beginning(mail)
        .split('\n')
        .find((line) => REFUSAL.test(line)) ?? ''
    ).trim();
  return {
    of: [...new Set([...mail.returned, ...quoted, ...threadIds(mail)])].filter((id) => ourMail(id)),
    recipients: [...new Set(recipients.flatMap((address) => email(address) ?? []))],
    reason: words
      ? said('MAIL_RETURNED', `The recipient's mail server sent it back: ${words.slice(0, 500)}`, { words: words.slice(0, 500) })
      : said('MAIL_RETURNED_SILENT', "The recipient's mail server sent it back without a reason."),
  };
}

function isOurs(id: string | null | undefined, ownDomains: ReadonlySet<string>): boolean {
  const ours = id ? ourMail(id.trim()) : null;
  return ours !== null && ownDomains.has(ours.domain);
}

const isNullSender = ({ headers }: ParsedMail, envelopeFrom: string): boolean =>
  envelopeFrom === '' || headers['return-path']?.replace(/\s/g, '') === '<>';

const isFrom = ({ from }: ParsedMail, who: RegExp): boolean => from.some(({ name, address }) => who.test(address || name));

/** It is a bounce if it returns a mail of ours, names a refusal, or calls itself one. */
const saysUndelivered = (mail: ParsedMail): boolean =>
  bounceOf({ ...mail, inReplyTo: null, references: [] }).of.length > 0 ||
  REFUSAL.test(beginning(mail)) ||
  BOUNCE_SUBJECT.test(mail.subject ?? '');

const beginning = ({ text }: ParsedMail): string => (text ?? '').slice(0, REPORT_CHARS);

type Fields = Record<string, string | undefined>;

const recipientOf = (fields: Fields): string | undefined =>
  (fields['final-recipient'] ?? fields['original-recipient'])?.replace(/^[\w-]+;\s*/, '');

/** The recipients to whom a delivery report says that delivery was given up, each as its fields. */
const failures = ({ reports }: ParsedMail): Fields[] =>
  reports.flatMap(blocks).filter(({ action, status }) => (action ? /^failed\b/i.test(action) : /^5\.\d/.test(status ?? '')));

/** A report is one block of fields about itself, and one for each recipient. */
const blocks = (report: string): Fields[] =>
  report
    .slice(0, REPORT_CHARS)
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((block) =>
      Object.fromEntries(
        block
          .replace(/\n[ \t]+/g, ' ')
          .split('\n')
          .flatMap((line) => {
            const at = line.indexOf(':');
            return at > 0
              ? [
                  [
                    line.slice(0, at).trim().toLowerCase(),
                    line
                      .slice(at + 1)
                      .replace(/\s+/g, ' ')
                      .trim(),
                  ],
                ]
              : [];
          }),
      ),
    );
