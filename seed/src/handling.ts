/**
 * How agents work: how they answer what rings, and the steps in which they handle an interaction. Pure: what an agent
 * will do is decided here from a random stream, `agent-actor.ts` does it.
 */
import { DISPOSITIONS, OUTCOMES, type DispositionKey } from './dispositions.js';
import { channels, type Channel } from './generated/channels.js';
import type { QueueKey } from './queues.js';
import { logNormalMean, type Random } from './random.js';
import { agentLetter, drawFacts, fill, TEXTS, type Facts, type Language, type Topic } from './texts.js';

/** Log-normal duration in seconds: half are shorter than `median`. */
interface Duration {
  median: number;
  sigma: number;
}

interface Effort {
  work: Duration;
  wrap: Duration;
}

/** Time an agent is busy with one interaction: `work` with the customer or the text, `wrap` after the conversation. */
const EFFORT: Partial<Record<Channel, Effort>> = {
  VOICE: { work: { median: 205, sigma: 0.55 }, wrap: { median: 28, sigma: 0.5 } },
  CHAT: { work: { median: 120, sigma: 0.4 }, wrap: { median: 15, sigma: 0.4 } },
  SMS: { work: { median: 70, sigma: 0.4 }, wrap: { median: 8, sigma: 0.4 } },
  SOCIAL: { work: { median: 95, sigma: 0.4 }, wrap: { median: 10, sigma: 0.4 } },
  EMAIL: { work: { median: 230, sigma: 0.5 }, wrap: { median: 20, sigma: 0.4 } },
  FAX: { work: { median: 180, sigma: 0.5 }, wrap: { median: 20, sigma: 0.4 } },
  WEB_FORM: { work: { median: 190, sigma: 0.5 }, wrap: { median: 15, sigma: 0.4 } },
  CASE: { work: { median: 300, sigma: 0.5 }, wrap: { median: 25, sigma: 0.4 } },
  TASK: { work: { median: 150, sigma: 0.5 }, wrap: { median: 15, sigma: 0.4 } },
};

/** Of a channel that Vltavia does not measure. */
const USUAL_EFFORT: Effort = { work: { median: 150, sigma: 0.5 }, wrap: { median: 15, sigma: 0.4 } };
const effortOf = (channel: Channel): Effort => EFFORT[channel] ?? USUAL_EFFORT;

/** What a call about an outage takes: the agent has the answer ready. */
const OUTAGE_CALL: Duration = { median: 110, sigma: 0.4 };
const OUTAGE_TOPICS: ReadonlySet<Topic> = new Set(['powerOutage', 'internetOutage']);

/** Share of calls that leave a case for the back office. */
const CASE_SHARE = 0.07;
const TRANSFER_SHARE = 0.04;
const QUESTION_SHARE = 0.22;

const isSpoken = (channel: Channel): boolean => channels[channel].conversation === 'SPOKEN';

/** Mean busy seconds of an agent for one interaction of the channel, wrap-up included, transfers and cases not. */
export function meanEffortSeconds(channel: Channel): number {
  const { work, wrap } = effortOf(channel);
  return logNormalMean(work.median, work.sigma) + logNormalMean(wrap.median, wrap.sigma);
}

/** Mean busy seconds in the back office that a call causes on average. */
export const MEAN_CASE_SECONDS_PER_CALL = CASE_SHARE * meanEffortSeconds('CASE');

/** Busy seconds for one interaction, drawn. */
export function drawEffort(random: Random, channel: Channel, topic: Topic): { workSeconds: number; wrapSeconds: number } {
  const work = isSpoken(channel) && OUTAGE_TOPICS.has(topic) ? OUTAGE_CALL : effortOf(channel).work;
  const { wrap } = effortOf(channel);
  return { workSeconds: random.logNormal(work.median, work.sigma), wrapSeconds: random.logNormal(wrap.median, wrap.sigma) };
}

export type OfferAnswer =
  | { answer: 'ACCEPT'; afterSeconds: number }
  | { answer: 'DECLINE'; afterSeconds: number; reason: string }
  /** Nobody at the desk: the offer rings until it lapses. */
  | { answer: 'NONE' };

const DECLINE_REASONS = [
  'Still busy with the previous customer',
  'Not my product',
  'Know the customer personally',
  'Headset trouble',
] as const;

/** How an agent answers a ringing offer: nearly always by accepting within seconds. */
export function answerOffer(random: Random): OfferAnswer {
  const fate = random.float();
  if (fate < 0.004) return { answer: 'NONE' };
  if (fate < 0.02) return { answer: 'DECLINE', afterSeconds: random.logNormal(4, 0.4), reason: random.pick(DECLINE_REASONS) };
  return { answer: 'ACCEPT', afterSeconds: Math.min(10, random.logNormal(2.6, 0.45)) };
}

/** One step of handling an interaction. Those named for a command send it; the others pass time. */
export type Step =
  /** Keeps the agent busy. */
  | { step: 'WORK'; seconds: number }
  | { step: 'HOLD' }
  | { step: 'RESUME' }
  | { step: 'SEND'; text: string }
  | { step: 'NOTE'; text: string }
  | { step: 'AWAIT_CUSTOMER' }
  /** Leaves the agent free until the customer has answered, or at most so long; null: as long as it takes. */
  | { step: 'UNTIL_ANSWERED'; atMostSeconds: number | null }
  | { step: 'OPEN_CASE'; queue: QueueKey; subject: string; description: string }
  | { step: 'TRANSFER'; queue: QueueKey; note: string }
  | { step: 'ESCALATE'; note: string }
  | { step: 'END' }
  | { step: 'CLOSE'; disposition: DispositionKey; note: string };

/** What an agent holds, as far as it decides how it is handled. */
export interface Held {
  channel: Channel;
  state: 'ACTIVE' | 'ON_HOLD' | 'WAITING_FOR_CUSTOMER' | 'WRAP_UP';
  language: Language;
  topic: Topic;
  transferCount: number;
  escalationLevel: number;
}

/**
 * All that remains to be done with an interaction, from the state it is in. The last step closes it or gives it away.
 *
 * @param at the time for dates in texts, milliseconds since 1970
 */
export function handlingSteps(random: Random, held: Held, agentName: string, at: number): Step[] {
  const facts = drawFacts(random, held.language, at);
  const { workSeconds, wrapSeconds } = drawEffort(random, held.channel, held.topic);
  const closing = [{ step: 'WORK', seconds: wrapSeconds } as const, close(random, held, facts)];
  switch (held.state) {
    case 'WRAP_UP':
      return closing;
    case 'WAITING_FOR_CUSTOMER':
      // Taken over from an earlier run, and there is no telling how long it has waited. A case waits for good.
      return [
        { step: 'UNTIL_ANSWERED', atMostSeconds: held.channel === 'CASE' ? null : 900 },
        { step: 'WORK', seconds: workSeconds / 2 },
        { step: 'END' },
        ...closing,
      ];
    case 'ON_HOLD':
      return [{ step: 'RESUME' }, { step: 'WORK', seconds: workSeconds / 2 }, { step: 'END' }, ...closing];
    case 'ACTIVE':
      return [...conversation(random, held, agentName, facts, workSeconds), ...givenAway(random, held, facts, closing)];
  }
}

/** What remains when the customer never answers: to say so and be done. */
export function unansweredSteps(language: Language): Step[] {
  return [{ step: 'END' }, { step: 'CLOSE', disposition: 'noAnswer', note: TEXTS[language].noAnswer }];
}

/** After the conversation: usually closed, sometimes passed on. */
function givenAway(random: Random, held: Held, facts: Facts, closing: Step[]): Step[] {
  const texts = TEXTS[held.language];
  const spoken = isSpoken(held.channel);
  const transferTo = otherQueue(held);
  if (spoken && transferTo && held.transferCount === 0 && random.chance(TRANSFER_SHARE)) {
    return [{ step: 'TRANSFER', queue: transferTo, note: random.pick(texts.transferNotes) }];
  }
  const complaint = held.topic === 'complaintInvoice' || held.topic === 'complaintTechnician';
  if (held.escalationLevel === 0 && random.chance(complaint ? 0.06 : 0.006)) {
    return [{ step: 'ESCALATE', note: random.pick(texts.escalationNotes) }];
  }
  if (spoken && random.chance(CASE_SHARE)) {
    return [
      { step: 'END' },
      {
        step: 'OPEN_CASE',
        queue: complaint ? 'complaints' : 'letters',
        subject: random.pick(texts.topics[held.topic].subjects),
        description: fill(random.pick(texts.caseReasons), facts),
      },
      ...closing,
    ];
  }
  return [{ step: 'END' }, ...closing];
}

function conversation(random: Random, held: Held, agentName: string, facts: Facts, workSeconds: number): Step[] {
  const texts = TEXTS[held.language];
  const topic = texts.topics[held.topic];
  const work = (share: number): Step => ({ step: 'WORK', seconds: workSeconds * share });
  const { conversation, live } = channels[held.channel];
  switch (conversation) {
    case 'SPOKEN': {
      if (!random.chance(0.18)) return [work(1)];
      return [work(0.5), { step: 'HOLD' }, work(0.15), { step: 'RESUME' }, work(0.35)];
    }
    case 'MESSAGES': {
      if (!live)
        return [
          work(0.8),
          { step: 'SEND', text: fill(topic.chat[1], facts) },
          ...(random.chance(0.4) ? [...awaiting(900), work(0.2)] : []),
        ];
      const lines = topic.chat.filter((_, index) => index % 2 === 1);
      return lines.flatMap((line, index): Step[] => [
        work(1 / lines.length),
        { step: 'SEND', text: fill(line, facts) },
        ...(index < lines.length - 1 ? awaiting(180) : []),
      ]);
    }
    case 'LETTERS': {
      const letter = (body: string): Step => ({ step: 'SEND', text: agentLetter(held.language, fill(body, facts), agentName) });
      const asks = random.chance(QUESTION_SHARE);
      return [
        work(asks ? 0.5 : 1),
        ...(asks ? [letter(random.pick(texts.questions)), ...awaiting(2_700), work(0.5)] : []),
        letter(topic.reply),
      ];
    }
    case 'NONE':
      if (held.channel === 'TASK') return [work(1)];
      return [
        work(0.7),
        { step: 'NOTE', text: fill(random.pick(texts.caseReasons), facts) },
        ...(random.chance(0.3) ? awaiting(3_600) : []),
        work(0.3),
      ];
    case 'PAPER':
      return [work(1)];
  }
}

function awaiting(atMostSeconds: number): Step[] {
  return [{ step: 'AWAIT_CUSTOMER' }, { step: 'UNTIL_ANSWERED', atMostSeconds }];
}

/** Where a call goes that came to the wrong team; the English desk does everything itself. */
function otherQueue(held: Held): QueueKey | null {
  const technical =
    OUTAGE_TOPICS.has(held.topic) || held.topic === 'routerProblem' || held.topic === 'tvBox' || held.topic === 'mobileData';
  switch (held.language) {
    case 'cs':
      return technical ? 'billingCs' : 'techCs';
    case 'pl':
      return technical ? 'carePl' : 'techPl';
    case 'en':
      return null;
  }
}

function close(random: Random, held: Held, facts: Facts): Step {
  const disposition = drawDisposition(random, held.topic, held.channel);
  return { step: 'CLOSE', disposition, note: fill(random.pick(TEXTS[held.language].topics[held.topic].notes), facts) };
}

/** How such a contact ends, among the dispositions that the channel shows. */
export function drawDisposition(random: Random, topic: Topic, channel: Channel): DispositionKey {
  const shown = (Object.entries(OUTCOMES[topic]) as [DispositionKey, number][]).filter(([key]) => {
    const channels: readonly Channel[] = DISPOSITIONS[key].channels;
    return channels.length === 0 || channels.includes(channel);
  });
  return shown.length > 0 ? random.weighted(shown) : 'informed';
}

/** Order in which an agent attends to what is held, the lowest first: a call cannot wait, a form can; what is nearly done is finished first. */
export function attention(channel: Channel, state: Held['state']): number {
  const { conversation, live } = channels[channel];
  const rank = { SPOKEN: 0, MESSAGES: live ? 1 : 2, LETTERS: 3, PAPER: 3, NONE: 4 }[conversation];
  return state === 'WRAP_UP' ? rank - 0.5 : rank;
}
