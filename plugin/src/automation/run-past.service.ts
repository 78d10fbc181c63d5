/** What a run's condition read, from what the log tells of that moment. */
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import type { LogEvent } from '../platform/event-tail.js';
import { Prisma, type AutomationRun } from '../platform/generated/prisma/client.js';
import { Condition, type ToldTerm } from './conditions.js';
import { DryRunService } from './dry-run.service.js';
import { eventFacts, FactsService } from './facts.service.js';
import { PreparedFacts, type Facts } from './facts.js';
import { PastInteraction } from './replay.js';
import { RulesService } from './rules.service.js';

@Injectable()
export class RunPastService {
  constructor(
    private readonly database: Database,
    private readonly rules: RulesService,
    private readonly facts: FactsService,
    private readonly dryRuns: DryRunService,
  ) {}

  /** Null where the log does not reach back so far. */
  async event({ eventSeq }: AutomationRun): Promise<LogEvent | null> {
    const [event] = await this.read(Prisma.sql`seq = ${eventSeq}`);
    return event ?? null;
  }

  /** Empty for a ladder, for an empty condition, and where the log or the interaction is gone. */
  async terms(run: AutomationRun): Promise<ToldTerm[]> {
    const [[version], event] = await Promise.all([this.rules.versions([{ ruleId: run.ownerId, version: run.version }]), this.event(run)]);
    if (!version || !event) return [];
    const condition = compiled(version.definition.condition);
    if (!condition || condition.terms.length === 0) return [];
    const facts = await this.factsAt(run, event);
    return facts ? condition.explain(new PreparedFacts(facts)) : [];
  }

  private async factsAt({ subjectId }: AutomationRun, event: LogEvent): Promise<Facts | null> {
    const now = event.at;
    const present = (await this.facts.of([subjectId])).get(subjectId);
    if (!present) return { ...this.facts.blank(), now, event: eventFacts(event) };
    const events = await this.read(Prisma.sql`subject_id = ${subjectId}::uuid`);
    const past = new PastInteraction(present, events);
    for (const one of events) if (one.seq <= event.seq) past.apply(one);
    return { ...past.at(now, await this.dryRuns.names(new Map([[subjectId, present]]), events)), now, event: eventFacts(event) };
  }

  private async read(where: Prisma.Sql): Promise<LogEvent[]> {
    const rows = await this.database.models<LogEvent>(Prisma.sql`SELECT * FROM events WHERE ${where} ORDER BY seq`);
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq), causeSeq: row.causeSeq === null ? null : BigInt(row.causeSeq) }));
  }
}

/** Null for a condition of an old version that speaks of what is gone. */
function compiled(condition: string): Condition | null {
  try {
    return Condition.compile(condition);
  } catch {
    return null;
  }
}
