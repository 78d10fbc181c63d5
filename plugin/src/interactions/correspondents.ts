/**
 * Who writes in a conversation by mail, as told by addresses: the customer, somebody in copy, a colleague, or a stranger
 * who only knows how to answer. And from that: to whom an answer goes, and under which subject.
 */
import { channels, type Channel } from '../platform/generated/channels.js';
import type { MessageSender } from '../platform/generated/graphql.js';
import type { MailKind, Message } from '../platform/generated/prisma/client.js';
import { bareSubject } from './mail-subjects.js';

export type Letter = Pick<
  Message,
  'id' | 'interactionId' | 'direction' | 'internal' | 'automatic' | 'from' | 'fromName' | 'replyTo' | 'to' | 'cc' | 'subject'
> & { mailKind: MailKind | null };

/** Addresses in lower case. */
export interface Known {
  customer: ReadonlySet<string>;
  /** Agents, and mailboxes of ours. */
  colleagues: ReadonlySet<string>;
}

export interface Recipient {
  address: string;
  name: string | null;
  included: boolean;
}

/** Whether it is held by mail: with a subject, people in copy, and mailboxes on both sides. */
export const isMail = ({ channel }: { channel: Channel }): boolean => channels[channel].address === 'MAIL';

const lower = (address: string): string => address.trim().toLowerCase();
const isAddress = (address: string): boolean => address.length <= 320 && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address);

/**
 * @param thread oldest first
 * @returns by the id of each message that came in; without those of conversations whose customer has no known address
 */
export function sendersOf(thread: readonly Letter[], { customer, colleagues }: Known): Map<string, MessageSender> {
  const senders = new Map<string, MessageSender>();
  if (customer.size === 0) return senders;
  const participants = new Set<string>();
  let first = true;
  for (const letter of thread.filter(({ internal }) => !internal)) {
    const sender = letter.direction === 'INBOUND' ? senderOf(letter, first) : null;
    if (sender) senders.set(letter.id, sender);
    if (sender === null || sender === 'CUSTOMER') for (const address of [...letter.to, ...letter.cc]) participants.add(lower(address));
    if (letter.direction === 'INBOUND') first = false;
  }
  return senders;

  function senderOf({ from, replyTo, mailKind }: Letter, opens: boolean): MessageSender {
    if (mailKind === 'BOUNCE') return 'MAIL_SYSTEM';
    const address = lower(from ?? '');
    // A form writes in the customer's name, and says by Reply-To whom to answer.
    if (!address || customer.has(address) || (opens && replyTo.some((one) => customer.has(lower(one))))) return 'CUSTOMER';
    if (colleagues.has(address)) return 'COLLEAGUE';
    return participants.has(address) ? 'PARTICIPANT' : 'STRANGER';
  }
}

/**
 * What an answer looks like: who may get a copy, and the newest subject of those who have a part in the conversation.
 * A stranger's subject and recipients are not taken over, only offered.
 *
 * @param thread oldest first
 * @param fallback the interaction's own subject
 */
export function proposalOf(
  thread: readonly Letter[],
  known: Known,
  fallback: string | null,
): { subject: string | null; others: Recipient[]; answers: boolean } {
  const senders = sendersOf(thread, known);
  const trusted = ({ id }: Letter): boolean => !['STRANGER', 'MAIL_SYSTEM'].includes(senders.get(id) ?? '');
  const received = thread.filter(({ direction, internal, automatic }) => direction === 'INBOUND' && !internal && !automatic);
  const titled = received.findLast((letter) => trusted(letter) && bareSubject(letter.subject) !== '');
  const last = received.at(-1);
  const others = new Map<string, Recipient>();
  if (last) {
    const offer = (address: string | null, name: string | null): void => {
      const key = lower(address ?? '');
      if (!isAddress(key) || known.customer.has(key) || known.colleagues.has(key) || others.has(key)) return;
      others.set(key, { address: key, name, included: trusted(last) });
    };
    offer(last.from, last.fromName);
    for (const address of [...last.replyTo, ...last.to, ...last.cc]) offer(address, null);
  }
  return { subject: titled?.subject ?? fallback, others: [...others.values()], answers: received.length > 0 };
}
