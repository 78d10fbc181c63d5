/** What a reply looks like on the wire: its place in the thread, and whether another attempt may help. */
import { isMadeUp } from './mail.js';

/** The thread's beginning and its newest mails: enough for any client to sort it, short enough for any header. */
const FIRST = 1;
const LAST = 20;

/**
 * @param thread Message-IDs of the thread, oldest first, this mail's own among them
 * @param answered that of the mail which is answered; null where the customer has written none
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
 * Whether the mail server's refusal stands however often one asks. A refused sign-in is the operator's to mend, and
 * the mail goes out once it is.
 */
export function isFinal(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code !== 'EAUTH' && typeof responseCode === 'number' && responseCode >= 500;
}
