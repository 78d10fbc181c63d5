/**
 * What an SLA clock says of itself, in words. Pure. A clock counts business time, so that its deadline and what is left
 * of it may lie a night apart: only where nothing closes before it is due does "due in" count down.
 */
import { inWords, upcoming } from '@patchbay/pages/formats';
import type { InteractionState, SlaMilestoneKind } from './generated/operations';
import { said, t, words } from './language';
import { nextDue, type DueFacts } from './work';

export interface ClockFacts extends DueFacts {
  id: string;
  targetSeconds: number;
  /** When the engine was asked. */
  usedSeconds: number;
  pausedIn: InteractionState | null;
  counting: boolean;
  countsFrom: string | null;
  breachedAt: string | null;
  atRisk: boolean;
  late: boolean;
  rung: number;
  rungs: number;
  nextRungAt: string | null;
  stoppedAt: string | null;
}

/** `still`: paused or closed, it asks for nothing now. `kept` and `missed`: it is over. */
export type Tone = 'calm' | 'risk' | 'late' | 'still' | 'kept' | 'missed';

export interface ClockWords {
  tone: Tone;
  /** Where it stands. */
  main: string;
  /** What else one needs to know of it; null where that is all. */
  more: string | null;
}

export const milestoneWord = words<SlaMilestoneKind>({
  TIME_TO_ACCEPT: said('Accept [milestone]'),
  FIRST_RESPONSE: said('First response'),
  NEXT_RESPONSE: said('Next response'),
  PERIODIC_UPDATE: said('Update [milestone]'),
  RESOLUTION: said('Resolution'),
});

const MINUTE = 60_000;
/** Both are read from the same engine, but not in the same millisecond. */
const SAME_MS = 90_000;

const closedAt = (clock: ClockFacts, now: number): boolean =>
  clock.state === 'RUNNING' && !clock.counting && (clock.countsFrom === null || Date.parse(clock.countsFrom) > now);

/** Business time used at `now`, by what was used when the engine was asked at `readAt`. */
export function usedMs(clock: ClockFacts, now: number, readAt: number): number {
  const used = clock.usedSeconds * 1_000;
  if (clock.state !== 'RUNNING' || closedAt(clock, now)) return used;
  const since = clock.counting ? readAt : Date.parse(clock.countsFrom ?? '');
  return used + Math.max(0, now - since);
}

const leftMs = (clock: ClockFacts, now: number, readAt: number): number => clock.targetSeconds * 1_000 - usedMs(clock, now, readAt);

/** Milliseconds on the wall until it is due, where it counts all the way; null where a closing lies before that. */
function straightMs(clock: ClockFacts, now: number, readAt: number): number | null {
  if (clock.dueAt === null || closedAt(clock, now)) return null;
  const wall = Date.parse(clock.dueAt) - now;
  return wall - leftMs(clock, now, readAt) <= SAME_MS ? wall : null;
}

/** What is late or at risk the engine says, of the same clocks as on the wall. */
export function toneOf(clock: ClockFacts, now: number): Tone {
  if (clock.state === 'STOPPED' || clock.state === 'CANCELLED') return clock.breachedAt === null ? 'kept' : 'missed';
  if (clock.late) return 'late';
  if (clock.atRisk) return 'risk';
  return clock.state === 'PAUSED' || closedAt(clock, now) ? 'still' : 'calm';
}

const leftWords = (ms: number): string => (ms >= 0 ? t('{{time}} left', { time: inWords(ms) }) : t('{{time}} over', { time: inWords(ms) }));

const pausedWords = ({ pausedIn }: ClockFacts): string =>
  pausedIn === 'WAITING_FOR_CUSTOMER' ? t('paused: waiting for the customer') : pausedIn === 'ON_HOLD' ? t('paused: on hold') : t('paused');

/** How far a breached clock has climbed, and when it climbs on; null where its policy has no ladder. */
function ladderWords({ rung, rungs, nextRungAt }: ClockFacts, now: number): string | null {
  const when = nextRungAt === null ? null : upcoming(nextRungAt, now);
  if (rung === 0) return when === null ? null : t('escalates at {{when}}', { when });
  if (when !== null) return t('escalated, step {{n}} of {{all}}, next at {{when}}', { n: rung, all: rungs, when });
  return rung >= rungs
    ? t('escalated, last step of {{all}}', { all: rungs })
    : t('escalated, step {{n}} of {{all}}', { n: rung, all: rungs });
}

/** Whole, for the head of a conversation. `readAt` is when the engine was asked, `now` what its clock says at this moment. */
export function clockWords(clock: ClockFacts, now: number, readAt: number): ClockWords {
  const tone = toneOf(clock, now);
  const left = leftMs(clock, now, readAt);
  if (clock.state === 'CANCELLED') {
    const main =
      clock.breachedAt === null
        ? t('no longer applies')
        : t('{{time}} late, then no longer promised', { time: inWords(Math.min(0, left)) });
    return { tone, main, more: null };
  }
  if (clock.state === 'STOPPED') {
    return clock.breachedAt === null
      ? { tone, main: t('in time'), more: null }
      : { tone, main: t('{{time}} late', { time: inWords(Math.min(0, left)) }), more: null };
  }
  if (clock.state === 'PAUSED') {
    return {
      tone,
      main: pausedWords(clock),
      more: clock.breachedAt === null ? leftWords(Math.max(0, left)) : leftWords(Math.min(-1, left)),
    };
  }
  if (clock.breachedAt !== null) {
    const time = inWords(Math.max(0, now - Date.parse(clock.dueAt ?? clock.breachedAt)));
    return { tone, main: t('breached {{time}} ago', { time }), more: ladderWords(clock, now) };
  }
  if (clock.dueAt === null) return { tone, main: leftWords(Math.max(0, left)), more: null };
  const wall = Date.parse(clock.dueAt) - now;
  const due = upcoming(clock.dueAt, now);
  if (wall <= 0) return { tone, main: wall > -MINUTE ? t('due now') : t('was due {{time}} ago', { time: inWords(wall) }), more: null };
  if (closedAt(clock, now)) {
    const main = clock.countsFrom === null ? t('closed [hours]') : t('closed until {{when}}', { when: upcoming(clock.countsFrom, now) });
    return { tone, main, more: t('due {{when}}', { when: due }) };
  }
  const straight = straightMs(clock, now, readAt);
  if (straight !== null) return { tone, main: t('due in {{time}}', { time: inWords(straight) }), more: null };
  return { tone, main: t('due {{when}}', { when: due }), more: leftWords(Math.max(0, left)) };
}

/** In a few words with its verb, for a row of a list: "Reply in 4 min", "Reply 2 h late", "Paused, 3 h left". */
export function dueWords(clock: ClockFacts, now: number, readAt: number): string {
  if (clock.state === 'PAUSED') {
    const { more } = clockWords(clock, now, readAt);
    return t('Paused, {{left}}', { left: more ?? '' });
  }
  const wall = Date.parse(clock.dueAt ?? clock.breachedAt ?? '') - now;
  if (clock.breachedAt !== null || wall <= 0) {
    const time = inWords(Math.min(0, wall));
    switch (clock.kind) {
      case 'TIME_TO_ACCEPT':
        return t('Answer {{time}} late', { time });
      case 'PERIODIC_UPDATE':
        return t('Update {{time}} late', { time });
      case 'RESOLUTION':
        return t('Solution {{time}} late', { time });
      default:
        return t('Reply {{time}} late', { time });
    }
  }
  const straight = straightMs(clock, now, readAt);
  if (straight === null) {
    const when = upcoming(clock.dueAt ?? '', now);
    switch (clock.kind) {
      case 'TIME_TO_ACCEPT':
        return t('Answer by {{when}}', { when });
      case 'PERIODIC_UPDATE':
        return t('Update by {{when}}', { when });
      case 'RESOLUTION':
        return t('Solve by {{when}}', { when });
      default:
        return t('Reply by {{when}}', { when });
    }
  }
  const time = inWords(straight);
  switch (clock.kind) {
    case 'TIME_TO_ACCEPT':
      return t('Answer in {{time}}', { time });
    case 'PERIODIC_UPDATE':
      return t('Update in {{time}}', { time });
    case 'RESOLUTION':
      return t('Solve in {{time}}', { time });
    default:
      return t('Reply in {{time}}', { time });
  }
}

const byLeft = (a: ClockFacts, b: ClockFacts): number =>
  a.targetSeconds - a.usedSeconds - (b.targetSeconds - b.usedSeconds) || (a.kind < b.kind ? -1 : 1);

const paused = <C extends ClockFacts>(clocks: readonly C[]): C[] => clocks.filter(({ state }) => state === 'PAUSED').sort(byLeft);

/** The one that a list shows: due next, or, where all stand still, the one with the least left. */
export const foremost = <C extends ClockFacts>(clocks: readonly C[]): C | undefined => nextDue(clocks) ?? paused(clocks)[0];

/**
 * Open ones first, the one due next at their head; then what is over, the newest first. What came not to count is left out,
 * unless it had been late by then.
 */
export function inOrder<C extends ClockFacts>(clocks: readonly C[]): { open: C[]; over: C[] } {
  const due = ({ dueAt }: C): number => Date.parse(dueAt ?? '9999-01-01T00:00:00Z');
  const running = clocks.filter(({ state }) => state === 'RUNNING').sort((a, b) => due(a) - due(b) || (a.kind < b.kind ? -1 : 1));
  const over = clocks
    .filter(({ state, breachedAt }) => state === 'STOPPED' || (state === 'CANCELLED' && breachedAt !== null))
    .sort((a, b) => Date.parse(b.stoppedAt ?? '') - Date.parse(a.stoppedAt ?? '') || (a.kind < b.kind ? -1 : 1));
  return { open: [...running, ...paused(clocks)], over };
}

/** For the head: of each milestone the newest, where none of its kind is open any more. */
export function headClocks<C extends ClockFacts>(clocks: readonly C[]): { open: C[]; over: C[] } {
  const { open, over } = inOrder(clocks);
  const shown = new Set(open.map(({ kind }) => kind));
  const newest = over.filter(({ kind }) => !shown.has(kind) && Boolean(shown.add(kind)));
  return { open, over: newest };
}
