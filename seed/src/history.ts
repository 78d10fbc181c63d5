/**
 * The last 90 days of a contact center: who turned to it about what, who answered, and how it ended. Pure: the seed, the
 * number and the reference time decide all of it. Comes in batches, because a benchmark asks for millions.
 */
import type { AgentRecord, ContactCenter, EntryPointRecord, SkillRequirement } from './contact-center.js';
import { addressOf, HISTORY_DAYS, type CustomerRecord } from './customers.js';
import { dayCurve } from './day.js';
import { drawDisposition, drawEffort } from './handling.js';
import { COMPANY_DOMAIN, type Channel, type DispositionKey, type QueueKey } from './organisation.js';
import { randomStream, type Random } from './random.js';
import { agentLetter, customerLetter, drawFacts, fill, TEXTS, type Facts, type Language, type Topic } from './texts.js';
import { uuidV7 } from './uuid.js';

/** Times are milliseconds since 1970 here and below. */
export interface InteractionRecord {
  id: string;
  channel: Channel;
  direction: 'INBOUND';
  state: 'QUEUED' | 'ACTIVE' | 'WAITING_FOR_CUSTOMER' | 'CLOSED' | 'ABANDONED';
  subject: string;
  description: string | null;
  priority: number;
  skills: SkillRequirement[];
  queueId: string;
  agentId: string | null;
  customerId: string | null;
  parentId: string | null;
  customerAddress: string | null;
  entryAddress: string | null;
  createdAt: number;
  queuedAt: number;
  acceptedAt: number | null;
  endedAt: number | null;
  closedAt: number | null;
  dispositionId: string | null;
  dispositionNote: string | null;
  transferCount: number;
}

export interface MessageRecord {
  id: string;
  interactionId: string;
  direction: 'INBOUND' | 'OUTBOUND';
  authorId: string | null;
  from: string | null;
  to: string[];
  subject: string | null;
  text: string;
  internal: boolean;
  messageId: string | null;
  inReplyTo: string | null;
  delivery: 'NONE' | 'SENT';
  createdAt: number;
}

export interface HistoryBatch {
  interactions: InteractionRecord[];
  messages: MessageRecord[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Nothing of the closed history happens in the last hours, so that all of it can have ended by the reference time. */
const QUIET = 12 * HOUR;
/** Central European Time, in which the curve of the day is meant. */
const ZONE = HOUR;
const BATCH = 2_000;
const MESSAGE_CHANNELS: ReadonlySet<Channel> = new Set(['EMAIL', 'WEB_FORM', 'CHAT', 'SMS', 'SOCIAL']);
const LIVE_CHANNELS: ReadonlySet<Channel> = new Set(['VOICE', 'CHAT']);

/** What a contact leaves for later: the customer comes back, or a call opened a case. */
interface Sequel {
  notBefore: number;
  customer: CustomerRecord;
  topic: Topic;
  parentId: string | null;
}

/** A day on which many people had the same trouble. */
interface PastOutage {
  from: number;
  until: number;
  language: Language;
  topic: Topic;
  place: string;
}

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
  const past = new Past(center, people, random);
  const times = arrivalTimes(random, count, reference);
  const outages = pastOutages(random, reference);
  const sequels: Sequel[] = [];

  for (let first = 0; first < count; first += BATCH) {
    const batch: HistoryBatch = { interactions: [], messages: [] };
    for (const createdAt of times.subarray(first, first + BATCH)) {
      const due = sequels.findIndex(({ notBefore }) => notBefore <= createdAt);
      const [sequel] = due >= 0 ? sequels.splice(due, 1) : [];
      const outage = outages.find(({ from, until }) => createdAt >= from && createdAt < until);
      const contact = sequel ? past.sequel(sequel) : past.contact(outage);
      const next = past.write(contact, createdAt, batch);
      if (next) sequels.push(next);
    }
    yield batch;
  }
}

/**
 * Cases that are still open, for customers whose complaint is not answered yet: most wait for the customer, some are being
 * worked on, and a few wait in the queue.
 */
export function openCases(
  center: ContactCenter,
  people: readonly CustomerRecord[],
  { seed, count, reference }: { seed: number; count: number; reference: number },
): HistoryBatch {
  const random = randomStream(seed, 'open cases');
  const past = new Past(center, people, random);
  const batch: HistoryBatch = { interactions: [], messages: [] };
  const ages = Array.from({ length: count }, (_, index) => (waits(index) ? 10 + random.int(0, 50) : 300 + random.int(0, 11_000)));
  for (const [index, minutes] of ages.entries()) past.writeOpen(reference - minutes * 60_000, index, batch);
  return batch;
}

/** One in six waits in its queue, for less than an hour; the others were accepted long ago. */
const waits = (index: number): boolean => index % 6 === 5;

/** One contact before its course is known. */
interface Contact {
  customer: CustomerRecord;
  language: Language;
  topic: Topic;
  entry: EntryPointRecord;
  place: string | null;
  parentId: string | null;
}

/** Knows who may do what, and draws from it. */
class Past {
  private readonly agentsOfQueue = new Map<string, AgentRecord[]>();
  private readonly queueIds: ReadonlyMap<QueueKey, string>;
  private readonly dispositionIds: ReadonlyMap<DispositionKey, string>;
  private readonly customersOf: Record<Language, { all: CustomerRecord[]; vip: CustomerRecord[] }>;
  private readonly entries: (readonly [EntryPointRecord, number])[];
  private readonly cases: Record<Language, EntryPointRecord | undefined>;

  constructor(
    center: ContactCenter,
    people: readonly CustomerRecord[],
    private readonly random: Random,
  ) {
    for (const agent of center.agents) {
      for (const { queueId, level } of agent.memberships) {
        if (level > 1) continue;
        const members = this.agentsOfQueue.get(queueId) ?? [];
        this.agentsOfQueue.set(queueId, [...members, agent]);
      }
    }
    this.queueIds = new Map(center.queues.map(({ key, id }) => [key, id]));
    this.dispositionIds = new Map(center.dispositions.map(({ key, id }) => [key, id]));
    const speaking = (language: Language): { all: CustomerRecord[]; vip: CustomerRecord[] } => {
      const all = people.filter((customer) => customer.language === language);
      return { all, vip: all.filter(({ tier }) => tier === 'VIP') };
    };
    this.customersOf = { cs: speaking('cs'), pl: speaking('pl'), en: speaking('en') };
    const inUse = center.entryPoints.filter(({ spec }) => this.customersOf[spec.language].all.length > 0);
    this.entries = inUse.map((entry) => [entry, entry.spec.share]);
    const caseEntry = (language: Language): EntryPointRecord | undefined =>
      inUse.find(({ channel, spec }) => channel === 'CASE' && spec.language === language) ?? inUse.find(({ channel }) => channel === 'CASE');
    this.cases = { cs: caseEntry('cs'), pl: caseEntry('pl'), en: caseEntry('en') };
  }

  contact(outage: PastOutage | undefined): Contact {
    if (outage && this.random.chance(0.6)) {
      const calls = this.entries.filter(([{ spec }]) => spec.language === outage.language && spec.topics.includes(outage.topic) && !spec.vip);
      if (calls.length > 0) {
        const entry = this.random.weighted(calls);
        return { ...this.from(entry), topic: outage.topic, place: outage.place };
      }
    }
    return this.from(this.random.weighted(this.entries));
  }

  sequel({ customer, topic, parentId }: Sequel): Contact {
    if (parentId !== null) {
      const entry = this.cases[customer.language] ?? this.random.weighted(this.entries);
      return { customer, language: customer.language, topic, entry, place: null, parentId };
    }
    const ways = this.entries.filter(([{ spec }]) => spec.language === customer.language && spec.topics.includes(topic) && (!spec.vip || customer.tier === 'VIP'));
    if (ways.length === 0) return this.contact(undefined);
    return { customer, language: customer.language, topic, entry: this.random.weighted(ways), place: null, parentId: null };
  }

  private from(entry: EntryPointRecord): Contact {
    const { all, vip } = this.customersOf[entry.spec.language];
    const pool = entry.spec.vip && vip.length > 0 ? vip : all;
    // Some people are in touch every month and most once a year.
    const customer = pool[Math.floor(pool.length * this.random.float() ** 1.7)] as CustomerRecord;
    return { customer, language: entry.spec.language, topic: this.random.pick(entry.spec.topics), entry, place: null, parentId: null };
  }

  /** Adds a contact that has ended; the answer is what it leads to later. */
  write(contact: Contact, createdAt: number, batch: HistoryBatch): Sequel | null {
    const { random } = this;
    const { customer, language, topic, entry } = contact;
    const channel = entry.channel;
    const live = LIVE_CHANNELS.has(channel);
    const facts = { ...drawFacts(random, language, createdAt), ...(contact.place ? { place: contact.place } : {}) };
    const interaction = this.opened(contact, createdAt, facts);
    batch.interactions.push(interaction);

    const waitMs = 1_000 * (live ? random.logNormal(14, 1) : random.logNormal(2_400, 0.9));
    if (live && random.chance(0.05)) {
      interaction.state = 'ABANDONED';
      interaction.closedAt = createdAt + Math.round(waitMs * 2) + 5_000;
      return random.chance(0.4) ? { notBefore: createdAt + 10 * 60_000, customer, topic, parentId: null } : null;
    }

    const agent = this.agent(entry);
    const { workSeconds, wrapSeconds } = drawEffort(random, channel, topic);
    const asked = !live && MESSAGE_CHANNELS.has(channel) && random.chance(0.2);
    const questionMs = asked ? Math.round(1_000 * Math.min(3 * 3_600, random.logNormal(1_500, 0.8))) : 0;
    interaction.state = 'CLOSED';
    interaction.agentId = agent.id;
    interaction.acceptedAt = createdAt + Math.round(Math.min(waitMs, 5 * HOUR));
    interaction.endedAt = interaction.acceptedAt + Math.round(1_000 * workSeconds) + questionMs;
    interaction.closedAt = interaction.endedAt + Math.round(1_000 * wrapSeconds);
    interaction.dispositionId = this.dispositionId(drawDisposition(random, topic, channel));
    interaction.dispositionNote = fill(random.pick(TEXTS[language].topics[topic].notes), facts);
    interaction.transferCount = channel === 'VOICE' && random.chance(0.05) ? 1 : 0;
    if (MESSAGE_CHANNELS.has(channel)) this.correspond(contact, interaction, agent, facts, asked, batch);
    if (channel === 'VOICE' && random.chance(0.05)) {
      return { notBefore: interaction.closedAt, customer, topic, parentId: interaction.id };
    }
    if (random.chance(0.12)) {
      return { notBefore: interaction.closedAt + Math.round(random.logNormal(2 * DAY, 0.7)), customer, topic, parentId: null };
    }
    return null;
  }

  /** Adds a complaint that is still open; `index` decides with whom it is. */
  writeOpen(createdAt: number, index: number, batch: HistoryBatch): void {
    const { random } = this;
    const entries = this.entries.filter(([{ channel }]) => channel === 'CASE');
    if (entries.length === 0) return;
    const contact = this.from(random.weighted(entries));
    const facts = drawFacts(random, contact.language, createdAt);
    const interaction = this.opened(contact, createdAt, facts);
    batch.interactions.push(interaction);
    if (waits(index)) return;
    // Two are with the first who may have them: whoever tries the desk finds it with something to do.
    const agent = index < 2 ? this.members(contact.entry)[0] : this.agent(contact.entry);
    if (!agent) return;
    interaction.acceptedAt = createdAt + random.int(5, 55) * 60_000;
    interaction.agentId = agent.id;
    interaction.state = index % 5 === 0 ? 'ACTIVE' : 'WAITING_FOR_CUSTOMER';
    const at = interaction.acceptedAt + random.int(4, 20) * 60_000;
    batch.messages.push(this.message(interaction, at, { direction: 'OUTBOUND', internal: true, authorId: agent.id, text: fill(random.pick(TEXTS[contact.language].caseReasons), facts) }));
  }

  private opened({ customer, language, topic, entry, place, parentId }: Contact, createdAt: number, facts: Facts): InteractionRecord {
    const { random } = this;
    const texts = TEXTS[language].topics[topic];
    const subject = random.pick(texts.subjects);
    const written = MESSAGE_CHANNELS.has(entry.channel);
    return {
      id: uuidV7(random, createdAt),
      channel: entry.channel,
      direction: 'INBOUND',
      state: 'QUEUED',
      subject: place ? `${subject} · ${place}` : subject,
      description: written ? null : fill(entry.channel === 'VOICE' ? texts.chat[0] : random.pick(texts.requests), facts),
      priority: Math.min(100, (entry.priority ?? 50) + (customer.tier === 'VIP' ? 20 : 0)),
      skills: entry.skills,
      queueId: parentId === null ? entry.queueId : this.queueOfCase(topic),
      agentId: null,
      customerId: customer.id,
      parentId,
      customerAddress: addressOf(customer, entry.channel),
      entryAddress: parentId === null ? entry.address : null,
      createdAt,
      queuedAt: createdAt,
      acceptedAt: null,
      endedAt: null,
      closedAt: null,
      dispositionId: null,
      dispositionNote: null,
      transferCount: 0,
    };
  }

  /** The messages of a contact in writing, between its opening and its end. */
  private correspond({ customer, language, topic, entry }: Contact, interaction: InteractionRecord, agent: AgentRecord, facts: Facts, asked: boolean, batch: HistoryBatch): void {
    const { random } = this;
    const texts = TEXTS[language];
    const acceptedAt = interaction.acceptedAt ?? interaction.createdAt;
    const endedAt = interaction.endedAt ?? acceptedAt;
    const say = (side: 'customer' | 'agent', share: number, text: string): void => {
      const at = side === 'customer' && share === 0 ? interaction.createdAt : Math.round(acceptedAt + (endedAt - acceptedAt) * share);
      const previous = batch.messages.at(-1);
      const mail = interaction.channel === 'EMAIL';
      const address = mail && interaction.customerAddress ? interaction.customerAddress : null;
      const id = uuidV7(random, at);
      batch.messages.push({
        ...this.message(interaction, at, { direction: side === 'customer' ? 'INBOUND' : 'OUTBOUND', internal: false, authorId: side === 'agent' ? agent.id : null, text }),
        id,
        from: mail ? (side === 'customer' ? address : entry.address) : null,
        to: mail ? [side === 'customer' ? entry.address : (address ?? '')].filter(Boolean) : [],
        subject: mail ? (previous?.interactionId === interaction.id ? `Re: ${interaction.subject}` : interaction.subject) : null,
        messageId: mail ? `<${id}@${side === 'customer' && address ? address.split('@')[1] : COMPANY_DOMAIN}>` : null,
        inReplyTo: mail && previous?.interactionId === interaction.id ? previous.messageId : null,
      });
    };

    const { requests, reply, chat } = texts.topics[topic];
    switch (interaction.channel) {
      case 'EMAIL':
      case 'WEB_FORM':
        say('customer', 0, customerLetter(language, fill(random.pick(requests), facts), customer.name));
        if (asked) {
          say('agent', 0.3, agentLetter(language, fill(random.pick(texts.questions), facts), agent.name));
          say('customer', 0.7, customerLetter(language, fill(random.pick(texts.customerAnswers), facts), customer.name));
        }
        say('agent', 0.98, agentLetter(language, fill(reply, facts), agent.name));
        break;
      case 'CHAT':
        for (const [index, line] of chat.entries()) say(index % 2 === 0 ? 'customer' : 'agent', index / chat.length, fill(line, facts));
        break;
      default:
        say('customer', 0, fill(chat[0], facts));
        say('agent', 0.9, fill(chat[1], facts));
    }
  }

  private message(interaction: InteractionRecord, at: number, rest: Pick<MessageRecord, 'direction' | 'internal' | 'authorId' | 'text'>): MessageRecord {
    return {
      id: uuidV7(this.random, at),
      interactionId: interaction.id,
      from: null,
      to: [],
      subject: null,
      messageId: null,
      inReplyTo: null,
      delivery: rest.direction === 'OUTBOUND' && !rest.internal ? 'SENT' : 'NONE',
      createdAt: at,
      ...rest,
    };
  }

  /** One of the queue's first level who speaks the language and takes the channel, where there is one. */
  private agent(entry: EntryPointRecord): AgentRecord {
    return this.random.pick(this.members(entry));
  }

  private members(entry: EntryPointRecord): AgentRecord[] {
    const members = this.agentsOfQueue.get(entry.queueId) ?? [];
    const able = members.filter(
      (agent) =>
        agent.channels.includes(entry.channel) &&
        entry.skills.every(
          ({ skillId, minLevel, mandatory }) => !mandatory || agent.skills.some((skill) => skill.skillId === skillId && skill.level >= minLevel),
        ),
    );
    return able.length > 0 ? able : members;
  }

  private queueOfCase(topic: Topic): string {
    return this.queueIds.get(topic === 'complaintInvoice' || topic === 'complaintTechnician' ? 'complaints' : 'letters') ?? '';
  }

  private dispositionId(key: DispositionKey): string {
    return this.dispositionIds.get(key) ?? '';
  }
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
    const language = random.weighted<Language>([['cs', 7], ['pl', 3], ['en', 2]]);
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
