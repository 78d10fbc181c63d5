/** The story of an interaction in the order in which it is read: what happened together stands together. Pure. */
import type { InteractionRecordQuery, StoryLinePartsFragment } from './generated/operations';

export type Line = StoryLinePartsFragment;
export type Clock = InteractionRecordQuery['interaction']['clocks'][number];

/** An event of the log, or a clock that began or ended, which the log does not tell by itself. */
export type Happening =
  { is: 'event'; key: string; at: string; line: Line } | { is: 'began' | 'ended'; key: string; at: string; clock: Clock };

/** What follows from something this soon is told together with it. */
const TOGETHER_MS = 5_000;

const isReset = (line: Line, clock: Clock): boolean =>
  line.event.type === 'sla.reset' && (line.event.facts as { clockId?: unknown } | null)?.clockId === clock.id;

/**
 * @param lines newest first
 * @param whole whether there are no older ones: else a clock that began before the oldest of them waits for its place
 * @returns oldest first
 */
export function happenings(lines: readonly Line[], clocks: readonly Clock[], whole: boolean): Happening[] {
  const told = lines.toReversed().map((line): Happening => ({ is: 'event', key: line.event.seq, at: line.event.at, line }));
  const oldest = told[0]?.at ?? '';
  const moves = clocks
    .flatMap((clock): Happening[] => [
      ...(lines.some((line) => isReset(line, clock) && line.event.at === clock.startedAt)
        ? []
        : [{ is: 'began' as const, key: `${clock.id} began`, at: clock.startedAt, clock }]),
      ...(clock.stoppedAt ? [{ is: 'ended' as const, key: `${clock.id} ended`, at: clock.stoppedAt, clock }] : []),
    ])
    .filter(({ at }) => whole || Date.parse(at) >= Date.parse(oldest))
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const all: Happening[] = [];
  let next = 0;
  for (const one of told) {
    for (let move = moves[next]; move && Date.parse(move.at) < Date.parse(one.at); move = moves[next]) {
      all.push(move);
      next += 1;
    }
    all.push(one);
  }
  return [...all, ...moves.slice(next)];
}

/**
 * Groups of what happened at one moment, or followed from something of the group within seconds.
 *
 * @param all oldest first
 * @returns the newest group first; inside of a group, what happened first stands first
 */
export function groups(all: readonly Happening[]): Happening[][] {
  const made: Happening[][] = [];
  let seqs = new Set<string>();
  for (const one of all) {
    const group = made.at(-1);
    const cause = one.is === 'event' ? one.line.event.causeSeq : null;
    const follows = cause != null && seqs.has(cause) && Date.parse(one.at) - Date.parse(group?.[0]?.at ?? '') <= TOGETHER_MS;
    if (group && (group.at(-1)?.at === one.at || follows)) group.push(one);
    else {
      made.push([one]);
      seqs = new Set();
    }
    if (one.is === 'event') seqs.add(one.line.event.seq);
  }
  return made.reverse();
}
