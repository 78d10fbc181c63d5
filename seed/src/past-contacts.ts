/** Who turned to the contact center about what, and who there could take it: draws of past contacts. Pure. */
import type { AgentRecord, ContactCenter, EntryPointRecord } from './contact-center.js';
import type { CustomerRecord } from './customers.js';
import type { DispositionKey } from './dispositions.js';
import type { QueueKey } from './queues.js';
import type { Random } from './random.js';
import { LANGUAGES, type Language, type Topic } from './texts.js';

/** One contact before its course is known. */
export interface Contact {
  customer: CustomerRecord;
  language: Language;
  topic: Topic;
  entry: EntryPointRecord;
  queueId: string;
  /** Where an outage was that it is about. */
  place: string | null;
  /** The call that left it behind. */
  parentId: string | null;
}

/** What a contact leaves for later: the customer comes back, or a call opened a case. */
export interface Sequel {
  /** Milliseconds since 1970. */
  notBefore: number;
  customer: CustomerRecord;
  topic: Topic;
  parentId: string | null;
}

/** A day on which many people had the same trouble; milliseconds since 1970. */
export interface PastOutage {
  from: number;
  until: number;
  language: Language;
  topic: Topic;
  place: string;
}

export class PastContacts {
  private readonly firstLevel = new Map<string, AgentRecord[]>();
  private readonly queueIds: ReadonlyMap<QueueKey, string>;
  private readonly dispositionIds: ReadonlyMap<DispositionKey, string>;
  private readonly callers = new Map<Language, { all: CustomerRecord[]; vip: CustomerRecord[] }>();
  private readonly entries: (readonly [EntryPointRecord, number])[];

  /** @param people at least one, of a language that an entry point is for */
  constructor(
    center: ContactCenter,
    people: readonly CustomerRecord[],
    private readonly random: Random,
  ) {
    for (const { id } of center.queues) {
      this.firstLevel.set(
        id,
        center.agents.filter(({ memberships }) => memberships.some(({ queueId, level }) => queueId === id && level === 1)),
      );
    }
    this.queueIds = new Map(center.queues.map(({ key, id }) => [key, id]));
    this.dispositionIds = new Map(center.dispositions.map(({ key, id }) => [key, id]));
    for (const language of LANGUAGES) {
      const all = people.filter((customer) => customer.language === language);
      if (all.length > 0) this.callers.set(language, { all, vip: all.filter(({ tier }) => tier === 'VIP') });
    }
    this.entries = center.entryPoints.filter(({ spec }) => this.callers.has(spec.language)).map((entry) => [entry, entry.spec.share]);
  }

  /** An ordinary contact, or, in an outage, more likely than not one about it. */
  contact(outage: PastOutage | undefined): Contact {
    if (outage && this.random.chance(0.6)) {
      const ways = this.ways(outage.language, outage.topic, false);
      if (ways.length > 0) return { ...this.through(this.random.weighted(ways)), topic: outage.topic, place: outage.place };
    }
    return this.through(this.random.weighted(this.entries));
  }

  /** The same customer about the same thing, by another way perhaps; or the case that a call left behind. */
  sequel({ customer, topic, parentId }: Sequel): Contact {
    const { language } = customer;
    if (parentId !== null) {
      const complaint = topic === 'complaintInvoice' || topic === 'complaintTechnician';
      return { ...this.case(language), customer, topic, parentId, queueId: this.queueIds.get(complaint ? 'complaints' : 'letters') ?? '' };
    }
    const ways = this.ways(language, topic, customer.tier === 'VIP');
    return ways.length > 0 ? { ...this.through(this.random.weighted(ways)), customer, topic } : this.contact(undefined);
  }

  /** A new case for the back office, where possible in this language. */
  case(language?: Language): Contact {
    const cases = this.entries.filter(([{ channel }]) => channel === 'CASE');
    const own = cases.filter(([{ spec }]) => spec.language === language);
    return this.through(this.random.weighted(own.length > 0 ? own : cases.length > 0 ? cases : this.entries));
  }

  /** One of those who may take it: on the queue's first level, with the channel and the skills that must be. */
  agent(contact: Contact): AgentRecord {
    return this.random.pick(this.able(contact));
  }

  able({ entry, queueId }: Contact): AgentRecord[] {
    const members = this.firstLevel.get(queueId) ?? [];
    const able = members.filter(
      (agent) =>
        agent.channels.includes(entry.channel) &&
        entry.skills.every(
          ({ skillId, minLevel, mandatory }) =>
            !mandatory || agent.skills.some((skill) => skill.skillId === skillId && skill.level >= minLevel),
        ),
    );
    return able.length > 0 ? able : members;
  }

  dispositionId(key: DispositionKey): string {
    return this.dispositionIds.get(key) ?? '';
  }

  private ways(language: Language, topic: Topic, vip: boolean): (readonly [EntryPointRecord, number])[] {
    return this.entries.filter(([{ spec }]) => spec.language === language && spec.topics.includes(topic) && (vip || !spec.vip));
  }

  private through(entry: EntryPointRecord): Contact {
    const { all, vip } = this.callers.get(entry.spec.language) ?? { all: [], vip: [] };
    const pool = entry.spec.vip && vip.length > 0 ? vip : all;
    // Some people are in touch every month and most once a year.
    const customer = pool[Math.floor(pool.length * this.random.float() ** 1.7)] as CustomerRecord;
    return {
      customer,
      language: entry.spec.language,
      topic: this.random.pick(entry.spec.topics),
      entry,
      queueId: entry.queueId,
      place: null,
      parentId: null,
    };
  }
}
