/** What rules did and did not do, as lists that people page through. Nothing here changes anything. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { RuleOutcome } from '../platform/generated/graphql.js';
import type { AutomationRun } from '../platform/generated/prisma/client.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { Condition } from './conditions.js';
import { RulesService, type RuleRow } from './rules.service.js';
import { lastFailures, lastRuns, rulesRunSince, runCounts } from './runs.sql.js';

export interface SkippedRule {
  rule: RuleRow;
  version: number;
  eventSeq: string;
  eventType: string;
  at: Date;
  term: string;
}

export interface RunFilter {
  /** A rule or an SLA policy. */
  ownerId?: string;
  subjectId?: string;
  outcomes?: RuleOutcome[] | null;
  from?: Date | null;
  until?: Date | null;
}

interface Counts {
  done: number;
  failed: number;
}

const DAY_MS = 86_400_000;
const MOST_SKIPS = 200;

@Injectable()
export class RunListsService {
  constructor(
    private readonly database: Database,
    private readonly rules: RulesService,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(
    { ownerId, subjectId, outcomes, from, until }: RunFilter,
    first: number,
    after: string | null | undefined,
  ): Promise<Connection<AutomationRun>> {
    const rows = await this.database.prisma.automationRun.findMany({
      where: {
        id: { lt: idOf(after) },
        ownerId,
        subjectId,
        ...(outcomes && { outcome: { in: outcomes } }),
        ...((from || until) && { at: { ...(from && { gte: from }), ...(until && { lt: until }) } }),
      },
      orderBy: { id: 'desc' },
      take: first + 1,
    });
    return page(rows, first, ({ id }) => id);
  }

  /** What was done on these records because of these events. */
  onEvents(subjectIds: string[], seqs: string[]): Promise<AutomationRun[]> {
    return this.database.prisma.automationRun.findMany({
      where: { subjectId: { in: subjectIds }, eventSeq: { in: seqs.map(BigInt) } },
      orderBy: { id: 'asc' },
    });
  }

  /** The runs of these rules and ladders on these events, whatever record they were about. */
  ofOwners(ownerIds: string[], seqs: string[]): Promise<AutomationRun[]> {
    return this.database.prisma.automationRun.findMany({
      where: { ownerId: { in: ownerIds }, eventSeq: { in: seqs.map(BigInt) } },
      orderBy: { id: 'asc' },
    });
  }

  async get(id: string): Promise<AutomationRun> {
    const run = await this.database.prisma.automationRun.findUnique({ where: { id } });
    if (!run) throw notFound('run', id);
    return run;
  }

  /** How often these rules did their actions and failed in the last 24 hours and 7 days; without those that did neither. */
  async counts(ruleIds: string[]): Promise<{ id: string; day: Counts; week: Counts }[]> {
    const now = this.clock.now().getTime();
    const rows = await this.database.statement<{
      id: string;
      day_done: number;
      day_failed: number;
      week_done: number;
      week_failed: number;
    }>(runCounts(ruleIds, new Date(now - DAY_MS), new Date(now - 7 * DAY_MS)));
    return rows.map((row) => ({
      id: row.id,
      day: { done: row.day_done, failed: row.day_failed },
      week: { done: row.week_done, failed: row.week_failed },
    }));
  }

  /** The latest failed run of each of these rules that has one. */
  async lastFailures(ruleIds: string[]): Promise<{ id: string; run: AutomationRun }[]> {
    const runs = await this.database.models<AutomationRun>(lastFailures(ruleIds));
    return runs.map((run) => ({ id: run.ownerId, run }));
  }

  /** When each of these rules ran last. */
  lastRuns(ruleIds: string[]): Promise<{ id: string; at: Date }[]> {
    return this.database.statement(lastRuns(ruleIds));
  }

  /** Rules that ran since then. */
  async ranSince(at: Date): Promise<string[]> {
    const rows = await this.database.statement<{ id: string }>(rulesRunSince(at));
    return rows.map(({ id }) => id);
  }

  /** Rules that were tried on a record in the last day and did not match, newest first; without those deleted since. */
  async skips(subjectId: string): Promise<SkippedRule[]> {
    const events = await this.database.prisma.automationSkip.findMany({
      where: { subjectId, at: { gt: new Date(this.clock.now().getTime() - DAY_MS) } },
      orderBy: { eventSeq: 'desc' },
      take: MOST_SKIPS,
    });
    const tried = events
      .flatMap(({ rules, versions, terms, eventSeq, eventType, at }) =>
        rules.map((number, index) => ({
          number,
          version: versions[index] ?? 0,
          term: terms[index] ?? 0,
          eventSeq: String(eventSeq),
          eventType,
          at,
        })),
      )
      .slice(0, MOST_SKIPS);
    const rules = new Map((await this.rules.byNumbers([...new Set(tried.map(({ number }) => number))])).map((rule) => [rule.number, rule]));
    const wanted = tried.flatMap((one) => {
      const rule = rules.get(one.number);
      return rule ? [{ ...one, rule }] : [];
    });
    const said = await this.rules.versions(uniqueVersions(wanted));
    const terms = new Map(said.map(({ ruleId, version, definition }) => [`${ruleId} ${version}`, termsOf(definition.condition)]));
    return wanted.map(({ rule, version, term, eventSeq, eventType, at }) => ({
      rule,
      version,
      eventSeq,
      eventType,
      at,
      term: terms.get(`${rule.id} ${version}`)?.[term] ?? '',
    }));
  }
}

const uniqueVersions = (of: { rule: RuleRow; version: number }[]): { ruleId: string; version: number }[] => [
  ...new Map(of.map(({ rule, version }) => [`${rule.id} ${version}`, { ruleId: rule.id, version }])).values(),
];

/** A condition of an old version may speak of what is gone: then all of it is the term. */
function termsOf(condition: string): readonly string[] {
  try {
    return Condition.compile(condition).terms;
  } catch {
    return [condition];
  }
}
