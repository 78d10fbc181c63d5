/** Whether a fact says anything new. */
import { isDeepStrictEqual } from 'node:util';
import type { InteractionFacts, QueueFacts } from './facts.js';

export function isSameQueue(known: QueueFacts, next: QueueFacts): boolean {
  return isDeepStrictEqual(known, next);
}

/** Whether the interactions in the queue stay in their lanes, and become due at the same times. */
export function isSamePlacing(known: QueueFacts, next: QueueFacts): boolean {
  const placing = ({ skills, relaxation, levelDelayMs, overflow, askAgainMs, keepsPlace }: QueueFacts): unknown[] => [
    skills,
    relaxation,
    levelDelayMs,
    overflow,
    askAgainMs,
    keepsPlace,
  ];
  return isDeepStrictEqual(placing(known), placing(next));
}

/** Written out, as it runs for each row that is read: nested lists are mostly empty. */
export function isSameInteraction(known: InteractionFacts, next: InteractionFacts): boolean {
  return (
    known.state === next.state &&
    known.agentId === next.agentId &&
    known.queueId === next.queueId &&
    known.channel === next.channel &&
    known.priority === next.priority &&
    known.queuedAt === next.queuedAt &&
    known.arrivedAt === next.arrivedAt &&
    known.dueAt === next.dueAt &&
    known.lastDeclinedAt === next.lastDeclinedAt &&
    known.offerRound === next.offerRound &&
    known.roundNotBefore === next.roundNotBefore &&
    known.offer?.id === next.offer?.id &&
    known.offer?.expiresAt === next.offer?.expiresAt &&
    isSameList(known.declinedBy, next.declinedBy) &&
    isSameList(known.skills, next.skills) &&
    (known.preferred === next.preferred || isDeepStrictEqual(known.preferred, next.preferred))
  );
}

export function isSameList(known: readonly unknown[], next: readonly unknown[]): boolean {
  return known === next || (known.length === next.length && (known.length === 0 || isDeepStrictEqual(known, next)));
}
