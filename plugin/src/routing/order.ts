/** Which waiting interaction comes first. */
import type { Ticket } from './nodes.js';

/** Within a queue: priority, then the nearest SLA target, then age. Negative when `a` comes first. */
export function compareTickets(a: Ticket, b: Ticket): number {
  if (a.priority !== b.priority) return b.priority - a.priority;
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  if (a.since !== b.since) return a.since - b.since;
  return compareIds(a.id, b.id);
}

/** Across queues, as things are now. */
export function isBefore(a: Ticket, b: Ticket): boolean {
  return (b.lane.queue.priority - a.lane.queue.priority || compareTickets(a, b)) < 0;
}

export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
