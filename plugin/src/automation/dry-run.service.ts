/** Tries a rule that is not in force yet on past events. Reads only: nothing is changed and nothing is sent. */
import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { IANAZone } from 'luxon';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { invalid, PatchbayError } from '../platform/errors.js';
import type { LogEvent } from '../platform/event-tail.js';
import type { DryRunRuleInput } from '../platform/generated/graphql.js';
import { Prisma, type Customer } from '../platform/generated/prisma/client.js';
import { refusal, type Told } from '../platform/told.js';
import type { Effect, Names, Occasion } from './rule-action.js';
import { Condition, type ToldTerm } from './conditions.js';
import { isAboutInteraction } from './event-types.js';
import { eventFacts, FactsService } from './facts.service.js';
import { PreparedFacts, type Facts } from './facts.js';
import { MOST_RUNS_AN_HOUR, STORM_MS } from './guards.js';
import { RegistryService } from './registry.service.js';
import { PastInteraction, type PastNames, type Present } from './replay.js';
import type { ActionDefinition, RuleDefinition } from './rule.js';
import { failureAt } from './run-words.js';
import { RulesService } from './rules.service.js';
import { nextTime } from './schedule.js';

export interface Touch {
  interactionId: string;
  at: Date;
  eventSeq: string;
  eventType: string;
  would: Effect[];
  /** Why an action could not have been done. */
  problem: string | null;
  told: Told | null;
  happened: LogEvent[];
}

export interface Miss {
  interactionId: string;
  at: Date;
  eventType: string;
  terms: ToldTerm[];
}

interface DayCount {
  day: string;
  tried: number;
  matched: number;
}

export interface DryRun {
  from: Date;
  until: Date;
  events: number;
  tried: number;
  matched: number;
  interactions: number;
  guarded: number;
  milliseconds: number;
  skipped: { term: string; times: number }[];
  touches: Touch[];
  byDay: DayCount[];
  misses: Miss[];
  problems: number;
}

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const MOST_EVENTS = 500_000;
const MOST_TRIALS = 2_000_000;
const PAGE = 20_000;
/** Of interactions at once. */
const LOT = 2_000;
/** Other work of the engine comes in between so many events. */
const BREATH = 500;
const SHOWN = 200;
const HAPPENED = 5;
const MISSES_A_TERM = 3;
const MISSED_TERMS = 10;
const SCHEDULED = 'rule.due';

/** One moment at which the rule would have been tried on one record. */
interface Trial {
  facts: Facts;
  subjectId: string;
  at: Date;
  seq: bigint;
  /** Place in the record's own history. */
  place: number;
}

@Injectable()
export class DryRunService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly rules: RulesService,
    private readonly registry: RegistryService,
    private readonly facts: FactsService,
  ) {}

  /**
   * @param isGone whether nobody waits for the answer any more: then it is given up
   * @throws PatchbayError INVALID as for a rule that is saved, LIMIT_EXCEEDED where the history is too long for one run
   */
  async run({ days, timeZone, ...draft }: DryRunRuleInput, isGone: () => boolean = () => false): Promise<DryRun> {
    if (!IANAZone.isValidZone(timeZone)) throw invalid('timeZone', `"${timeZone}" is no IANA time zone; write it like Europe/Prague.`);
    if (days < 1 || days > MOST_DAYS) throw invalid('days', `Look back 1 to ${MOST_DAYS} days.`);
    const began = performance.now();
    const definition = await this.rules.check({ ...draft, stopOnMatch: false });
    const until = this.clock.now();
    const from = new Date(until.getTime() - days * DAY_MS);
    const history = await this.history(from, until, definition);
    const result = await this.play(definition, history, from, until, dayIn(timeZone), isGone);
    return { from, until, ...result, milliseconds: Math.round(performance.now() - began) };
  }

  private async play(
    definition: RuleDefinition,
    history: History,
    from: Date,
    until: Date,
    dayOf: (at: Date) => string,
    isGone: () => boolean,
  ): Promise<Omit<DryRun, 'from' | 'until' | 'milliseconds'>> {
    const condition = Condition.compile(definition.condition);
    const names = await this.registry.names(definition.actions);
    const missed = new Map<string, number>();
    const recent = new Map<string, number[]>();
    const subjects = new Set<string>();
    const touches: Touch[] = [];
    const misses = new Map<string, Miss[]>();
    const days = new Map<string, DayCount>();
    let [tried, matched, guarded] = [0, 0, 0];
    for (const trial of this.trials(definition, history, from, until)) {
      if ((tried += 1) % BREATH === 0) {
        await setImmediate();
        if (isGone()) throw new PatchbayError('REFUSED', 'Nobody waits for this dry run any more.');
      }
      if (tried > MOST_TRIALS) throw tooLong(`It would be tried more than ${MOST_TRIALS.toLocaleString('en')} times`);
      const day = countOf(days, dayOf(trial.at));
      day.tried += 1;
      const prepared = new PreparedFacts(trial.facts);
      const outcome = condition.evaluate(prepared);
      if (!outcome.met) {
        const term = condition.terms[outcome.term] ?? '';
        const words = outcome.error ? `${term} (${outcome.error})` : term;
        const times = (missed.get(words) ?? 0) + 1;
        missed.set(words, times);
        if (times <= MISSES_A_TERM && trial.facts.interaction.id)
          misses.set(words, [...(misses.get(words) ?? []), missOf(trial, condition.explain(prepared))]);
        continue;
      }
      const hour = (recent.get(trial.subjectId) ?? []).filter((time) => time > trial.at.getTime() - STORM_MS);
      if (hour.length >= MOST_RUNS_AN_HOUR) {
        guarded += 1;
        continue;
      }
      recent.set(trial.subjectId, [...hour, trial.at.getTime()]);
      matched += 1;
      day.matched += 1;
      subjects.add(trial.subjectId);
      if (touches.length < SHOWN && trial.facts.interaction.id) touches.push(this.touch(definition, trial, names, history));
    }
    const skipped = [...missed].map(([term, times]) => ({ term, times })).sort((a, b) => b.times - a.times);
    return {
      events: history.events.length,
      tried,
      matched,
      interactions: subjects.size,
      guarded,
      skipped,
      touches,
      byDay: [...days.values()],
      misses: skipped.slice(0, MISSED_TERMS).flatMap(({ term }) => misses.get(term) ?? []),
      problems: touches.filter(({ problem }) => problem !== null).length,
    };
  }

  /** In the order in which it would have happened. */
  private *trials({ trigger }: RuleDefinition, history: History, from: Date, until: Date): Generator<Trial> {
    const isSet = (type: string): boolean => 'events' in trigger && trigger.events.includes(type);
    let due = 'schedule' in trigger ? nextTime(trigger.schedule, from) : null;
    const scheduled = function* (limit: Date): Generator<Trial> {
      while (due && due <= limit && 'schedule' in trigger) {
        const at = due;
        for (const [subjectId, past] of history.interactions) {
          if (past.interaction.isOpen && past.createdAt <= at) yield trialOf(history, subjectId, past, at, null);
        }
        due = nextTime(trigger.schedule, at);
      }
    };
    for (const event of history.events) {
      yield* scheduled(event.at);
      const past = history.interactions.get(event.subjectId);
      if (past) {
        past.interaction.apply(event);
        past.place += 1;
        if (isSet(event.type)) yield trialOf(history, event.subjectId, past, event.at, event);
      } else if (isSet(event.type) && !isAboutInteraction(event.type)) {
        const { seq, at, subjectId } = event;
        yield { facts: { ...this.facts.blank(), now: at, event: eventFacts(event) }, subjectId, at, seq, place: 0 };
      }
    }
    yield* scheduled(until);
  }

  private touch({ actions }: RuleDefinition, { facts, subjectId, at, seq, place }: Trial, names: Names, history: History): Touch {
    const occasion = { facts, names, ruleId: null, subjectId, event: { seq, at } };
    return {
      interactionId: subjectId,
      at,
      eventSeq: String(seq),
      eventType: facts.event.type,
      ...this.would(actions, occasion),
      happened: history.interactions.get(subjectId)?.events.slice(place, place + HAPPENED) ?? [],
    };
  }

  /** Nothing where one of the actions could not be done: a rule does all of its actions or none. */
  private would(actions: readonly ActionDefinition[], occasion: Occasion): Pick<Touch, 'would' | 'problem' | 'told'> {
    const would: Effect[] = [];
    for (const [index, { type, settings }] of actions.entries()) {
      try {
        would.push(...(this.registry.get(type)?.action.describe(settings, occasion) ?? []));
      } catch (error) {
        if (!(error instanceof PatchbayError)) throw error;
        const { text, told } = failureAt({ index, type }, refusal(error));
        return { would: [], problem: text, told };
      }
    }
    return { would, problem: null, told: null };
  }

  private async history(from: Date, until: Date, { trigger }: RuleDefinition): Promise<History> {
    const others = 'events' in trigger ? trigger.events.filter((type) => !isAboutInteraction(type)) : [];
    const events = await this.read(
      (after) => Prisma.sql`
      SELECT * FROM events WHERE at >= ${from} AND at <= ${until} AND seq > ${after}
        AND (type LIKE 'interaction.%' OR type LIKE 'sla.%' OR type = ANY(${others}::text[])) ORDER BY seq LIMIT ${PAGE}`,
    );
    const own = events.filter(({ type }) => isAboutInteraction(type));
    const bySubject = bySubjectOf(own);
    if ('schedule' in trigger) for (const id of await this.openNow()) if (!bySubject.has(id)) bySubject.set(id, []);
    const ids = [...bySubject.keys()];
    const before = await this.before(
      ids.filter((id) => bySubject.get(id)?.[0]?.type !== 'interaction.opened'),
      from,
    );
    const present = await this.present(ids);
    const names = await this.names(present, own);
    const interactions = new Map<string, Past>();
    for (const [id, later] of bySubject) {
      const facts = present.get(id);
      if (!facts) continue;
      const earlier = before.get(id) ?? [];
      const interaction = new PastInteraction(facts, [...earlier, ...later]);
      for (const event of earlier) interaction.apply(event);
      interactions.set(id, { interaction, events: later, place: 0, createdAt: facts.interaction.createdAt });
    }
    return { events, interactions, names };
  }

  private async read(page: (after: bigint) => Prisma.Sql): Promise<LogEvent[]> {
    const events: LogEvent[] = [];
    for (let after = 0n; ;) {
      const rows = await this.database.models<LogEvent>(page(after));
      for (const row of rows) events.push({ ...row, seq: BigInt(row.seq), causeSeq: row.causeSeq === null ? null : BigInt(row.causeSeq) });
      if (events.length > MOST_EVENTS) throw tooLong(`There are more than ${MOST_EVENTS.toLocaleString('en')} events`);
      if (rows.length < PAGE) return events;
      after = events.at(-1)?.seq ?? after;
    }
  }

  /** What had happened to interactions that were there already. */
  private async before(ids: string[], from: Date): Promise<Map<string, LogEvent[]>> {
    const events: LogEvent[] = [];
    for (const lot of lots(ids)) {
      events.push(
        ...(await this.read(
          (after) => Prisma.sql`
          SELECT * FROM events WHERE subject_id = ANY(${lot}::uuid[]) AND at < ${from} AND seq > ${after} ORDER BY seq LIMIT ${PAGE}`,
        )),
      );
    }
    return bySubjectOf(events);
  }

  private async openNow(): Promise<string[]> {
    const rows = await this.database.statement<{ id: string }>(
      Prisma.sql`SELECT id::text AS id FROM interactions WHERE state NOT IN ('CLOSED', 'ABANDONED')`,
    );
    return rows.map(({ id }) => id);
  }

  private async present(ids: string[]): Promise<Map<string, Present>> {
    const all = new Map<string, Present>();
    for (const lot of lots(ids)) for (const [id, facts] of await this.facts.of(lot)) all.set(id, facts);
    return all;
  }

  /** Of all that these facts and events name, as they are today. */
  async names(present: Map<string, Present>, events: LogEvent[]): Promise<PastNames> {
    const { prisma } = this.database;
    const customers = new Map([...present.values()].map(({ customer }) => [customer.id, customer]));
    const linked = events.flatMap(({ facts }) => {
      const id = (facts as { customerId?: unknown }).customerId;
      return typeof id === 'string' && !customers.has(id) ? id : [];
    });
    const [queues, agents, policies, more] = await Promise.all([
      prisma.queue.findMany({ select: { id: true, name: true, department: true, priority: true, slaPolicyId: true } }),
      prisma.agent.findMany({ select: { id: true, name: true } }),
      prisma.slaPolicy.findMany({ select: { id: true, name: true } }),
      prisma.customer.findMany({ where: { id: { in: [...new Set(linked)] } } }),
    ]);
    const policyNames = new Map(policies.map(({ id, name }) => [id, name]));
    const agentNames = new Map(agents.map(({ id, name }) => [id, name]));
    const queueFacts = new Map(
      queues.map(({ id, slaPolicyId, ...queue }) => [id, { ...queue, slaPolicy: policyNames.get(slaPolicyId ?? '') ?? '' }]),
    );
    for (const customer of more) customers.set(customer.id, known(customer));
    return {
      queue: (id) => queueFacts.get(id) ?? { name: '', department: '', priority: 0, slaPolicy: '' },
      agent: (id) => agentNames.get(id) ?? '',
      slaPolicy: (id) => policyNames.get(id) ?? '',
      customer: (id) => customers.get(id) ?? NOBODY,
    };
  }
}

const missOf = ({ facts, subjectId, at }: Trial, terms: ToldTerm[]): Miss => ({
  interactionId: subjectId,
  at,
  eventType: facts.event.type,
  terms,
});

function countOf(days: Map<string, DayCount>, day: string): DayCount {
  const known = days.get(day) ?? { day, tried: 0, matched: 0 };
  days.set(day, known);
  return known;
}

/** Such as 2026-01-31, which is how Sweden writes a day. */
function dayIn(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short' });
  return (at) => format.format(at);
}

interface Past {
  interaction: PastInteraction;
  /** In the time that is played. */
  events: LogEvent[];
  /** How many of them have happened. */
  place: number;
  createdAt: Date;
}

interface History {
  events: LogEvent[];
  interactions: Map<string, Past>;
  names: PastNames;
}

function trialOf({ names }: History, subjectId: string, { interaction, place }: Past, at: Date, event: LogEvent | null): Trial {
  const facts = {
    ...interaction.at(at, names),
    event: event ? eventFacts(event) : { type: SCHEDULED, actor: { kind: 'TIMER' as const, name: 'timer' }, facts: {} },
    now: at,
  };
  return { facts, subjectId, at, seq: event?.seq ?? 0n, place };
}

const known = ({ id, name, tier, language, company }: Customer): Facts['customer'] => ({
  known: true,
  id,
  name,
  tier,
  language: language ?? '',
  company: company ?? '',
});

const NOBODY: Facts['customer'] = { known: false, id: '', name: '', tier: '', language: '', company: '' };

const tooLong = (what: string): PatchbayError => new PatchbayError('LIMIT_EXCEEDED', `${what}; look back over fewer days.`);

function* lots(ids: string[]): Generator<string[]> {
  for (let start = 0; start < ids.length; start += LOT) yield ids.slice(start, start + LOT);
}

function bySubjectOf(events: LogEvent[]): Map<string, LogEvent[]> {
  const map = new Map<string, LogEvent[]>();
  for (const event of events) {
    const own = map.get(event.subjectId);
    if (own) own.push(event);
    else map.set(event.subjectId, [event]);
  }
  return map;
}
