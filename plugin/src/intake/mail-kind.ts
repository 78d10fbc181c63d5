/**
 * What kind of mail it is: a person's, a machine's, a bounce of ours, or our own come back. Headers decide; subjects
 * only support them, for a person may well write "automatic reply".
 */
import { ourMail } from '../interactions/mail-ids.js';
import type { ParsedMail } from './mail.js';

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
  /** Message-IDs, most telling first, of what may have bounced. */
  of: string[];
  /** In words, as far as the report gives any. */
  reason: string;
}

const REPLY_SUBJECT =
  /^(automatic reply|auto(matic)?[ -]?(re(ply|sponse)|respon[ds]e?r?)|out of( the)? office|automatick[áa] odpov[ěe][ďd]|mimo kancel[áa][řr]|nep[řr][íi]tomnost|jsem mimo|odpowied[źz] automatyczna|automatyczna odpowied[źz]|autoodpowied[źz]|poza biurem|nieobecno[śs][ćc])/i;
const BOUNCE_SUBJECT =
  /undeliver|delivery status notification|mail delivery (failed|failure|subsystem)|failure notice|returned mail|delivery (has )?failed|nedoru[čc]iteln|nedoru[čc]en|nebyla? doru[čc]en|niedostarcz|nie mo[żz]na dostarczy[ćc]|zwrot wiadomo[śs]ci/i;
const DAEMON = /^(mailer-daemon|postmaster|mail-daemon)@/i;
/** A report is short; what follows is the mail itself. */
const REPORT_CHARS = 100_000;

/**
 * @param envelopeFrom address of MAIL FROM; empty for the null sender, whose mail must never be answered
 * @param ownDomains domains of our mailboxes, in lower case
 */
export function kindOf(mail: ParsedMail, envelopeFrom: string, ownDomains: ReadonlySet<string>): MailKind {
  const { headers } = mail;
  if ([mail.messageId, headers['x-patchbay']].some((id) => isOurs(id, ownDomains))) return 'OWN_LOOP';

  const subject = mail.subject ?? '';
  const contentType = headers['content-type'] ?? '';
  const submitted = headers['auto-submitted']?.toLowerCase().split(/[;\s]/)[0] ?? 'no';
  const precedence = headers.precedence?.toLowerCase() ?? '';
  const nullSender = envelopeFrom === '' || headers['return-path'] === '<>';
  const fromDaemon = nullSender || mail.from.some(({ address }) => DAEMON.test(address));

  if (/^multipart\/report/i.test(contentType)) {
    const failed = /report-type\s*=\s*"?delivery-status/i.test(contentType) && field(mail, 'action')?.toLowerCase() === 'failed';
    return failed ? 'BOUNCE' : 'AUTO_REPLY';
  }
  if (headers['x-failed-recipients'] || (fromDaemon && BOUNCE_SUBJECT.test(subject))) return 'BOUNCE';

  const replies = REPLY_SUBJECT.test(subject);
  if (
    submitted === 'auto-replied' ||
    ['x-autoreply', 'x-autorespond', 'x-auto-reply'].some((name) => /^(?!no$)./i.test(headers[name] ?? '')) ||
    ['auto_reply', 'auto-reply'].includes(precedence) ||
    nullSender ||
    // Exchange calls its out-of-office "generated", and some versions of it only forbid every answer.
    (replies && (submitted !== 'no' || precedence !== '' || /\ball\b/i.test(headers['x-auto-response-suppress'] ?? '')))
  ) {
    return 'AUTO_REPLY';
  }
  if (submitted !== 'no' || ['bulk', 'junk'].includes(precedence) || headers['list-unsubscribe-post'] !== undefined) return 'GENERATED';
  return headers['list-id'] !== undefined || precedence === 'list' ? 'LIST' : 'NORMAL';
}

/** What a bounce says about the mail that bounced. */
export function bounceOf(mail: ParsedMail): Bounce {
  const returned = mail.attachments
    .filter(({ contentType }) => /^(message\/|text\/rfc822-headers)/i.test(contentType))
    .map(({ content }) => Buffer.from(content.subarray(0, REPORT_CHARS)).toString('latin1'));
  const quoted = [...returned, report(mail)].flatMap((text) =>
    [...text.matchAll(/^(?:message-id|x-patchbay):\s*(<[^<>\s]{1,900}>)/gim)].map(([, id]) => id ?? ''),
  );
  const words = [
    field(mail, 'final-recipient')?.replace(/^rfc822;\s*/i, ''),
    field(mail, 'diagnostic-code')?.replace(/^smtp;\s*/i, ''),
    field(mail, 'status'),
  ];
  const said = words.filter(Boolean).join(': ').slice(0, 500);
  return {
    of: [...new Set([...quoted, mail.inReplyTo ?? '', ...mail.references.toReversed()])].filter((id) => ourMail(id)),
    reason: said ? `The recipient's mail server sent it back: ${said}` : "The recipient's mail server sent it back without a reason.",
  };
}

function isOurs(id: string | null | undefined, ownDomains: ReadonlySet<string>): boolean {
  const ours = id ? ourMail(id.trim()) : null;
  return ours !== null && ownDomains.has(ours.domain);
}

const report = ({ text }: ParsedMail): string => (text ?? '').slice(0, REPORT_CHARS);

/** A field of the delivery report (RFC 3464), unfolded. */
function field(mail: ParsedMail, name: string): string | undefined {
  const found = new RegExp(`^${name}:[ \\t]*(.+(?:\\n[ \\t]+.+)*)`, 'im').exec(report(mail));
  return found?.[1]?.replace(/\s+/g, ' ').trim();
}
