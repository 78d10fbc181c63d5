/**
 * How often the CRM is asked for changes, beside its own deliveries. Pure. Deliveries do not arrive where, for example, the CRM may
 * not call private addresses. It is then asked every few seconds for people's edits of all kinds of records: 20 calls a minute,
 * beside the 9 by which everything else is read.
 */
export const READ_EVERY_MS = 60_000;
export const LOOK_EVERY_MS = 3_000;
/** Where deliveries arrive, our own writes come back as deliveries within this time. */
const ECHO_MS = 15_000;

export interface Heard {
  /** When the CRM last delivered something; null for never. */
  deliveredAt: Date | null;
  /** The time of the first push since which no delivery came, in ms; null where there is none. */
  unansweredSince: number | null;
}

/** Deliveries do not arrive: none ever did, or none has come of records pushed a while ago. */
export const isDeaf = ({ deliveredAt, unansweredSince }: Heard, now: number): boolean =>
  deliveredAt === null || (unansweredSince !== null && now - unansweredSince > ECHO_MS);
