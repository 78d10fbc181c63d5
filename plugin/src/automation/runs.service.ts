/**
 * Runs of rules and ladders: each happens once per rule, event and record, in the same transaction as all it does. A
 * crash at any point therefore repeats nothing, and two engines that try one rule on one event do it once.
 */
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database, StaleRead } from '../platform/database.js';
import { describeError, kindOf, PatchbayError, sqlState } from '../platform/errors.js';
import type { LogEvent } from '../platform/event-tail.js';
import type { RuleOutcome } from '../platform/generated/graphql.js';
import { uuidv7 } from '../platform/ids.js';
import { refusal, said, told, type Said } from '../platform/told.js';
import { toldColumn } from '../platform/told-column.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import type { Effect } from './rule-action.js';
import { STORM_MS, type Link } from './guards.js';
import { History, UNTOLD } from './recent-runs.js';
import { failureAt, type Step } from './run-words.js';
import { chainsTo, insertSkips, runsOn, takeRuns, type RunRow, type Skip } from './runs.sql.js';

/** One rule, or one rung, on one event and one record. */
export interface Trial {
  /** The rule or the SLA policy. */
  ownerId: string;
  version: number;
  actor: Actor;
  event: LogEvent;
  subjectId: string;
  /** Rules with stopOnMatch that come earlier and did not match as far as this engine saw. */
  earlierStops: string[];
}

/** ELSEWHERE: another engine, or this one before a crash, has done it. MISSED: somebody was faster, nothing was done. */
export type RunResult = 'DONE' | 'FAILED' | 'STOPPED' | 'ELSEWHERE' | 'MISSED';

/** Thrown by what a run does where its condition is not true any more. */
export class Missed extends Error {}

@Injectable()
export class RunsService {
  private readonly log = new Logger('rules');

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  /** What was done to these records since an hour before now, or since `since` where that is earlier. */
  async history(subjectIds: string[], since: Date): Promise<History> {
    if (subjectIds.length === 0) return new History([]);
    const from = new Date(Math.min(since.getTime(), this.clock.now().getTime() - STORM_MS));
    const rows = await this.database.statement<RunRow>(runsOn(subjectIds, from));
    return new History(
      rows.map(({ owner_id: ownerId, event_seq: eventSeq, subject_id: subjectId, ...rest }) => ({ ownerId, eventSeq, subjectId, ...rest })),
    );
  }

  /** By event, the rules that led to it, the latest first; none for an event that no other one caused. */
  async chains(events: LogEvent[]): Promise<Map<bigint, Link[]>> {
    const seqs = events.filter(({ causeSeq }) => causeSeq !== null).map(({ seq }) => seq);
    if (seqs.length === 0) return new Map();
    const chains = new Map<bigint, Link[]>();
    for (const row of await this.database.statement<{ start: string; rule_id: string }>(chainsTo(seqs))) {
      const start = BigInt(row.start);
      chains.set(start, [...(chains.get(start) ?? []), { ruleId: row.rule_id }]);
    }
    return chains;
  }

  /**
   * Does `work` once, and all of it or nothing.
   *
   * @param work says by `step` which action it begins
   * @throws Error where another attempt may go better; nothing is written then
   */
  async once(trial: Trial, work: (command: Command, step: (action: Step) => void) => Promise<Effect[]>): Promise<RunResult> {
    let action: Step | null = null as Step | null;
    try {
      return await this.commands.run(
        trial.actor,
        async (command) => {
          const id = uuidv7();
          if (!(await this.write(command, trial, 'DONE', null, id))) return 'ELSEWHERE';
          if (await this.stoppedBefore(command, trial)) {
            await command.tx.automationRun.update({
              where: { id },
              data: { outcome: 'STOPPED', reason: 'An earlier rule stops at its match.', told: toldColumn(told('RULE_STOPPED')) },
            });
            return 'STOPPED';
          }
          const effects = await work(command, (next) => (action = next));
          if (effects.length > 0) {
            await command.tx.automationRun.update({ where: { id }, data: { effects: effects as unknown as Prisma.InputJsonValue } });
          }
          return 'DONE';
        },
        trial.event.seq,
      );
    } catch (error) {
      if (error instanceof Missed) return 'MISSED';
      const reason = failureAt(action, this.reasonOf(error));
      await this.commands.run(trial.actor, (command) => this.write(command, trial, 'FAILED', reason), trial.event.seq);
      return 'FAILED';
    }
  }

  /** The condition could not be evaluated. */
  async undecided(trial: Trial, term: string | null, why: string): Promise<void> {
    const reason =
      term === null ? said('RULE_OUTDATED', `${UNTOLD}${why}`) : said('RULE_UNDECIDED', `${UNTOLD}${term}: ${why}`, { term, error: why });
    await this.commands.run(trial.actor, (command) => this.write(command, trial, 'FAILED', reason), trial.event.seq);
  }

  /** A guard cut in: said in the log once for each rule, record and hour. */
  async guarded(trial: Trial, reason: Said): Promise<void> {
    const { ownerId, subjectId, event } = trial;
    await this.commands.run(
      trial.actor,
      async (command) => {
        const since = new Date(command.at.getTime() - STORM_MS);
        const before = await command.tx.automationRun.count({ where: { ownerId, subjectId, outcome: 'GUARDED', at: { gt: since } } });
        if (!(await this.write(command, trial, 'GUARDED', reason)) || before > 0) return;
        await record(command, [
          { type: 'rule.guarded', subjectId: ownerId, facts: { recordId: subjectId, eventSeq: String(event.seq), reason: reason.text } },
        ]);
      },
      event.seq,
    );
  }

  /** Rules that would have matched, had an earlier one not stopped at its match. */
  async stopped(trials: Trial[], by: string): Promise<void> {
    if (trials.length === 0) return;
    const at = this.clock.now();
    const reason = said('RULE_STOPPED', `The rule ${by} had matched, and stops those after it.`, { rule: by });
    await this.database.statement(takeRuns(trials.map((trial) => newRun(trial, 'STOPPED', reason, at, uuidv7()))));
  }

  async skipped(skips: Skip[]): Promise<void> {
    if (skips.length > 0) await this.database.statement(insertSkips(skips));
  }

  private async write(command: Command, trial: Trial, outcome: RuleOutcome, reason: Said | null, id = uuidv7()): Promise<boolean> {
    const rows = await command.tx.$queryRaw<object[]>(takeRuns([newRun(trial, outcome, reason, command.at, id)]));
    return rows.length === 1;
  }

  /**
   * Whether an earlier rule has matched after all. What it did may be why it seems not to match now: then its run is
   * committed, and seen here.
   */
  private async stoppedBefore(command: Command, { earlierStops, event, subjectId }: Trial): Promise<boolean> {
    if (earlierStops.length === 0) return false;
    const count = await command.tx.automationRun.count({
      where: { ownerId: { in: earlierStops }, eventSeq: event.seq, subjectId, outcome: { in: ['DONE', 'GUARDED'] } },
    });
    return count > 0;
  }

  private reasonOf(error: unknown): Said {
    if (error instanceof PatchbayError && error.code !== 'UNAVAILABLE') return refusal(error);
    const cause = (error as { cause?: unknown }).cause;
    const contended =
      cause instanceof StaleRead ||
      ['40001', '40P01'].includes(sqlState(cause) ?? '') ||
      (cause as { code?: string } | undefined)?.code === 'P2034';
    if (error instanceof PatchbayError || contended) throw error;
    this.log.error(describeError(error));
    return said('ENGINE_FAILED', `The engine failed (${kindOf(error)}).`, { error: kindOf(error) });
  }
}

const newRun = ({ ownerId, version, event, subjectId }: Trial, outcome: RuleOutcome, reason: Said | null, at: Date, id: string) => ({
  id,
  ownerId,
  version,
  eventSeq: event.seq,
  eventType: event.type,
  subjectId,
  at,
  outcome,
  reason: reason?.text ?? null,
  told: reason?.told ?? null,
});
