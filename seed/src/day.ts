/**
 * The course of a day: how many contacts arrive when, about what, and how long the customers wait. Pure: time and the
 * random stream come in. Times are seconds since the midnight that begins the first simulated day.
 */
import { MEAN_CASE_SECONDS_PER_CALL, meanEffortSeconds } from './handling.js';
import { ENTRY_POINTS, type EntryPointSpec } from './entry-points.js';
import { channels, type Channel } from './generated/channels.js';
import { randomStream, type Random } from './random.js';
import type { Topic } from './texts.js';

export const DAY_SECONDS = 86_400;

/** Arrivals an hour, all channels, when the day's curve is at 1; sized for {@link TEAMS}, see {@link offeredErlangs}. */
export const PEAK_ARRIVALS_PER_HOUR = 540;

/** The day's curve at each full hour, 0 to 1, straight in between. It follows the shifts in `staffing.ts`. */
const CURVE = [
  0.02, 0.02, 0.02, 0.02, 0.02, 0.03, 0.06, 0.2, 0.62, 0.88, 0.88, 0.88, 0.98, 1, 1, 1, 0.9, 0.46, 0.12, 0.1, 0.08, 0.04, 0.03, 0.02,
] as const;

/** Share of the busiest hour's arrivals at a time of day, 0 to 1. */
export function dayCurve(at: number): number {
  const hour = (((at % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS) / 3_600;
  const before = CURVE[Math.floor(hour)] ?? 0;
  const after = CURVE[(Math.floor(hour) + 1) % 24] ?? 0;
  return before + (after - before) * (hour % 1);
}

/** Ordinary arrivals a second, all channels, outages not included. */
export function ordinaryRate(at: number): number {
  return (PEAK_ARRIVALS_PER_HOUR / 3_600) * dayCurve(at);
}

/** Something fails in one place, and those who live there call. */
export interface Outage {
  from: number;
  until: number;
  /** Arrivals a second at its height, besides the ordinary. */
  extraRate: number;
  topic: Topic;
  /** Entry points that are called, with their share. */
  entries: readonly (readonly [EntryPointSpec, number])[];
  /** Which of the language's places it is, by index; to be taken modulo their number. */
  placeIndex: number;
}

const OUTAGE_SECONDS = 480;
const RAMP_SECONDS = 60;
/** From the day's start: a newcomer sees the first one, and its end, within the first quarter of an hour. */
const FIRST_OUTAGE_AFTER = 180;

const OUTAGE_KINDS: readonly { topic: Topic; extraRate: number; calls: Record<string, number> }[] = [
  { topic: 'powerOutage', extraRate: 0.2, calls: { '+420800000111': 88, '+420736000100': 6, 'web/chat/cs': 6 } },
  { topic: 'powerOutage', extraRate: 0.11, calls: { '+48800000111': 90, 'web/chat/pl': 10 } },
  { topic: 'internetOutage', extraRate: 0.16, calls: { '+420800000113': 85, 'web/chat/cs': 15 } },
  { topic: 'powerOutage', extraRate: 0.07, calls: { '+448081570111': 100 } },
];

/**
 * The outages of a run, one after another without end: Czech power first, then by chance.
 *
 * @param startAt when the simulated day starts
 */
export function* outages(seed: number, startAt: number): Generator<Outage, never> {
  const random = randomStream(seed, 'outages');
  let from = startAt + FIRST_OUTAGE_AFTER;
  for (let index = 0; ; index++) {
    const kind = (
      index === 0 ? OUTAGE_KINDS[0] : random.weighted(OUTAGE_KINDS.map((each) => [each, each.extraRate] as const))
    ) as (typeof OUTAGE_KINDS)[number];
    yield {
      from,
      until: from + OUTAGE_SECONDS,
      extraRate: kind.extraRate * (index === 0 ? 1 : 0.8 + 0.4 * random.float()),
      topic: kind.topic,
      entries: ENTRY_POINTS.flatMap((entry) => (kind.calls[entry.address] ? [[entry, kind.calls[entry.address] ?? 0] as const] : [])),
      placeIndex: random.int(0, 1_000),
    };
    from += OUTAGE_SECONDS + 1_800 + random.exponential(1_800);
  }
}

/** Extra arrivals a second because of an outage: up within a minute, level, down within a minute. */
export function outageRate(outage: Outage, at: number): number {
  if (at <= outage.from || at >= outage.until) return 0;
  return outage.extraRate * Math.min(1, (at - outage.from) / RAMP_SECONDS, (outage.until - at) / RAMP_SECONDS);
}

/**
 * When the next contact arrives in a Poisson process whose rate changes with time, by thinning (Lewis and Shedler).
 *
 * @param after the time of the last arrival
 * @param rate arrivals a second at a time
 * @param ceiling no lower than the rate ever is, above 0
 */
export function nextArrival(random: Random, after: number, rate: (at: number) => number, ceiling: number): number {
  let at = after;
  do at += random.exponential(1 / ceiling);
  while (random.float() * ceiling >= rate(at));
  return at;
}

export interface Arrival {
  entry: EntryPointSpec;
  topic: Topic;
  outage: Outage | null;
  /** How long the customer waits for an agent; null for those who wrote and went on with their day. */
  patienceSeconds: number | null;
  /** The caller hides their number. */
  anonymous: boolean;
}

/**
 * What arrives at a time: an ordinary contact, or one that an outage caused.
 *
 * @param entries the ways in that there are; at least one
 */
export function drawArrival(random: Random, at: number, outage: Outage | null, entries: readonly EntryPointSpec[] = ENTRY_POINTS): Arrival {
  const extra = outage ? outageRate(outage, at) : 0;
  const called = outage ? outage.entries.filter(([entry]) => entries.includes(entry)) : [];
  const caused = outage !== null && called.length > 0 && random.float() * (ordinaryRate(at) + extra) < extra;
  const entry = random.weighted(caused ? called : entries.map((each) => [each, each.share] as const));
  return {
    entry,
    topic: caused ? outage.topic : random.pick(entry.topics),
    outage: caused ? outage : null,
    patienceSeconds: drawPatience(random, entry.channel),
    anonymous: isSpoken(entry.channel) && random.chance(0.02),
  };
}

/** Who starts in the middle of the day finds agents at work: so many seconds later they would all have arrived. */
const OPENING_SECONDS = 25;

/**
 * The contacts that would be in hand already at a time, as arrivals of the first half minute: one for each agent whom
 * the ordinary load keeps busy.
 *
 * @param inHand how many there are already, from an earlier run
 */
export function openingArrivals(
  random: Random,
  at: number,
  inHand: number,
  entries: readonly EntryPointSpec[] = ENTRY_POINTS,
): { afterSeconds: number; arrival: Arrival }[] {
  const count = Math.max(0, Math.round(offeredErlangs(at)) - inHand);
  // What takes long is in hand more often than it arrives.
  const weights = entries.map((entry) => [entry, entry.share * meanEffortSeconds(entry.channel)] as const);
  return Array.from({ length: count }, () => {
    const entry = random.weighted(weights);
    return {
      afterSeconds: 2 + random.float() * OPENING_SECONDS,
      arrival: {
        entry,
        topic: random.pick(entry.topics),
        outage: null,
        patienceSeconds: drawPatience(random, entry.channel),
        anonymous: false,
      },
    };
  });
}

const isSpoken = (channel: Channel): boolean => channels[channel].conversation === 'SPOKEN';

/** Seconds until a customer who is not answered leaves, or null where nobody waits at the other end. */
export function drawPatience(random: Random, channel: Channel): number | null {
  if (!channels[channel].live) return null;
  if (!isSpoken(channel)) return random.logNormal(150, 0.7);
  // One in fifty hangs up at once: wrong number, or the doorbell rang.
  return random.chance(0.02) ? random.exponential(4) : random.logNormal(140, 0.8);
}

/** After how long a customer answers an agent, in seconds; null where they never do. */
export function drawReplyDelay(random: Random, channel: Channel): number | null {
  const { conversation, live } = channels[channel];
  if (conversation !== 'MESSAGES') return random.chance(0.75) ? random.logNormal(480, 0.7) : null;
  if (live) return random.chance(0.96) ? random.logNormal(22, 0.5) : null;
  return random.chance(0.85) ? random.logNormal(80, 0.7) : null;
}

/** Agents kept busy on average by the ordinary arrivals of a time, children and wrap-up included (erlangs). */
export function offeredErlangs(at: number): number {
  const shares = ENTRY_POINTS.reduce((sum, { share }) => sum + share, 0);
  const effort = ENTRY_POINTS.reduce(
    (sum, { channel, share }) => sum + share * (meanEffortSeconds(channel) + (isSpoken(channel) ? MEAN_CASE_SECONDS_PER_CALL : 0)),
    0,
  );
  return ordinaryRate(at) * (effort / shares);
}
