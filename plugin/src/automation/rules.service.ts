/** Rules as records: made, changed in versions, ranked, deleted. What they did stays in the log of runs. */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { absent, watch, withChange } from '../platform/record-change.js';
import { ruleState } from '../platform/record-states.sql.js';
import { Commands, record, type Actor, type Command, type NewEvent } from '../platform/commands.js';
import { Database, type Tx } from '../platform/database.js';
import { conflict, invalid, notFound, refused } from '../platform/errors.js';
import type { ActorKind, CreateAutomationRuleInput, RuleTriggerInput, UpdateAutomationRuleInput } from '../platform/generated/graphql.js';
import { Prisma, type AutomationRule } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { withoutNulls } from '../platform/input.js';
import { asModel } from '../platform/models.js';
import { Condition } from './conditions.js';
import { RegistryService } from './registry.service.js';
import { checkTrigger, withoutInteraction, type ActionDefinition, type RuleDefinition, type RuleTrigger } from './rule.js';
import { nextTime } from './schedule.js';

export type RuleRow = AutomationRule & { definition: RuleDefinition };

/** What a rule said once, and who wrote it; null where the log does not reach back so far. */
export interface RuleVersion {
  version: number;
  at: Date;
  actor: { kind: ActorKind; name: string; id: string | null } | null;
  definition: RuleDefinition;
}

const MOST_RULES = 500;
const MOST_VERSIONS = 100;
const ATTEMPTS = 5;

@Injectable()
export class RulesService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly registry: RegistryService,
    private readonly clock: Clock,
  ) {}

  async get(id: string, tx?: Tx): Promise<RuleRow> {
    const [rule] = await this.byIds([id], tx);
    if (!rule) throw notFound('rule', id);
    return rule;
  }

  byIds(ids: string[], tx?: Tx): Promise<RuleRow[]> {
    return this.rows(Prisma.sql`WHERE r.id = ANY(${ids}::uuid[])`, tx);
  }

  byNumbers(numbers: number[]): Promise<RuleRow[]> {
    return this.rows(Prisma.sql`WHERE r.number = ANY(${numbers}::int[])`);
  }

  /** In the order in which they are tried. */
  list(tx?: Tx): Promise<RuleRow[]> {
    return this.rows(Prisma.empty, tx);
  }

  /** What these versions of rules said. */
  async versions(of: { ruleId: string; version: number }[]): Promise<{ ruleId: string; version: number; definition: RuleDefinition }[]> {
    if (of.length === 0) return [];
    const rows = await this.database.prisma.automationRuleVersion.findMany({
      where: { OR: of.map(({ ruleId, version }) => ({ ruleId, version })) },
    });
    return rows.map(({ ruleId, version, definition }) => ({ ruleId, version, definition: definition as unknown as RuleDefinition }));
  }

  /** What a rule has said, newest first, with who wrote it as far as the log reaches back. */
  async history(ruleId: string): Promise<RuleVersion[]> {
    const rows = await this.database.models<
      Omit<RuleVersion, 'actor'> & { actorKind: ActorKind | null; actorName: string | null; actorId: string | null }
    >(Prisma.sql`
      WITH told AS (
        SELECT CASE type WHEN 'rule.created' THEN 1 ELSE (facts->>'version')::int END AS version,
          actor_kind::text AS actor_kind, actor_name, actor_id
        FROM events
        WHERE subject_id = ${ruleId}::uuid
          AND (type = 'rule.created' OR (type = 'rule.updated' AND facts->'changed' ? 'definition')))
      SELECT v.version, v.created_at AS at, v.definition, t.actor_kind, t.actor_name, t.actor_id
      FROM automation_rule_versions v LEFT JOIN told t USING (version)
      WHERE v.rule_id = ${ruleId}::uuid ORDER BY v.version DESC LIMIT ${MOST_VERSIONS}`);
    return rows.map(({ actorKind, actorName, actorId, ...row }) => ({
      ...row,
      actor: actorKind === null ? null : { kind: actorKind, name: actorName ?? '', id: actorId },
    }));
  }

  /** Changes with each change of any rule: whoever keeps them in memory asks for it. */
  async fingerprint(): Promise<string> {
    const [row] = await this.database.statement<{ hash: string }>(Prisma.sql`
      SELECT md5(coalesce(string_agg(concat_ws(':', id, version, rank, active, name), ' ' ORDER BY rank, id), '')) AS hash
      FROM automation_rules`);
    return row?.hash ?? '';
  }

  /** The number in the log from which each of these rules has been active: what happened before does not set it off. */
  async activeSince(ids: string[]): Promise<Map<string, bigint>> {
    const rows = await this.database.statement<{ id: string; seq: string }>(Prisma.sql`
      SELECT subject_id::text AS id, max(seq)::text AS seq FROM events
      WHERE subject_id = ANY(${ids}::uuid[]) AND (type = 'rule.created' OR (type = 'rule.updated' AND facts->'changed' ? 'active'))
      GROUP BY subject_id`);
    return new Map(rows.map(({ id, seq }) => [id, BigInt(seq)]));
  }

  /**
   * The definition as it is kept: complete, records by id.
   *
   * @param tx an open command's, whose own records have names too
   * @throws PatchbayError INVALID naming the place of the first thing that is wrong
   */
  async check(
    input: { trigger: RuleTriggerInput; condition: string; actions: ActionDefinition[]; stopOnMatch: boolean },
    tx?: Tx,
  ): Promise<RuleDefinition> {
    const trigger = checkTrigger(triggerOf(input.trigger), this.clock.now());
    const condition = input.condition.trim();
    Condition.compile(condition);
    const actions = await this.registry.check(input.actions, 'actions', withoutInteraction(trigger), tx);
    return { trigger, condition, actions, stopOnMatch: input.stopOnMatch };
  }

  async create(by: Actor | Command, input: CreateAutomationRuleInput): Promise<RuleRow> {
    const definition = await this.check(input, within(by));
    return this.commands.run(by, async (command) => {
      const { id } = await once(command, 'createAutomationRule', input, async (ruleId) => {
        const { tx, at } = command;
        await this.lock(tx);
        const count = await tx.automationRule.count();
        if (count >= MOST_RULES) throw refused(`At most ${MOST_RULES} rules; delete one that is not used any more.`, { limit: MOST_RULES });
        await tx.automationRule.create({
          data: {
            id: ruleId,
            name: input.name,
            active: input.active,
            rank: count + 1,
            version: 1,
            nextAt: this.due(definition, input.active, at),
          },
        });
        const moved = input.rank == null ? [] : await this.reorder(tx, ruleId, input.rank);
        await this.write(tx, ruleId, 1, definition, at);
        const event = { type: 'rule.created', subjectId: ruleId, facts: { name: input.name, active: input.active } };
        await record(command, [await withChange(command, absent(ruleState(ruleId)), event), ...moved.map(aside)]);
      });
      return this.get(id, command.tx);
    });
  }

  async update(by: Actor | Command, input: UpdateAutomationRuleInput): Promise<RuleRow> {
    const tx = within(by);
    // What is left out of a new definition comes from the present one: somebody else may change it meanwhile.
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await this.get(input.id, tx);
      const said = before.definition;
      const asked = (['trigger', 'condition', 'actions', 'stopOnMatch'] as const).some((name) => input[name] != null);
      const definition = asked ? await this.check({ ...said, ...withoutNulls(input) }, tx) : said;
      if (await this.commands.run(by, (command) => this.updateWithin(command, input, before, definition))) return this.get(input.id, tx);
    }
    throw conflict('Somebody else keeps changing this rule; try again.', { id: input.id });
  }

  /** Puts all rules into this order. @param ids each of them once */
  async arrange(by: Actor | Command, ids: readonly string[]): Promise<void> {
    await this.commands.run(by, async (command) => {
      await this.lock(command.tx);
      const rules = await command.tx.automationRule.findMany();
      const order = ids.flatMap((id) => rules.find((rule) => rule.id === id) ?? []);
      await record(command, await this.number(command.tx, order));
    });
  }

  /** False where the rule says something else by now than `before`. */
  private async updateWithin(
    command: Command,
    input: UpdateAutomationRuleInput,
    before: RuleRow,
    definition: RuleDefinition,
  ): Promise<boolean> {
    const { tx, at } = command;
    const { id } = input;
    await this.lock(tx);
    const row = await tx.automationRule.findUnique({ where: { id } });
    if (!row) throw notFound('rule', id);
    if (row.version !== before.version) return false;
    const state = await watch(command, ruleState(id));
    const redefined = !isDeepStrictEqual(definition, before.definition);
    const name = input.name ?? row.name;
    const active = input.active ?? row.active;
    const version = redefined ? row.version + 1 : row.version;
    const moved = input.rank == null ? [] : await this.reorder(tx, id, input.rank);
    const changed = [
      ...(name !== row.name ? ['name'] : []),
      ...(active !== row.active ? ['active'] : []),
      ...(redefined ? ['definition'] : []),
    ];
    if (redefined) await this.write(tx, id, version, definition, at);
    if (changed.length > 0) {
      const rescheduled = redefined || active !== row.active;
      await tx.automationRule.update({
        where: { id },
        data: { name, active, version, ...(rescheduled && { nextAt: this.due(definition, active, at) }) },
      });
    }
    const events = [...(changed.length > 0 ? [{ type: 'rule.updated', subjectId: id, facts: { changed, version } }] : []), ...moved];
    const own = events.find(({ subjectId }) => subjectId === id);
    const told = own && (await withChange(command, state, own));
    await record(command, events.map((event) => (told && event === own ? told : aside(event)))); // prettier-ignore
    return true;
  }

  async delete(by: Actor | Command, id: string): Promise<void> {
    await this.commands.run(by, async (command) => {
      const { tx } = command;
      await this.lock(tx);
      const row = await tx.automationRule.findUnique({ where: { id } });
      if (!row) throw notFound('rule', id);
      const before = await watch(command, ruleState(id));
      await tx.automationRule.delete({ where: { id } });
      const moved = await this.reorder(tx, null, 0);
      const event = { type: 'rule.deleted', subjectId: id, facts: { name: row.name } };
      await record(command, [await withChange(command, before, event), ...moved.map(aside)]);
    });
  }

  /** When the schedule of an active rule comes next; null without one. */
  due(definition: RuleDefinition, active: boolean, after: Date): Date | null {
    return active && 'schedule' in definition.trigger ? nextTime(definition.trigger.schedule, after) : null;
  }

  async definition(tx: Tx, { id, version }: Pick<AutomationRule, 'id' | 'version'>): Promise<RuleDefinition> {
    const row = await tx.automationRuleVersion.findUniqueOrThrow({ where: { ruleId_version: { ruleId: id, version } } });
    return row.definition as unknown as RuleDefinition;
  }

  /** Ranks are a row without gaps: two who change it at once come one after the other. */
  private async lock(tx: Tx): Promise<void> {
    await tx.$executeRaw`LOCK TABLE automation_rules IN SHARE ROW EXCLUSIVE MODE`;
  }

  /** Puts one rule at rank `to`, and the others in a row around it; returns what happened to those that moved. */
  private async reorder(tx: Tx, id: string | null, to: number): Promise<NewEvent[]> {
    const rules = await tx.automationRule.findMany({ orderBy: [{ rank: 'asc' }, { id: 'asc' }] });
    const own = rules.find((rule) => rule.id === id);
    const order = rules.filter((rule) => rule !== own);
    if (own) order.splice(Math.max(1, to) - 1, 0, own);
    return this.number(tx, order);
  }

  /** Gives these their ranks, in this order; returns what happened to those that moved. */
  private async number(tx: Tx, order: readonly AutomationRule[]): Promise<NewEvent[]> {
    const moved = order.flatMap((rule, index) => (rule.rank === index + 1 ? [] : [{ ...rule, rank: index + 1, before: rule.rank }]));
    if (moved.length === 0) return [];
    await tx.$executeRaw(Prisma.sql`
      UPDATE automation_rules r SET rank = m.rank
      FROM unnest(${moved.map((rule) => rule.id)}::uuid[], ${moved.map(({ rank }) => rank)}::int[]) AS m (id, rank) WHERE r.id = m.id`);
    return moved.map(({ id, name, version, before, rank }) => ({
      type: 'rule.updated',
      subjectId: id,
      facts: { changed: ['rank'], version },
      audit: { name, changes: [{ path: ['rank'], before, after: rank }] },
    }));
  }

  private async write(tx: Tx, ruleId: string, version: number, definition: RuleDefinition, createdAt: Date): Promise<void> {
    await tx.automationRuleVersion.create({
      data: { ruleId, version, definition: definition as unknown as Prisma.InputJsonValue, createdAt },
    });
  }

  private async rows(where: Prisma.Sql, tx?: Tx): Promise<RuleRow[]> {
    const statement = Prisma.sql`
      SELECT r.*, v.definition FROM automation_rules r JOIN automation_rule_versions v ON v.rule_id = r.id AND v.version = r.version
      ${where} ORDER BY r.rank, r.id`;
    if (!tx) return this.database.models<RuleRow>(statement);
    return (await tx.$queryRaw<object[]>(statement)).map((row) => asModel<RuleRow>(row));
  }
}

/** Rules that only made room for another one: nobody changed them. */
const aside = (event: NewEvent): NewEvent => ({ ...event, audit: null });

/** The transaction of a command that is open already. */
const within = (by: Actor | Command): Tx | undefined => ('tx' in by ? by.tx : undefined);

/** The contract lets a program send null for the branch that it does not take. */
function triggerOf({ events, schedule }: RuleTriggerInput): RuleTrigger {
  if (schedule) return { schedule: { cron: schedule.cron, timeZone: schedule.timeZone } };
  if (events) return { events };
  throw invalid('trigger', 'Name either events or a schedule.');
}
