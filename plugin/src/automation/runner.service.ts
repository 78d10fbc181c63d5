/**
 * Tries rules on what happens: the reader of the log that sets off rules, scheduled rules and the rungs of ladders. Rules
 * without a match cost no query; what one that matches does is in runs.service.ts.
 */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Actor, Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { PatchbayError } from '../platform/errors.js';
import { ladderName } from '../platform/actor-names.js';
import { EventReaders } from '../platform/event-reader.js';
import type { LogEvent } from '../platform/event-tail.js';
import { StepsService } from '../interactions/steps.service.js';
import { PoliciesService } from '../sla/policies.service.js';
import type { SlaMilestoneKind } from '../platform/generated/graphql.js';
import type { Effect, Names, Occasion } from './rule-action.js';
import { isAboutInteraction } from './event-types.js';
import { eventFacts, FactsService, type Standing } from './facts.service.js';
import { openAfter } from './facts.sql.js';
import { PreparedFacts, type Facts } from './facts.js';
import { guard, type Link } from './guards.js';
import type { History } from './recent-runs.js';
import { RegistryService } from './registry.service.js';
import type { ActionDefinition } from './rule.js';
import { RulebookService, type ReadyRule } from './rulebook.service.js';
import type { Step } from './run-words.js';
import { Missed, RunsService, type Trial } from './runs.service.js';
import type { Skip } from './runs.sql.js';

/** What a batch of events is tried with: read once for all of them, and again for a record that a rule has changed. */
interface Batch {
  standing: Map<string, Standing>;
  /** Interactions whose facts are not true any more. */
  stale: Set<string>;
  history: History;
  chains: Map<bigint, Link[]>;
  skips: Skip[];
}

const ESCALATED = 'sla.escalated';
const DUE = 'rule.due';
/** The reader follows these whatever the rules are: the first three so that new rules are taken up at once. */
const ALWAYS = ['rule.created', 'rule.updated', 'rule.deleted', DUE, ESCALATED];
const PAGE = 500;
/** Transactions of rules that are open at once: some of the database's connections, never most. */
const AT_ONCE = 4;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

@Injectable()
export class RunnerService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly readers: EventReaders,
    private readonly clock: Clock,
    private readonly rulebook: RulebookService,
    private readonly registry: RegistryService,
    private readonly facts: FactsService,
    private readonly runs: RunsService,
    private readonly policies: PoliciesService,
    private readonly steps: StepsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.rulebook.refresh();
    await this.readers.start({
      name: 'automation',
      types: () => [...ALWAYS, ...this.rulebook.types()],
      fromNow: true,
      prepare: () => this.rulebook.refresh(),
      handle: (events) => this.handle(events),
    });
  }

  /** Handling the same events again changes nothing. */
  async handle(events: LogEvent[]): Promise<void> {
    const wanted = events.filter((event) => event.type === ESCALATED || event.type === DUE || this.rulebook.on(event).length > 0);
    if (wanted.length === 0) return;
    const batch = await this.batch(wanted.map((event) => ({ event, subjectId: event.subjectId })));
    await inLanes(
      wanted,
      ({ subjectId }) => subjectId,
      async (event) => {
        if (event.type === ESCALATED) await this.climb(batch, event);
        if (event.type === DUE) await this.sweep(event);
        await this.tryRules(batch, event, event.subjectId, isAboutInteraction(event.type), this.rulebook.on(event));
      },
    );
    await this.runs.skipped(batch.skips);
  }

  private async batch(of: { event: LogEvent; subjectId: string }[]): Promise<Batch> {
    const subjects = [...new Set(of.map(({ subjectId }) => subjectId))];
    const interactions = [
      ...new Set(of.filter(({ event }) => event.type === DUE || isAboutInteraction(event.type)).map(({ subjectId }) => subjectId)),
    ];
    const events = [...new Set(of.map(({ event }) => event))];
    const since = new Date(Math.min(...events.map(({ at }) => at.getTime())));
    const [standing, history, chains] = await Promise.all([
      this.facts.of(interactions),
      this.runs.history(subjects, since),
      this.runs.chains(events),
    ]);
    return { standing, stale: new Set(), history, chains, skips: [] };
  }

  /** A scheduled rule, on every open interaction. */
  private async sweep(event: LogEvent): Promise<void> {
    const rule = this.rulebook.withSchedule(event.subjectId);
    if (!rule) return;
    for (let after = FIRST_ID; ;) {
      const ids = (await this.database.statement<{ id: string }>(openAfter(after, PAGE))).map(({ id }) => id);
      if (ids.length === 0) return;
      const batch = await this.batch(ids.map((subjectId) => ({ event, subjectId })));
      await inLanes(
        ids,
        (id) => id,
        (id) => this.tryRules(batch, event, id, true, [rule]),
      );
      await this.runs.skipped(batch.skips);
      after = ids.at(-1)!;
    }
  }

  /** One rung of an escalation ladder. */
  private async climb(batch: Batch, event: LogEvent): Promise<void> {
    const { policyId, policyVersion, kind, rung } = event.facts as {
      policyId: string;
      policyVersion: number;
      kind: SlaMilestoneKind;
      rung: number;
    };
    if (batch.history.matched(policyId, event.seq, event.subjectId) !== undefined) return;
    const facts = await this.current(batch, event, event.subjectId, true);
    if (!facts) return;
    const [policy] = await this.policies.byIds([policyId]);
    const actions = (await this.policies.milestone(policyId, policyVersion, kind))?.escalation[rung - 1]?.actions;
    if (!policy || !actions) return;
    const actor = actorOf(policyId, ladderName(policy.name, rung));
    const trial = { ownerId: policyId, version: policyVersion, actor, event, subjectId: event.subjectId, earlierStops: [] };
    await this.runOnce(batch, trial, facts, actions, null);
  }

  private async tryRules(
    batch: Batch,
    event: LogEvent,
    subjectId: string,
    aboutInteraction: boolean,
    rules: readonly ReadyRule[],
  ): Promise<void> {
    if (rules.length === 0) return;
    const skip: Skip = { eventSeq: event.seq, subjectId, eventType: event.type, at: this.clock.now(), rules: [], versions: [], terms: [] };
    const earlierStops: string[] = [];
    let facts: Facts | null = null;
    let prepared: PreparedFacts | null = null;
    for (const [index, rule] of rules.entries()) {
      if (!facts || !prepared || batch.stale.has(subjectId)) {
        facts = await this.current(batch, event, subjectId, aboutInteraction);
        if (!facts) return;
        prepared = new PreparedFacts(facts);
      }
      const trial: Trial = {
        ownerId: rule.id,
        version: rule.version,
        actor: actorOf(rule.id, rule.name),
        event,
        subjectId,
        earlierStops: [...earlierStops],
      };
      const matched = await this.tryRule(batch, rule, trial, facts, prepared, skip);
      if (!rule.definition.stopOnMatch) continue;
      if (!matched) {
        earlierStops.push(rule.id);
        continue;
      }
      const later = rules.slice(index + 1).filter(({ condition }) => condition?.evaluate(prepared!).met);
      const stopped = later.map(({ id, version, name }) => ({ ...trial, ownerId: id, version, actor: actorOf(id, name) }));
      await this.runs.stopped(stopped, rule.name);
      break;
    }
    if (skip.rules.length > 0) batch.skips.push(skip);
  }

  /** True where the rule matches, whatever became of it. */
  private async tryRule(batch: Batch, rule: ReadyRule, trial: Trial, facts: Facts, prepared: PreparedFacts, skip: Skip): Promise<boolean> {
    const { event, subjectId } = trial;
    const before = batch.history.matched(rule.id, event.seq, subjectId);
    if (before !== undefined) return before;
    const outcome = rule.condition?.evaluate(prepared) ?? {
      met: false,
      term: 0,
      error: 'It speaks of something that is gone; save it anew.',
    };
    if (!outcome.met) {
      if ('error' in outcome && outcome.error) {
        const term = rule.condition?.terms[outcome.term];
        await this.runs.undecided(trial, term ?? null, outcome.error);
        return false;
      }
      skip.rules.push(rule.number);
      skip.versions.push(rule.version);
      skip.terms.push(outcome.term);
      return false;
    }
    const reason = guard(rule.id, batch.chains.get(event.seq) ?? [], batch.history.recent(rule.id, subjectId, this.clock.now()));
    if (reason) {
      await this.runs.guarded(trial, reason);
      return true;
    }
    if (await this.runOnce(batch, trial, facts, rule.definition.actions, rule)) return true;
    const now = await this.current(batch, event, subjectId, true);
    return now !== null && this.tryRule(batch, rule, trial, now, new PreparedFacts(now), skip);
  }

  /** @returns false where the rule's condition was not true any more when it came to it */
  private async runOnce(batch: Batch, trial: Trial, facts: Facts, actions: ActionDefinition[], rule: ReadyRule | null): Promise<boolean> {
    const { subjectId, ownerId, event } = trial;
    const names = await this.registry.names(actions);
    const result = await this.runs.once(trial, (command, step) => this.perform(command, step, trial, facts, actions, names, rule));
    batch.stale.add(subjectId);
    if (result === 'MISSED') return false;
    const outcome = result === 'ELSEWHERE' ? 'DONE' : result;
    batch.history.add({ ownerId, eventSeq: String(event.seq), subjectId, outcome, reason: null, at: this.clock.now() });
    return true;
  }

  private async perform(
    command: Command,
    step: (action: Step) => void,
    { event, subjectId }: Trial,
    facts: Facts,
    actions: ActionDefinition[],
    names: Names,
    rule: ReadyRule | null,
  ): Promise<Effect[]> {
    const effects: Effect[] = [];
    const occasion: Occasion = { facts, names, ruleId: rule?.id ?? null, subjectId, event: { seq: event.seq, at: event.at } };
    if (facts.interaction.id) {
      // Somebody may have taken a step since the condition was tried; from here on nobody does.
      await this.steps.lock(command, subjectId);
      occasion.facts = await this.within(command, occasion);
      if (rule?.condition && !rule.condition.evaluate(new PreparedFacts(occasion.facts)).met) throw new Missed();
    }
    for (const [index, { type, settings }] of actions.entries()) {
      step({ index, type });
      const known = this.registry.get(type);
      if (!known) throw new PatchbayError('REFUSED', `There is no action ${type} in this engine.`);
      // What one action changed is true for the next.
      if (index > 0 && facts.interaction.id) occasion.facts = await this.within(command, occasion);
      effects.push(...(await known.action.perform(command, settings, occasion)));
    }
    return effects;
  }

  /** Facts as this command sees them. */
  private async within(command: Command, { facts, subjectId }: Occasion): Promise<Facts> {
    const [now] = (await this.facts.of([subjectId], (sql) => command.tx.$queryRaw(sql))).values();
    return now ? { ...now, event: facts.event } : facts;
  }

  /** Facts as they are now; null where the interaction is gone. */
  private async current(batch: Batch, event: LogEvent, subjectId: string, aboutInteraction: boolean): Promise<Facts | null> {
    if (!aboutInteraction) return { ...this.facts.blank(), event: eventFacts(event) };
    if (batch.stale.delete(subjectId)) {
      const now = (await this.facts.of([subjectId])).get(subjectId);
      if (now) batch.standing.set(subjectId, now);
    }
    const standing = batch.standing.get(subjectId);
    return standing ? { ...standing, event: eventFacts(event) } : null;
  }
}

const actorOf = (id: string, name: string): Actor => ({ kind: 'RULE', role: null, id, agentId: null, name });

/** Works on several records at once, on what belongs to one of them in order. @throws Error the first, once all rest */
async function inLanes<T>(items: readonly T[], laneOf: (item: T) => string, work: (item: T) => Promise<void>): Promise<void> {
  const lanes = new Map<string, T[]>();
  for (const item of items) {
    const lane = lanes.get(laneOf(item));
    if (lane) lane.push(item);
    else lanes.set(laneOf(item), [item]);
  }
  const waiting = lanes.values();
  const worker = async (): Promise<void> => {
    for (const lane of waiting) for (const item of lane) await work(item);
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
