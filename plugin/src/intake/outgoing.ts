/** The headers that give a reply its place in the thread, and whether a further attempt to send it may help. */
import { isMadeUp } from './mail.js';

/** The thread's beginning and its newest mails: enough for any client to sort it, short enough for any header. */
const FIRST = 1;
const LAST = 20;

/**
 * @param thread Message-IDs of the thread, oldest first, this mail's own among them
 * @param answered the Message-ID of the mail that is answered; null where the customer has written none
 */
export function threadHeaders(
  own: string,
  thread: string[],
  answered: string | null,
): { inReplyTo: string | undefined; references: string[] } {
  const inReplyTo = answered && !isMadeUp(answered) ? answered : undefined;
  const earlier = thread.filter((id) => id !== own && id !== inReplyTo && !isMadeUp(id));
  const chain = [...earlier, ...(inReplyTo ? [inReplyTo] : [])];
  return { inReplyTo, references: chain.length <= FIRST + LAST ? chain : [...chain.slice(0, FIRST), ...chain.slice(-LAST)] };
}

/** How long to wait after this many failed attempts: 2 s, 8 s, 32 s, … 2 h 17 min after the seventh. */
export const backoffMs = (attemptsMade: number): number => 2_000 * 4 ** (attemptsMade - 1);

/**
 * Whether the mail server will refuse each further attempt too. A refused sign-in is no such refusal: once the operator has
 * mended it, the mail goes out.
 */
export function isFinal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code !== 'EAUTH' && typeof responseCode === 'number' && responseCode >= 500;
}
