/** One word for the promises of an interaction, and the time until which the next one runs. */
import type { SlaClock } from '../platform/generated/prisma/client.js';
import { isAtRisk, isOpen } from '../sla/at-risk.js';

export type SlaStatus = 'NONE' | 'ON_TRACK' | 'AT_RISK' | 'BREACHED' | 'MET';

/** @param clocks of one interaction; cancelled ones count for nothing, and one that was answered late stays broken */
export function slaStatus(clocks: readonly Pick<SlaClock, 'state' | 'warnedAt' | 'breachedAt' | 'dueAt'>[]): {
  status: SlaStatus;
  dueAt: Date | null;
} {
  const counted = clocks.filter(({ state }) => state !== 'CANCELLED');
  const running = counted.filter(isOpen);
  const due = running.flatMap(({ state, dueAt: at }) => (at && state === 'RUNNING' ? at.getTime() : []));
  const dueAt = due.length > 0 ? new Date(Math.min(...due)) : null;
  if (counted.some(({ breachedAt }) => breachedAt !== null)) return { status: 'BREACHED', dueAt };
  if (running.some(isAtRisk)) return { status: 'AT_RISK', dueAt };
  if (running.length > 0) return { status: 'ON_TRACK', dueAt };
  return { status: counted.length > 0 ? 'MET' : 'NONE', dueAt };
}
