/**
 * How often to ask the CRM what has changed there, beside what it delivers by itself. Pure. Where its deliveries do not arrive,
 * as when the CRM may not call private addresses, it is asked more often for what people edit: 35 calls a minute of the
 * hundred that Twenty takes.
 */
import type { CrmKind } from './host.js';

export const READ_EVERY_MS = 60_000;
export const DEAF_EVERY_MS = 12_000;
/** What we write there ourselves comes back as a delivery within this time, where deliveries arrive. */
const ECHO_MS = 15_000;

/** Few, and edited by hand hardly ever. */
const SELDOM: readonly CrmKind[] = ['USER', 'COMPANY'];

export interface Heard {
  /** When the CRM last delivered something; null for never. */
  deliveredAt: Date | null;
  /** When something was first pushed of which no delivery came since, in ms; null where there is no such thing. */
  unansweredSince: number | null;
}

/** Deliveries do not arrive: none ever did, or none of what was pushed a while ago. */
export const isDeaf = ({ deliveredAt, unansweredSince }: Heard, now: number): boolean =>
  deliveredAt === null || (unansweredSince !== null && now - unansweredSince > ECHO_MS);

export const readEveryMs = (kind: CrmKind, heard: Heard, now: number): number =>
  isDeaf(heard, now) && !SELDOM.includes(kind) ? DEAF_EVERY_MS : READ_EVERY_MS;
