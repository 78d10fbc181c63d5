/**
 * The configuration as a whole: exported, planned, applied. A plan is an application that is not kept: the same checks by
 * the same services, so that what is planned is what is done.
 */
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { checkCondition } from '../automation/conditions.js';
import { RegistryService } from '../automation/registry.service.js';
import { RulesService, type RuleRow } from '../automation/rules.service.js';
import { Commands, record, type Actor, type Command, type NewEvent } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { conflict, PatchbayError } from '../platform/errors.js';
import { uuidv7 } from '../platform/ids.js';
import { CalendarsService, type NamedCalendar } from '../sla/calendars.service.js';
import { checkRegion } from '../sla/holidays.js';
import { MigrationService } from '../sla/migration.service.js';
import { PoliciesService, type Policy } from '../sla/policies.service.js';
import {
  shapeCalendar,
  shapeConfiguration,
  shapePolicy,
  shapeRule,
  type CalendarEntry,
  type Configuration,
  type PolicyEntry,
  type RuleEntry,
  type Shape,
} from './document.js';
import { EntriesService } from './entries.service.js';
import { pathOf } from './places.js';
import { arranged, fingerprintOf, planOf, type EntryKind, type PlanEntry } from './plan.js';
import { readConfiguration, type Sound } from './reading.js';
import type { Path, Places, Problem } from './yaml-text.js';
import { UsesService } from './uses.service.js';
import { configurationText } from './writing.js';

export interface Plan {
  fingerprint: string;
  entries: PlanEntry[];
  clocksBehind: { policyName: string; clocks: number }[];
}

interface Wanted {
  /** Null where something of it is wrong: then the rest is only tried, for what is wrong with it too. */
  value: Configuration | null;
  sound: Sound;
  found: Problems;
  prune: boolean;
}

interface Present {
  calendars: NamedCalendar[];
  policies: Policy[];
  rules: RuleRow[];
  entries: Required<Configuration>;
  shape: Shape;
  behind: Map<string, number>;
}

/** Ends the transaction of a plan, which is not to be kept. */
class NotKept extends Error {
  constructor(readonly plan: Plan) {
    super('a plan is not kept');
  }
}

@Injectable()
export class ConfigurationService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly calendars: CalendarsService,
    private readonly policies: PoliciesService,
    private readonly migrations: MigrationService,
    private readonly rules: RulesService,
    private readonly registry: RegistryService,
    private readonly entries: EntriesService,
    private readonly uses: UsesService,
  ) {}

  async export(): Promise<string> {
    const { shape } = await this.database.snapshot((tx) => this.present({ tx }));
    return configurationText(shape);
  }

  /** @throws PatchbayError INVALID with all problems of the file */
  async plan(actor: Actor, document: string, prune: boolean): Promise<Plan> {
    const wanted = await this.read(document, prune);
    try {
      return await this.commands.run(actor, async (command) => {
        throw new NotKept(await this.carryOut({ ...command, kept: [] }, wanted));
      });
    } catch (error) {
      if (error instanceof NotKept) return error.plan;
      throw error;
    }
  }

  /**
   * @param fingerprint of the plan that was reviewed
   * @throws PatchbayError INVALID with all problems of the file, CONFLICT where it would do something else by now
   */
  async apply(
    actor: Actor,
    { document, prune, fingerprint }: { document: string; prune: boolean; fingerprint?: string | null },
  ): Promise<Plan> {
    const wanted = await this.read(document, prune);
    return this.commands.run({ ...actor, source: 'FILE' }, async (command) => {
      const kept: NewEvent[] = [];
      const plan = await this.carryOut({ ...command, kept }, wanted);
      if (fingerprint && fingerprint !== plan.fingerprint)
        throw conflict('The configuration or the file has changed since this plan; look at the plan again.', {
          fingerprint: plan.fingerprint,
        });
      await record(command, kept);
      return plan;
    });
  }

  /** What can be told without the database, and the holidays: their library takes a moment, and no transaction waits for it. */
  private async read(document: string, prune: boolean): Promise<Wanted> {
    const { value, sound, at, problems } = readConfiguration(document);
    if (!sound) throw unfit(problems);
    const found = new Problems(at, problems, sound.wrong);
    for (const [index, calendar] of sound.calendars.entries())
      if (calendar?.holidays) {
        const { country, region } = calendar.holidays;
        await found.attempt(['calendars', index], () => checkRegion(country, region));
      }
    for (const [index, rule] of sound.rules.entries()) if (rule) found.condition(['rules', index, 'condition'], rule.condition);
    return { value, sound, found, prune };
  }

  private async carryOut(command: Command, { value, sound, found: before, prune }: Wanted): Promise<Plan> {
    // Nobody else changes any of it meanwhile; clocks and queues go on, they only name these rows.
    await command.tx.$executeRaw`LOCK TABLE automation_rules, sla_policies, business_calendars IN SHARE ROW EXCLUSIVE MODE`;
    const present = await this.present(command);
    // The whole may be done again on fresh rows.
    const found = before.copy();
    await this.writeCalendars(command, sound.calendars, present, found);
    await this.writePolicies(command, sound.policies, present, found);
    await this.writeRules(command, sound.rules, present, found);
    found.throwAny();
    if (!value) throw unfit([]);
    if (prune) await this.prune(command, value, present);
    await this.order(command, value.rules ?? [], present);
    const after = await this.present(command);
    return {
      fingerprint: fingerprintOf(present.shape, after.shape),
      entries: planOf(present.shape, after.shape, this.secretsThatChanged(present, after)),
      clocksBehind: after.policies.flatMap(({ id, name }) => {
        const clocks = after.behind.get(id) ?? 0;
        return clocks > (present.behind.get(id) ?? 0) ? [{ policyName: name, clocks }] : [];
      }),
    };
  }

  private async present({ tx }: Pick<Command, 'tx'>): Promise<Present> {
    const calendars = await this.calendars.list(tx);
    const policies = await this.policies.listWithin({ tx });
    const rules = await this.rules.list(tx);
    const entries = { calendars, policies: await this.entries.ofPolicies(policies, tx), rules: await this.entries.ofRules(rules, tx) };
    const behind = await this.migrations.countBehind(
      policies.map(({ id }) => id),
      tx,
    );
    return { calendars, policies, rules, entries, shape: shapeConfiguration(entries), behind };
  }

  private async writeCalendars(
    command: Command,
    wanted: (CalendarEntry | undefined)[],
    { calendars }: Present,
    found: Problems,
  ): Promise<void> {
    for (const [index, entry] of wanted.entries()) {
      if (!entry || found.isWrong(['calendars', index])) continue;
      const known = calendars.find(({ name }) => name === entry.name);
      if (known && isDeepStrictEqual(shapeCalendar(known), shapeCalendar(entry))) continue;
      await found.attempt(
        ['calendars', index],
        async () => {
          if (known) await this.calendars.update(command, { id: known.id, ...entry });
          else await this.calendars.create(command, { idempotencyKey: uuidv7(), ...entry });
        },
        [],
        entry.name,
      );
    }
  }

  private async writePolicies(
    command: Command,
    wanted: (PolicyEntry | undefined)[],
    { policies, entries }: Present,
    found: Problems,
  ): Promise<void> {
    for (const [index, entry] of wanted.entries()) {
      if (!entry || found.isWrong(['policies', index])) continue;
      const at = policies.findIndex(({ name }) => name === entry.name);
      const known = policies[at];
      if (known && isDeepStrictEqual(shapePolicy(entries.policies[at]!), shapePolicy(entry))) continue;
      const kinds = entry.milestones.map(({ kind }) => kind);
      await found.attempt(
        ['policies', index],
        async () => {
          const input = await this.entries.policyInput(entry, known?.milestones ?? [], command.tx);
          if (known) await this.policies.update(command, { id: known.id, ...input });
          else await this.policies.create(command, { idempotencyKey: uuidv7(), name: entry.name, ...input });
        },
        kinds,
        entry.name,
      );
    }
  }

  private async writeRules(
    command: Command,
    wanted: (RuleEntry | undefined)[],
    { rules, entries }: Present,
    found: Problems,
  ): Promise<void> {
    for (const [index, entry] of wanted.entries()) {
      if (!entry) continue;
      // A condition that is wrong is told already; whatever else is wrong is told too.
      const condition = found.isWrong(['rules', index]) ? '' : entry.condition;
      const at = rules.findIndex(({ name }) => name === entry.name);
      const known = rules[at];
      if (known && isDeepStrictEqual(shapeRule(entries.rules[at]!), shapeRule(entry))) continue;
      await found.attempt(['rules', index], async () => {
        const input = { ...entry, condition, actions: this.registry.withSecretsOf(known?.definition.actions ?? [], entry.actions) };
        if (known) await this.rules.update(command, { id: known.id, ...input });
        else await this.rules.create(command, { idempotencyKey: uuidv7(), ...input });
      });
    }
  }

  /** Rules first, then what only they may have named. @throws PatchbayError REFUSED naming who uses what would go */
  private async prune(command: Command, { calendars, policies, rules }: Configuration, before: Present): Promise<void> {
    const left = <T extends { name: string }>(present: readonly T[], wanted: readonly { name: string }[] | undefined): T[] =>
      wanted ? present.filter(({ name }) => !wanted.some((entry) => entry.name === name)) : [];
    for (const { id } of left(before.rules, rules)) await this.rules.delete(command, id);
    const refusals: string[] = [];
    const gone = left(before.policies, policies);
    const policyRefusals = await this.uses.ofPolicies(command, gone);
    for (const policy of gone) {
      const refusal = policyRefusals.get(policy.id);
      if (refusal) refusals.push(refusal);
      else await this.policies.delete(command, policy.id);
    }
    const closed = left(before.calendars, calendars);
    const calendarRefusals = await this.uses.ofCalendars(command, closed);
    for (const calendar of closed) {
      const refusal = calendarRefusals.get(calendar.id);
      if (refusal) refusals.push(refusal);
      else await this.calendars.delete(command, calendar.id);
    }
    if (refusals.length > 0) throw new PatchbayError('REFUSED', refusals.join('\n'), { inUse: refusals });
  }

  private async order(command: Command, wanted: RuleEntry[], before: Present): Promise<void> {
    const rules = await this.rules.list(command.tx);
    const ids = new Map(rules.map(({ name, id }) => [name, id]));
    const stayed = before.rules.filter(({ id }) => rules.some((rule) => rule.id === id)).map(({ name }) => name);
    const order = arranged(stayed, wanted.map(({ name }) => name)); // prettier-ignore
    if (order.some((name, index) => rules[index]?.name !== name)) await this.rules.arrange(command, order.flatMap((name) => ids.get(name) ?? [])); // prettier-ignore
  }

  private secretsThatChanged(before: Present, after: Present): Set<string> {
    const changed = new Set<string>();
    const compare = (kind: EntryKind, old: Map<string, string>, fresh: Map<string, string>): void => {
      for (const [name, secrets] of fresh) if ((old.get(name) ?? secrets) !== secrets) changed.add(`${kind} ${name}`);
    };
    const ofRules = ({ rules }: Present) => new Map(rules.map(({ name, definition }) => [name, this.registry.secrets(definition.actions)]));
    const ofPolicies = ({ policies }: Present) =>
      new Map(
        policies.map(({ name, milestones }) => [
          name,
          this.registry.secrets(milestones.flatMap(({ escalation }) => escalation.flatMap(({ actions }) => actions))),
        ]),
      );
    compare('rule', ofRules(before), ofRules(after));
    compare('policy', ofPolicies(before), ofPolicies(after));
    return changed;
  }
}

/** What is wrong with a file, gathered with the places. */
class Problems {
  private readonly entries: Set<string>;

  /**
   * @param found before any service looked at it
   * @param wrong names of entries that were not even tried: that others miss them is no problem of theirs
   */
  constructor(
    private readonly at: Places,
    private readonly found: Problem[],
    private readonly wrong: string[],
    entries: Iterable<string> = [],
  ) {
    this.entries = new Set(entries);
  }

  copy(): Problems {
    return new Problems(this.at, [...this.found], [...this.wrong], this.entries);
  }

  /** Something of the entry was refused already, and would be again. */
  isWrong(entry: Path): boolean {
    return this.entries.has(entry.join());
  }

  condition(path: Path, source: string): void {
    const slip = checkCondition(source);
    if (slip) this.add(path, { message: slip.message, ...this.at.inside(path, slip.line, slip.column) });
  }

  /** @param name of the entry, where others may name it */
  async attempt(path: Path, work: () => Promise<void>, kinds: Parameters<typeof pathOf>[1] = [], name?: string): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof PatchbayError) || !['INVALID', 'NOT_FOUND', 'REFUSED'].includes(error.code) || error.cause) throw error;
      const { field } = error.facts;
      const isAnothers = this.wrong.some((other) => error.message.includes(`"${other}"`));
      if (!isAnothers)
        this.add(path, { message: error.message, ...this.at.of([...path, ...(typeof field === 'string' ? pathOf(field, kinds) : [])]) });
      if (name !== undefined) this.wrong.push(name);
    }
  }

  throwAny(): void {
    if (this.found.length > 0) throw unfit(this.found);
  }

  private add(path: Path, problem: Problem): void {
    this.found.push(problem);
    this.entries.add(path.slice(0, 2).join());
  }
}

function unfit(problems: readonly Problem[]): PatchbayError {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`);
  return new PatchbayError('INVALID', lines.join('\n'), { field: 'document', problems: sorted });
}
