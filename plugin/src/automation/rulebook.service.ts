/** The active rules in memory, ready to be tried: by the type of event that sets them off, in the order of their ranks. */
import { Injectable, Logger } from '@nestjs/common';
import type { LogEvent } from '../platform/event-tail.js';
import { Condition } from './conditions.js';
import { RulesService, type RuleRow } from './rules.service.js';

export interface ReadyRule extends Pick<RuleRow, 'id' | 'number' | 'name' | 'version' | 'definition'> {
  /** Null where it cannot be used any more: a field of it is gone since it was saved. */
  condition: Condition | null;
  /** Number in the log: what happened before does not set it off. */
  since: bigint;
}

@Injectable()
export class RulebookService {
  private readonly log = new Logger('rules');
  private readonly conditions = new Map<string, Condition | null>();
  private fingerprint: string | null = null;
  private byType = new Map<string, ReadyRule[]>();
  private scheduled = new Map<string, ReadyRule>();

  constructor(private readonly rules: RulesService) {}

  /** Reads the rules again where one has changed. */
  async refresh(): Promise<void> {
    const fingerprint = await this.rules.fingerprint();
    if (fingerprint === this.fingerprint) return;
    const rows = (await this.rules.list()).filter(({ active }) => active);
    const since = await this.rules.activeSince(rows.map(({ id }) => id));
    const byType = new Map<string, ReadyRule[]>();
    const scheduled = new Map<string, ReadyRule>();
    const kept = new Set<string>();
    for (const row of rows) {
      const key = `${row.id} ${row.version}`;
      kept.add(key);
      const rule: ReadyRule = { ...row, condition: this.compiled(key, row), since: since.get(row.id) ?? 0n };
      const { trigger } = row.definition;
      if ('schedule' in trigger) scheduled.set(row.id, rule);
      else for (const type of trigger.events) byType.set(type, [...(byType.get(type) ?? []), rule]);
    }
    for (const key of this.conditions.keys()) if (!kept.has(key)) this.conditions.delete(key);
    this.byType = byType;
    this.scheduled = scheduled;
    this.fingerprint = fingerprint;
  }

  /** Types of events that set off a rule. */
  types(): string[] {
    return [...this.byType.keys()];
  }

  /** Those that the event sets off. */
  on({ type, seq }: Pick<LogEvent, 'type' | 'seq'>): readonly ReadyRule[] {
    const rules = this.byType.get(type) ?? [];
    return rules.some(({ since }) => since > seq) ? rules.filter(({ since }) => since <= seq) : rules;
  }

  /** A rule with a schedule; undefined where it is gone, inactive or has another trigger by now. */
  withSchedule(id: string): ReadyRule | undefined {
    return this.scheduled.get(id);
  }

  private compiled(key: string, { id, definition }: RuleRow): Condition | null {
    const known = this.conditions.get(key);
    if (known !== undefined) return known;
    let condition: Condition | null = null;
    try {
      condition = Condition.compile(definition.condition);
    } catch {
      this.log.warn(`The condition of the rule ${id} cannot be used any more; save it anew.`);
    }
    this.conditions.set(key, condition);
    return condition;
  }
}
