/** What rules have done lately to the records of a batch of events: which runs there are, and how many. */
import type { RuleOutcome } from '../platform/generated/graphql.js';
import { STORM_MS } from './guards.js';

export interface PastRun {
  ownerId: string;
  /** Number of the event in the log. */
  eventSeq: string;
  subjectId: string;
  outcome: RuleOutcome;
  reason: string | null;
  at: Date;
}

/** How the reason of a run begins whose condition could not be told: the one failure that is no match. */
export const UNTOLD = 'The condition cannot be told: ';

export class History {
  private readonly taken = new Map<string, boolean>();
  private readonly done = new Map<string, number[]>();

  constructor(runs: readonly PastRun[]) {
    for (const run of runs) this.add(run);
  }

  add({ ownerId, eventSeq, subjectId, outcome, reason, at }: PastRun): void {
    const matched = outcome !== 'STOPPED' && !reason?.startsWith(UNTOLD);
    this.taken.set(`${ownerId} ${eventSeq} ${subjectId}`, matched);
    if (outcome !== 'DONE') return;
    const key = `${ownerId} ${subjectId}`;
    this.done.set(key, [...(this.done.get(key) ?? []), at.getTime()]);
  }

  /** Whether the rule matched the event when it was tried on it; undefined where it was not tried yet. */
  matched(ownerId: string, eventSeq: bigint, subjectId: string): boolean | undefined {
    return this.taken.get(`${ownerId} ${eventSeq} ${subjectId}`);
  }

  /** How often a rule was done to a record within the hour before `at`. */
  recent(ownerId: string, subjectId: string, at: Date): number {
    const since = at.getTime() - STORM_MS;
    return (this.done.get(`${ownerId} ${subjectId}`) ?? []).filter((time) => time > since).length;
  }
}
