/**
 * The Message-IDs of mail that we send. They are made from the message's own id, so that every attempt to send it
 * carries the same one, and so that a mail of ours is recognised when it comes back.
 */

/** Reserved for names that never exist (RFC 2606): for an interaction without a mailbox of ours. */
const NOWHERE = 'patchbay.invalid';
const OURS = /^<patchbay\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})@([^<>@\s]+)>$/i;

/** @param mailbox our address that the mail is sent from */
export const mailIdOf = (messageId: string, mailbox: string | null): string => `<patchbay.${messageId}@${domainOf(mailbox) ?? NOWHERE}>`;

/** The message behind a Message-ID of ours; null for one that another system made. */
export function ourMail(mailId: string): { messageId: string; domain: string } | null {
  const [, messageId, domain] = OURS.exec(mailId) ?? [];
  return messageId && domain ? { messageId: messageId.toLowerCase(), domain: domain.toLowerCase() } : null;
}

export const domainOf = (address: string | null): string | null => /@([^@\s<>]+)$/.exec(address ?? '')?.[1]?.toLowerCase() ?? null;
