/**
 * When a promise is *late* and when it is *at risk*, as the desk, the wall, rules and the CRM say it, in two languages: for clocks in
 * hand, and as SQL on rows of sla_clocks called `k`. A clock that stands still is not at risk, since nobody could do anything about
 * it; one that was broken is late until it ends, whether it stands still or not.
 */
import type { SlaClock } from '../platform/generated/prisma/client.js';

type Facts = Pick<SlaClock, 'state' | 'warnedAt' | 'breachedAt'>;

/** Neither kept nor void yet. */
export const isOpen = ({ state }: Pick<Facts, 'state'>): boolean => state === 'RUNNING' || state === 'PAUSED';
export const isLate = (clock: Pick<Facts, 'state' | 'breachedAt'>): boolean => isOpen(clock) && clock.breachedAt !== null;
export const isAtRisk = ({ state, warnedAt, breachedAt }: Facts): boolean =>
  state === 'RUNNING' && warnedAt !== null && breachedAt === null;

export const OPEN = `k.state IN ('RUNNING', 'PAUSED')`;
export const LATE = `(${OPEN} AND k.breached_at IS NOT NULL)`;
export const AT_RISK = `(k.state = 'RUNNING' AND k.warned_at IS NOT NULL AND k.breached_at IS NULL)`;
