/**
 * The last 90 days of a contact center: who turned to it about what, who answered, and how it ended. Pure: the seed, the
 * number and the reference time decide all of it. Comes in batches, because a benchmark asks for millions.
 */
import type { ContactCenter } from './contact-center.js';
import { HISTORY_DAYS, type CustomerRecord } from './customers.js';
import { dayCurve } from './day.js';
import type { HistoryBatch } from './history-records.js';
import { PastContacts, type PastOutage, type Sequel } from './past-contacts.js';
import { addEnded, addOpen } from './past-course.js';
import { randomStream, type Random } from './random.js';
import { TEXTS, type Language } from './texts.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nothing of the closed history happens in the last hours, so that all of it can have ended by the reference time. */
const QUIET = 12 * HOUR;
/** Central European Time, in which the curve of the day is meant. */
const ZONE = HOUR;
const BATCH = 2_000;

/**
 * Closed contacts, oldest first.
 *
 * @param part tells runs on the same database apart: another one gives other contacts of the same customers
 * @param count how many contacts, 0 or more
 * @param reference "now", milliseconds since 1970
 */
export function* history(
  center: ContactCenter,
  people: readonly CustomerRecord[],
  { seed, part, count, reference }: { seed: number; part: number; count: number; reference: number },
): Generator<HistoryBatch> {
  const random = randomStream(seed, 'history', part);
  const past = new PastContacts(center, people, random);
  const times = arrivalTimes(random, count, reference);
  const outages = pastOutages(random, reference);
  const sequels: Sequel[] = [];

  for (let first = 0; first < count; first += BATCH) {
    const batch: HistoryBatch = { interactions: [], messages: [] };
    for (const createdAt of times.subarray(first, first + BATCH)) {
      const due = sequels.findIndex(({ notBefore }) => notBefore <= createdAt);
      const [sequel] = due >= 0 ? sequels.splice(due, 1) : [];
      const outage = outages.find(({ from, until }) => createdAt >= from && createdAt < until);
      const next = addEnded(random, past, sequel ? past.sequel(sequel) : past.contact(outage), createdAt, batch);
      if (next) sequels.push(next);
    }
    yield batch;
  }
}

/**
 * Cases that are still open, so that some customers have a complaint that nobody may forget: nearly all wait for the
 * customer, one is being worked on, and a few wait in the queue.
 */
export function openCases(
  center: ContactCenter,
  people: readonly CustomerRecord[],
  { seed, count, reference }: { seed: number; count: number; reference: number },
): HistoryBatch {
  const random = randomStream(seed, 'open cases');
  const past = new PastContacts(center, people, random);
  const batch: HistoryBatch = { interactions: [], messages: [] };
  for (let index = 0; index < count; index++) {
    const contact = past.case();
    // One in six waits in its queue, for some minutes; the others were accepted long ago. The first two are with the
    // first who may have them, so that whoever tries the desk finds it with something to do.
    const waits = index % 6 === 5;
    const minutes = waits ? random.int(2, 20) : random.int(300, 11_300);
    const agent = waits ? null : index < 2 ? (past.able(contact)[0] ?? null) : past.agent(contact);
    addOpen(random, contact, reference - minutes * 60_000, agent, index === 0 ? 'ACTIVE' : 'WAITING_FOR_CUSTOMER', batch);
  }
  return batch;
}

/** Sorted times over the last 90 days, as many in each hour as the day's curve and the weekend make likely. */
function arrivalTimes(random: Random, count: number, reference: number): Float64Array {
  const begin = reference - HISTORY_DAYS * DAY;
  const hours = Math.floor((reference - QUIET - begin) / HOUR);
  const upTo = new Float64Array(hours + 1);
  for (let hour = 0; hour < hours; hour++) {
    const local = begin + hour * HOUR + ZONE;
    const weekend = new Date(local).getUTCDay() % 6 === 0 ? 0.3 : 1;
    upTo[hour + 1] = (upTo[hour] ?? 0) + weekend * dayCurve((local % DAY) / 1_000);
  }
  const total = upTo[hours] ?? 1;
  const drawn = Float64Array.from({ length: count }, () => random.float() * total).sort();
  let hour = 0;
  return drawn.map((mass) => {
    while (hour < hours - 1 && (upTo[hour + 1] ?? 0) <= mass) hour++;
    const low = upTo[hour] ?? 0;
    return Math.round(begin + (hour + (mass - low) / ((upTo[hour + 1] ?? 0) - low)) * HOUR);
  });
}

/** A dozen, each in one place and for half a day. */
function pastOutages(random: Random, reference: number): PastOutage[] {
  return Array.from({ length: 12 }, () => {
    const language = random.weighted<Language>([
      ['cs', 7],
      ['pl', 3],
      ['en', 2],
    ]);
    const from = reference - QUIET - DAY - random.float() * (HISTORY_DAYS - 3) * DAY;
    return {
      from,
      until: from + (2 + random.float() * 5) * HOUR,
      language,
      topic: random.pick(['powerOutage', 'powerOutage', 'internetOutage'] as const),
      place: random.pick(TEXTS[language].places),
    };
  });
}
