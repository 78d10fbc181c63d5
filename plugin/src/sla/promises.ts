/**
 * Which clocks an interaction has: one pure function of its history and of the policy in force. What a clock has used and
 * which of its steps are passed is counted from the history, so it does not matter by which way a policy came into force.
 * Times in milliseconds since the epoch, targets and what is used in milliseconds of the calendar.
 */
import type { InteractionState, SlaMilestoneKind } from '../platform/generated/graphql.js';
import type { SlaClock } from '../platform/generated/prisma/client.js';
import { isLate, isOpen } from './at-risk.js';
import { stepsOf, usedAt, type Calendar, type Counting, type Steps } from './clock.js';
import { openOf, type History, type Said, type Stretch } from './history.js';
import { KINDS, type Milestone } from './policy.js';

/** What is promised of one kind: a milestone with the target that counts and the calendar it counts in. */
export interface Terms {
  milestone: Milestone;
  targetMs: number;
  calendar: Calendar;
}

/** Where terms stand: the versions that a clock keeps, and why this target. */
export interface Named {
  policyId: string;
  policyVersion: number;
  /** Nulls for around the clock. */
  calendarId: string | null;
  calendarVersion: number | null;
  matched: string;
}

export type NamedTerms = Terms & Named;

/** A clock as it must be. */
export interface Owed {
  startedAt: number;
  usedMs: number;
  /** The state in which it stands still; null while it runs. */
  pausedIn: InteractionState | null;
  steps: Steps;
  /** How many of its steps were said. */
  step: number;
  warnedAt: number | null;
  /** Null where nothing said so far breaks this target. */
  breachedAt: number | null;
  rung: number;
  rungAt: number | null;
}

/** A clock as it is kept. */
export type Kept = Pick<
  SlaClock,
  | 'kind'
  | 'state'
  | 'startedAt'
  | 'policyId'
  | 'policyVersion'
  | 'calendarId'
  | 'calendarVersion'
  | 'matched'
  | 'targetMs'
  | 'usedMs'
  | 'runningSince'
  | 'pausedIn'
  | 'step'
  | 'breachedAt'
>;

/** How a kept clock differs from what is owed. */
export type Difference<K> =
  | { what: 'BEGIN'; to: Owed; terms: NamedTerms }
  /** An open clock gets other terms. */
  | { what: 'MOVE'; clock: K; to: Owed; terms: NamedTerms }
  /** One that had ended goes on. */
  | { what: 'RETURN'; clock: K; to: Owed; terms: NamedTerms }
  /** Its kind begins anew, in another queue. */
  | { what: 'RESET'; clock: K }
  /** It is promised no more, or was broken and is not late by what is promised now. */
  | { what: 'END'; clock: K }
  /** Late by other terms too: it climbs on by those that it broke. */
  | { what: 'STAY'; clock: K };

const OVER: readonly InteractionState[] = ['CLOSED', 'ABANDONED'];
const BROKEN: readonly Said['what'][] = ['BREACHED', 'ESCALATED'];

/**
 * The clock of this kind that the terms promise now; null where they promise none: nothing of the kind is owed, it was
 * switched off, or it is over.
 *
 * A step is passed once one of its kind was said that was due at a time by which these terms had used as much as it asks
 * for. So a warning, a breach or a rung that was reached is not reached again, whichever policies counted in between;
 * under a longer target it is still to come.
 */
export function owed(history: History, kind: SlaMilestoneKind, { milestone, targetMs, calendar }: Terms, now: number): Owed | null {
  const spell = spellOf(history, kind, milestone);
  const startedAt = spell[0]?.from;
  if (startedAt === undefined || OVER.includes(history.state)) return null;
  const usedBy = (time: number): number => used(spell, pausesOf(history, milestone), calendar, time);
  const firstStretch = history.owed[kind].length - spell.length;
  const within = ({ stretch }: { stretch: number }): boolean => stretch >= firstStretch;
  if (history.switchedOff.some((off) => off.kind === kind && within(off) && usedBy(off.at) >= targetMs)) return null;

  const steps = stepsOf(milestone, targetMs);
  const said = history.said.filter((one) => one.kind === kind && within(one));
  const warned = said.at(-1);
  const breach = said.find(({ what, dueAt }) => BROKEN.includes(what) && usedBy(dueAt) >= targetMs);
  const rung = breach && said.findLast(({ what }) => what === 'ESCALATED');
  const passed = (from: number, to: number | undefined, time: number): number => {
    const usedThen = usedBy(time);
    return steps.at.slice(from, to).filter((at) => at <= usedThen).length;
  };
  const warnings = warned ? passed(0, steps.warnings, warned.dueAt) : 0;
  const rungs = rung ? passed(steps.warnings + 1, undefined, rung.dueAt) : 0;
  const pausedIn = milestone.pausedIn.includes(history.state) ? history.state : null;
  return {
    startedAt,
    usedMs: usedBy(now),
    pausedIn,
    steps,
    step: breach ? steps.warnings + 1 + rungs : warnings,
    warnedAt: warnings > 0 ? (said.findLast(({ what }) => what === 'WARNED')?.at ?? null) : null,
    breachedAt: breach?.at ?? null,
    rung: rungs,
    rungAt: rungs > 0 ? (rung?.at ?? null) : null,
  };
}

/**
 * All that is owed by these terms. While the first response is owed and promised, it is the promise for what the customer
 * asks meanwhile.
 */
export function allOwed(history: History, termsOf: (kind: SlaMilestoneKind) => Terms | null, now: number): Map<SlaMilestoneKind, Owed> {
  const found = new Map<SlaMilestoneKind, Owed>();
  const first = termsOf('FIRST_RESPONSE');
  const firstOwed = first !== null && spellOf(history, 'FIRST_RESPONSE', first.milestone).length > 0;
  for (const kind of KINDS) {
    const terms = termsOf(kind);
    const clock = terms && !(kind === 'NEXT_RESPONSE' && firstOwed) ? owed(history, kind, terms, now) : null;
    if (clock) found.set(kind, clock);
  }
  return found;
}

/** What of the history one clock counts: empty where nothing is owed now. After a reopening, as the milestone says. */
function spellOf({ owed: stretches }: History, kind: SlaMilestoneKind, { reopening }: Milestone): Stretch[] {
  const all = stretches[kind];
  const open = openOf(all);
  if (!open) return [];
  if (kind !== 'FIRST_RESPONSE' && kind !== 'RESOLUTION') return [open];
  if (reopening === 'RESUME') return all;
  return reopening === 'NEVER' && all.length > 1 ? [] : [open];
}

const pausesOf = ({ pauses }: History, { pausedIn }: Milestone): Stretch[] => pauses.filter(({ state }) => pausedIn.includes(state));

/** Business milliseconds of the spell until `time`, without its pauses. */
function used(spell: readonly Stretch[], pauses: readonly Stretch[], calendar: Calendar, time: number): number {
  const between = (from: number, to: number): number => (to > from ? calendar.between(from, to) : 0);
  let sum = 0;
  for (const { from, to } of spell) {
    const end = Math.min(to ?? time, time);
    sum += between(from, end);
    for (const pause of pauses) sum -= between(Math.max(from, pause.from), Math.min(pause.to ?? time, end));
  }
  return sum;
}

export const counting = ({ usedMs, runningSince }: Pick<SlaClock, 'usedMs' | 'runningSince'>): Counting => ({
  usedMs: Number(usedMs),
  runningSince: runningSince?.getTime() ?? null,
});

/**
 * The place of the stretch in which a clock began; -1 where it began in another interaction. Later does not mean further on:
 * the wall clock may have been set back in between.
 */
const placeOf = ({ kind, startedAt }: Pick<Kept, 'kind' | 'startedAt'>, { owed: stretches }: History): number =>
  stretches[kind].findLastIndex(({ from }) => from === startedAt.getTime());

/** Whether its kind has begun anew since, in another queue. */
export const isReset = (clock: Pick<Kept, 'kind' | 'startedAt'>, history: History): boolean =>
  clock.kind === 'TIME_TO_ACCEPT' &&
  openOf(history.owed[clock.kind]) !== null &&
  placeOf(clock, history) < history.owed[clock.kind].length - 1;

/** Whether an open clock came with another interaction, which was merged into this one. */
export const isBrought = (clock: Pick<Kept, 'kind' | 'startedAt'>, history: History): boolean =>
  clock.kind !== 'TIME_TO_ACCEPT' && placeOf(clock, history) < 0;

/**
 * What has to be done so that the clocks of one kind are what is owed.
 *
 * @param kept all clocks of the kind, in the order in which they began; at most one is open
 * @param stays a broken one keeps the terms that it runs under
 */
export function difference<K extends Kept>(
  kept: readonly K[],
  owes: { to: Owed; terms: NamedTerms } | null,
  stays: boolean,
  history: History,
  now: number,
): Difference<K>[] {
  const clock = kept.find(isOpen);
  const anew = (): Difference<K>[] => (owes ? [again(kept, owes, history)] : []);
  if (!clock) return anew();
  if (isReset(clock, history)) return [{ what: 'RESET', clock }, ...anew()];
  if (isLate(clock)) {
    if (stays) return [];
    return owes && owes.to.breachedAt !== null ? [{ what: 'STAY', clock }] : [{ what: 'END', clock }, ...anew()];
  }
  if (!owes) return [{ what: 'END', clock }];
  if (owes.to.breachedAt !== null) return [{ what: 'END', clock }, ...anew()];
  return isAs(clock, owes, history, now) ? [] : [{ what: 'MOVE', clock, ...owes }];
}

/** Goes on with the clock that had this promise before, where there is one. */
function again<K extends Kept>(kept: readonly K[], { to, terms }: { to: Owed; terms: NamedTerms }, history: History): Difference<K> {
  const broken = to.breachedAt !== null;
  const ended = kept.filter(
    (clock) =>
      placeOf(clock, history) >= placeOf({ kind: clock.kind, startedAt: new Date(to.startedAt) }, history) &&
      (clock.breachedAt !== null) === broken &&
      (clock.state === 'CANCELLED' || (clock.state === 'STOPPED' && (clock.kind === 'FIRST_RESPONSE' || clock.kind === 'RESOLUTION'))),
  );
  const clock = ended.findLast(({ policyId }) => policyId === terms.policyId) ?? ended.at(-1);
  return clock ? { what: 'RETURN', clock, to, terms } : { what: 'BEGIN', to, terms };
}

/** Where the wall clock was set back, the times of the log do not add up: what a clock has counted under these terms holds. */
const isAs = (clock: Kept, { to, terms }: { to: Owed; terms: NamedTerms }, { isSetBack }: History, now: number): boolean =>
  clock.policyId === terms.policyId &&
  clock.policyVersion === terms.policyVersion &&
  clock.calendarId === terms.calendarId &&
  clock.calendarVersion === terms.calendarVersion &&
  clock.matched === terms.matched &&
  Number(clock.targetMs) === terms.targetMs &&
  (clock.state === 'PAUSED' ? clock.pausedIn : null) === to.pausedIn &&
  (isSetBack || (clock.step === to.step && usedAt(counting(clock), terms.calendar, now) === to.usedMs));
