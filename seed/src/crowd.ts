/**
 * The simulated customers: they turn to the contact center, wait, leave, and answer what they are asked. When and about
 * what is decided in `day.ts`; how the contact fares they learn from the engine's stream of changes, whoever handles it.
 */
import type { CustomerInfo } from './center-info.js';
import { isWritten } from './correspondence.js';
import { addressOf, hasAddress } from './customers.js';
import {
  drawArrival,
  drawReplyDelay,
  nextArrival,
  openingArrivals,
  ordinaryRate,
  outageRate,
  outages,
  type Arrival,
  type Outage,
} from './day.js';
import type { Engine } from './engine-api.js';
import {
  AbandonInteractionDocument,
  AddCustomerMessageDocument,
  ChangesDocument,
  InHandDocument,
  OpenInteractionDocument,
  type ChangesSubscription,
  type OpenInteractionInput,
} from './generated/operations.js';
import type { Post } from './mail.js';
import { channels, type Channel } from './generated/channels.js';
import type { Random } from './random.js';
import { timeOfDay, type Cancel } from './sim-clock.js';
import { customerLetter, drawFacts, fill, recogniseSubject, TEXTS, type Facts, type Language, type Topic } from './texts.js';
import { attempt, type Workplace } from './workplace.js';

/** One contact, seen by the customer. */
interface Visit {
  channel: Channel;
  language: Language;
  customerName: string;
  /** What is left to say. */
  lines: string[];
  replying: Cancel | null;
  stopWaiting: Cancel;
}

/** A contact before it is made. */
interface Contact {
  arrival: Arrival;
  customer: CustomerInfo;
  address: string | null;
  subject: string;
  facts: Facts;
}

/** Marks what this simulator opened, so that the next run knows its customers again. */
export const EXTERNAL_PREFIX = 'sim-';

const isMessaging = (channel: Channel): boolean => channels[channel].conversation === 'MESSAGES';
/** Highest of all outages' rates together with the busiest hour: the ceiling of the thinning. */
const RATE_CEILING = 0.4;
/** A machine that slept does not make up for the calls of the night. */
const MOST_BEHIND_SECONDS = 120;

export class Crowd {
  private readonly visits = new Map<string, Visit>();
  /** Letters under way, by sender and subject: the engine's interaction for them is recognised in the changes. */
  private readonly posted = new Map<string, Contact>();
  private readonly pools = new Map<string, CustomerInfo[]>();
  private readonly upcoming: Iterator<Outage, never>;
  private outage: Outage;
  private announced: Outage | null = null;
  private lastSeq: string | null = null;

  /**
   * @param intake acts for the customers
   * @param watcher follows all changes; a supervisor's or administrator's
   * @param post delivers letters as mail; null puts them in through the API
   */
  constructor(
    private readonly intake: Engine,
    private readonly watcher: Engine,
    private readonly place: Workplace,
    private readonly random: Random,
    private readonly post: Post | null,
    seed: number,
  ) {
    this.upcoming = outages(seed, place.clock.now());
    this.outage = this.upcoming.next().value;
  }

  start(): void {
    this.watcher.follow(
      ChangesDocument,
      () => ({ after: this.lastSeq }),
      ({ interactionChanges }) => this.changed(interactionChanges),
      (refusal) => {
        // Too far behind to resume: what was missed shows when those contacts change next.
        if (refusal.code === 'LIMIT_EXCEEDED') this.lastSeq = null;
      },
    );
    void this.beginInTheMiddle();
    this.planNext(this.place.clock.now());
  }

  // Arriving ----------------------------------------------------------------------------------------------------------

  /** Nobody wants to watch a contact center fill up: what would be in hand by now arrives at once. */
  private async beginInTheMiddle(): Promise<void> {
    const { center, clock } = this.place;
    const inHand = await attempt(this.place, 'customers', () => this.watcher.call(InHandDocument, {}));
    if (!inHand) return;
    for (const { afterSeconds, arrival } of openingArrivals(
      this.random,
      clock.now(),
      inHand.interactions.edges.length,
      center.entryPoints,
    )) {
      clock.after(afterSeconds, () => this.begin(arrival));
    }
  }

  private planNext(lastAt: number): void {
    const { clock } = this.place;
    const from = Math.max(lastAt, clock.now() - MOST_BEHIND_SECONDS);
    const at = nextArrival(this.random, from, (time) => ordinaryRate(time) + outageRate(this.outageAt(time), time), RATE_CEILING);
    clock.after(at - clock.now(), () => {
      const arrival = drawArrival(this.random, at, this.outageAt(at), this.place.center.entryPoints);
      this.planNext(at);
      return this.begin(arrival);
    });
  }

  /** The outage of that time or the next one; only ever asked for later times than before. */
  private outageAt(at: number): Outage {
    while (this.outage.until <= at) this.outage = this.upcoming.next().value;
    return this.outage;
  }

  private async begin(arrival: Arrival): Promise<void> {
    const contact = this.contactOf(arrival);
    if (!contact) return;
    this.announce(contact);
    if (contact.arrival.entry.channel === 'EMAIL' && (await this.mail(contact))) {
      this.place.tally.count('arrived');
      return;
    }
    await this.open(contact);
  }

  private contactOf(arrival: Arrival): Contact | null {
    const { entry, topic, outage, anonymous } = arrival;
    const pool = this.pool(entry.language, entry.vip === true, entry.channel);
    if (pool.length === 0) return null;
    const customer = this.random.pick(pool);
    const { places, topics } = TEXTS[entry.language];
    const place = outage ? places[outage.placeIndex % places.length] : undefined;
    const facts = drawFacts(this.random, entry.language, this.place.realNow());
    const subject = this.random.pick(topics[topic].subjects);
    return {
      arrival,
      customer,
      address: anonymous ? null : addressOf(customer, entry.channel),
      subject: place ? `${subject} · ${place}` : subject,
      facts: place ? { ...facts, place } : facts,
    };
  }

  private pool(language: Language, vip: boolean, channel: Channel): CustomerInfo[] {
    const key = `${language} ${vip} ${channel}`;
    const known = this.pools.get(key);
    if (known) return known;
    const able = this.place.center.customers.filter((customer) => customer.language === language && hasAddress(customer, channel));
    const vips = able.filter(({ tier }) => tier === 'VIP');
    const pool = vip && vips.length > 0 ? vips : able;
    this.pools.set(key, pool);
    return pool;
  }

  private announce({ arrival: { outage, topic }, facts }: Contact): void {
    if (!outage || this.announced === outage) return;
    this.announced = outage;
    const { clock, log } = this.place;
    log(
      `${timeOfDay(clock.now())}  ${topic === 'internetOutage' ? 'internet' : 'power'} outage in ${facts.place} until ${timeOfDay(outage.until)}`,
    );
  }

  private async open(contact: Contact): Promise<void> {
    const { arrival, customer, address, subject, facts } = contact;
    const { entry, topic, patienceSeconds } = arrival;
    const written = isWritten(entry.channel);
    const texts = TEXTS[entry.language].topics[topic];
    const key = this.place.newKey();
    const input: OpenInteractionInput = {
      idempotencyKey: key,
      externalId: key,
      channel: entry.channel,
      entryAddress: entry.address,
      subject,
      ...(address !== null && { customerAddress: address }),
      ...(address === null && !arrival.anonymous && { customerId: customer.id }),
      ...(!written && {
        description: fill(channels[entry.channel].conversation === 'SPOKEN' ? texts.chat[0] : this.random.pick(texts.requests), facts),
      }),
    };
    const patienceMs = patienceSeconds === null ? 120_000 : (patienceSeconds / this.place.clock.speed) * 1_000;
    const opened = await attempt(this.place, 'customers', () => this.intake.call(OpenInteractionDocument, { input }, patienceMs));
    if (!opened) return;
    this.place.tally.count('arrived');
    const { id } = opened.openInteraction.interaction;
    const visit = this.visitOf(entry.channel, entry.language, topic, customer.name, facts);
    this.visits.set(id, visit);
    if (patienceSeconds !== null) {
      visit.stopWaiting = this.place.clock.after(patienceSeconds, () => this.leave(id));
    }
    if (written) await this.say(id, visit);
  }

  private async mail(contact: Contact): Promise<boolean> {
    if (!this.post || contact.address === null) return false;
    const { arrival, customer, address, subject, facts } = contact;
    const { entry, topic } = arrival;
    const body = fill(this.random.pick(TEXTS[entry.language].topics[topic].requests), facts);
    this.posted.set(`${address} ${subject}`, contact);
    const taken = await this.post.deliver({
      from: { name: customer.name, address },
      to: entry.address,
      subject,
      text: customerLetter(entry.language, body, customer.name),
      id: this.place.newKey(),
    });
    if (!taken) this.posted.delete(`${address} ${subject}`);
    return taken;
  }

  /** Hangs up, unless somebody has answered at the last moment: then the visit goes on. */
  private async leave(id: string): Promise<void> {
    const left = await attempt(this.place, 'customers', () => this.intake.call(AbandonInteractionDocument, { id }, 20_000));
    if (!left) return;
    this.place.tally.count('abandoned');
    this.forget(id);
  }

  // Answering ---------------------------------------------------------------------------------------------------------

  private changed({ seq, type, interaction }: ChangesSubscription['interactionChanges']): void {
    this.lastSeq = seq;
    const { id, state, channel } = interaction;
    if (state === 'CLOSED' || state === 'ABANDONED') return this.forget(id);
    const visit = this.visits.get(id) ?? this.recognise(interaction);
    if (!visit) return;
    if (state !== 'QUEUED' && state !== 'OFFERED' && state !== 'CREATED') visit.stopWaiting();
    // Somebody at the desk may just write, without saying that they wait.
    const asked = state === 'WAITING_FOR_CUSTOMER' || (type === 'interaction.message_sent' && isMessaging(channel) && state === 'ACTIVE');
    if (!asked || visit.replying) return;
    const delay = drawReplyDelay(this.random, channel);
    visit.replying = delay === null ? () => undefined : this.place.clock.after(delay, () => this.reply(id, visit));
  }

  /** A letter of ours that has come in, or a contact that an earlier run opened. */
  private recognise({
    id,
    channel,
    subject,
    customer,
    customerAddress,
    externalId,
  }: ChangesSubscription['interactionChanges']['interaction']): Visit | undefined {
    const key = `${customerAddress} ${subject}`;
    const letter = channel === 'EMAIL' ? this.posted.get(key) : undefined;
    this.posted.delete(key);
    const known = recogniseSubject(subject);
    if (!letter && !(externalId?.startsWith(EXTERNAL_PREFIX) && known)) return undefined;
    const language = letter?.arrival.entry.language ?? known?.language ?? 'en';
    const topic = letter?.arrival.topic ?? known?.topic ?? 'refund';
    const facts = letter?.facts ?? drawFacts(this.random, language, this.place.realNow());
    const visit = this.visitOf(channel, language, topic, customer?.name ?? '', facts);
    visit.lines.shift();
    this.visits.set(id, visit);
    return visit;
  }

  private visitOf(channel: Channel, language: Language, topic: Topic, customerName: string, facts: Facts): Visit {
    const texts = TEXTS[language];
    const { chat, requests } = texts.topics[topic];
    const lines = isMessaging(channel)
      ? chat.filter((_, index) => index % 2 === 0)
      : [this.random.pick(requests), this.random.pick(texts.customerAnswers)];
    return { channel, language, customerName, lines: lines.map((line) => fill(line, facts)), replying: null, stopWaiting: () => undefined };
  }

  private async reply(id: string, visit: Visit): Promise<void> {
    if (this.visits.get(id) !== visit) return;
    visit.replying = null;
    await this.say(id, visit);
  }

  private async say(id: string, visit: Visit): Promise<void> {
    const line = visit.lines.shift() ?? this.random.pick(TEXTS[visit.language].thanks);
    const text = isMessaging(visit.channel) ? line : customerLetter(visit.language, line, visit.customerName);
    await attempt(this.place, 'customers', () =>
      this.intake.call(AddCustomerMessageDocument, { input: { idempotencyKey: this.place.newKey(), interactionId: id, text } }),
    );
  }

  private forget(id: string): void {
    const visit = this.visits.get(id);
    visit?.stopWaiting();
    visit?.replying?.();
    this.visits.delete(id);
  }
}
