/**
 * How often to ask the CRM what has changed there, beside what it delivers by itself. Pure. Where its deliveries do not arrive,
 * as when the CRM may not call private addresses, it is asked every few seconds what people have edited, whatever the kind of
 * record: 20 calls a minute, beside the 9 by which everything else is read.
 */
export const READ_EVERY_MS = 60_000;
export const LOOK_EVERY_MS = 3_000;
/** What we write there ourselves comes back as a delivery within this time, where deliveries arrive. */
const ECHO_MS = 15_000;

export interface Heard {
  /** When the CRM last delivered something; null for never. */
  deliveredAt: Date | null;
  /** When something was first pushed of which no delivery came since, in ms; null where there is no such thing. */
  unansweredSince: number | null;
}

/** Deliveries do not arrive: none ever did, or none of what was pushed a while ago. */
export const isDeaf = ({ deliveredAt, unansweredSince }: Heard, now: number): boolean =>
  deliveredAt === null || (unansweredSince !== null && now - unansweredSince > ECHO_MS);
