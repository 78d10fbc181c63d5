/** What customers agreed to and how they want to be reached, whom not to contact; and the question that all that sends asks. */
import { Inject, Injectable } from '@nestjs/common';
import { CustomersService } from '../customers/customers.service.js';
import { keyOf, type Identity } from '../customers/addresses.js';
import { changesBetween } from '../platform/audited.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database, type Rows } from '../platform/database.js';
import { forbidden, invalid, notFound } from '../platform/errors.js';
import type { Channel } from '../platform/generated/channels.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Consent, ContactPreferences, Customer, DoNotContact } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { recordChange, watch } from '../platform/record-change.js';
import { contactPreferencesState } from '../platform/record-states.sql.js';
import type { Said } from '../platform/told.js';
import { checkCalendar } from '../sla/calendar.js';
import {
  addEntries,
  currentConsents,
  entriesOf,
  factsOf,
  sameEntries,
  worksFor,
  type FactsRow,
  type NewEntry,
  type Party,
} from './consents.sql.js';
import { mayContact, type Answer, type Facts } from './may-contact.js';
import type { StopWord } from './stop-words.js';

/** Whom something goes to, and what for. */
export interface Approach {
  channel: Channel;
  purpose: Api.ContactPurpose;
  customerId: string | null;
  address: string | null;
}

export type OwnedEntry = DoNotContact & { ownerId: string };

const MOST_ADDRESSES = 1_000;
const ALL_DAY = [{ weekday: 1, from: '00:00', to: '24:00' }];

@Injectable()
export class ConsentsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly customers: CustomersService,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether this may go out at this moment. @param by what is open already, so that the answer and what follows from it are one */
  async ask({ rows }: { rows: Rows }, { channel, purpose, customerId, address }: Approach, at: Date): Promise<Answer> {
    const identity = address === null ? null : this.customers.identityOf(channel, address);
    const [row] = await rows<FactsRow>(factsOf({ customerId, identity }, purpose));
    return mayContact(this.factsIn(row), { channel, purpose, at });
  }

  /**
   * Why this may not go to one of these at this moment; null where it may go to all. The customer's own word counts for the first alone:
   * those in copy are other people.
   */
  async whyNot(
    open: { rows: Rows },
    { addresses, customerId, ...contact }: Omit<Approach, 'address'> & { addresses: readonly string[] },
    at: Date,
  ): Promise<Said | null> {
    const [first = null, ...copies] = addresses;
    const parties = [{ customerId, address: first }, ...copies.map((address) => ({ customerId: null, address }))];
    for (const party of parties) {
      const answer = await this.ask(open, { ...contact, ...party }, at);
      if (!answer.allowed) return answer.reasons[0] ?? null;
    }
    return null;
  }

  /** The same of a message that waited, now that it is about to leave. */
  whyNotNow(contact: Omit<Approach, 'address'> & { addresses: readonly string[] }): Promise<Said | null> {
    return this.whyNot(this.database, contact, this.clock.now());
  }

  /** Whether this may go out now. */
  async mayContact({ customerId = null, address = null, channel, purpose }: Api.QueryMayContactArgs): Promise<Answer> {
    if (customerId === null && address === null) throw invalid('customerId', 'Name a customer, an address, or both.');
    if (customerId !== null) await this.customers.get(customerId);
    return this.ask(this.database, { channel, purpose, customerId, address }, this.clock.now());
  }

  currentOf(customerIds: string[]): Promise<Consent[]> {
    return this.database.models(currentConsents(customerIds));
  }

  preferencesOf(customerIds: string[]): Promise<ContactPreferences[]> {
    return this.database.prisma.contactPreferences.findMany({ where: { customerId: { in: customerIds } } });
  }

  entriesOf(customerIds: string[]): Promise<OwnedEntry[]> {
    return this.database.models(entriesOf(customerIds, this.clock.now()));
  }

  async history(customerId: string, first: number, after: string | null | undefined): Promise<Connection<Consent>> {
    const rows = await this.database.prisma.consent.findMany({
      where: { customerId, id: { lt: idOf(after) } },
      orderBy: { id: 'desc' },
      take: first + 1,
    });
    return page(rows, first, ({ id }) => id);
  }

  async recordConsent(actor: Actor, input: Api.RecordConsentInput): Promise<Consent> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'recordConsent', input, async (consentId) => {
        const at = input.at ?? command.at;
        if (at > command.at) throw invalid('at', 'Nobody has said yet what is dated later than now.');
        if (input.expiresAt && input.state === 'WITHDRAWN')
          throw invalid('expiresAt', 'What was withdrawn does not expire; leave expiresAt out.');
        if (input.expiresAt && input.expiresAt <= at) throw invalid('expiresAt', 'A consent expires later than it was given.');
        const customer = await this.customers.keep(command, input.customerId);
        await mayRecord(command, customer.id);
        await this.write(command, consentId, customer.id, { ...input, at });
      }),
    );
    return this.database.prisma.consent.findUniqueOrThrow({ where: { id } });
  }

  async setPreferences(actor: Actor, { customerId, ...input }: Api.SetContactPreferencesInput): Promise<Customer> {
    const preferences = checked(input);
    return this.commands.run(actor, async (command) => {
      const customer = await this.customers.keep(command, customerId);
      const before = await watch(command, contactPreferencesState(customer.id));
      const data = { ...preferences, updatedAt: command.at };
      await command.tx.contactPreferences.upsert({
        where: { customerId: customer.id },
        create: { customerId: customer.id, ...data },
        update: data,
      });
      await recordChange(command, before, { type: 'contact_preferences.set', subjectId: customer.id, facts: {} });
      return customer;
    });
  }

  async addDoNotContact(actor: Actor, input: Api.AddDoNotContactInput): Promise<DoNotContact[]> {
    const { customerId = null, channel = null, addresses } = input;
    if ((customerId === null) === (addresses.length === 0)) throw invalid('customerId', 'Name either a customer or addresses.');
    if (addresses.length > MOST_ADDRESSES) throw invalid('addresses', `At most ${MOST_ADDRESSES} addresses at once.`);
    const identities = unique(addresses.map((address) => this.identityIn(channel, address)));
    return this.commands.run(actor, async (command) => {
      const parties =
        customerId === null
          ? identities.map((identity) => ({ customerId: null, identity }))
          : [{ customerId: (await this.customers.keep(command, customerId)).id, identity: null }];
      return this.bar(command, parties, input);
    });
  }

  /** Adds entries as a part of another command. @returns those that hold now for these, made or there before */
  async bar(
    command: Command,
    parties: readonly Party[],
    input: Pick<Api.AddDoNotContactInput, 'channel' | 'purposes' | 'reason' | 'note' | 'from' | 'until'>,
  ): Promise<DoNotContact[]> {
    const purposes = [...new Set(input.purposes)].sort();
    if (purposes.length === 0) throw invalid('purposes', 'Name at least one purpose.');
    const { channel = null, reason, note = null, until = null } = input;
    const from = input.from ?? command.at;
    if (until && until <= from) throw invalid('until', 'An entry ends later than it begins.');
    const named = parties.map((party) => ({ ...party, id: uuidv7() }));
    const entry: NewEntry = { channel, purposes, reason, note, from, until, recordedBy: command.actor.name, at: command.at };
    const made = await command.tx.$queryRaw<{ id: string; customerId: string | null }[]>(addEntries(named, entry));
    const changes = changesBetween(null, { channel, purposes, reason, from: from.toISOString(), until: until?.toISOString() ?? null });
    await record(
      command,
      made.map(({ id, customerId }) => ({
        type: 'do_not_contact.added',
        subjectId: customerId ?? id,
        facts: { entryId: id, channel, purposes, reason },
        audit: { name: '', changes },
      })),
    );
    return (await command.tx.$queryRaw<object[]>(sameEntries(named, entry))).map((row) => asModel<DoNotContact>(row));
  }

  async endDoNotContact(actor: Actor, { id }: Api.EndDoNotContactInput): Promise<DoNotContact> {
    await this.commands.run(actor, async (command) => {
      const entry = await command.tx.doNotContact.findUnique({ where: { id } });
      if (!entry) throw notFound('do-not-contact entry', id);
      await this.end(command, [entry]);
    });
    return this.database.prisma.doNotContact.findUniqueOrThrow({ where: { id } });
  }

  /** Ends those of these that nobody has ended yet, as a part of another command. */
  async end(command: Command, entries: readonly Pick<DoNotContact, 'id' | 'customerId'>[]): Promise<void> {
    for (const { id, customerId } of entries) {
      const { count } = await command.tx.doNotContact.updateMany({ where: { id, endedAt: null }, data: { endedAt: command.at } });
      const changes = [{ path: ['endedAt'], before: null, after: command.at.toISOString() }];
      if (count === 0) continue;
      await record(command, [
        { type: 'do_not_contact.ended', subjectId: customerId ?? id, facts: { entryId: id }, audit: { name: '', changes } },
      ]);
    }
  }

  /**
   * STOP or START on a messaging channel, as a part of the command that keeps the message.
   *
   * @returns what to tell the colleagues; null where nothing changed
   */
  async stopWord(command: Command, channel: Channel, address: string, word: StopWord): Promise<string | null> {
    const identity = this.customers.identityOf(channel, address);
    if (!identity) return null;
    if (word === 'STOP') {
      await this.bar(command, [{ customerId: null, identity }], { channel, purposes: ['MARKETING', 'SURVEY'], reason: 'STOP_WORD' });
      return 'The customer takes back marketing and surveys on this channel, for this address.';
    }
    const key = keyOf(identity);
    const entries = await command.tx.doNotContact.findMany({
      where: { kind: identity.kind, key, channel, reason: 'STOP_WORD', endedAt: null },
    });
    await this.end(command, entries);
    return entries.length > 0 ? 'The customer gives marketing and surveys on this channel back, for this address.' : null;
  }

  private async write(
    command: Command,
    id: string,
    customerId: string,
    {
      channel = null,
      purpose,
      state,
      source,
      sourceText = null,
      proof = null,
      at,
      expiresAt = null,
    }: Api.RecordConsentInput & { at: Date },
  ): Promise<void> {
    const last = await command.tx.consent.findFirst({
      where: { customerId, channel, purpose },
      orderBy: [{ at: 'desc' }, { state: 'desc' }],
    });
    await command.tx.consent.create({
      data: {
        id,
        customerId,
        channel,
        purpose,
        state,
        source,
        sourceText,
        proof,
        at,
        expiresAt,
        recordedBy: command.actor.name,
        createdAt: command.at,
      },
    });
    const asSaid = (one: { state: string; expiresAt: Date | null } | null): object => ({
      [purpose]: { [channel ?? 'ALL']: one && { state: one.state, expiresAt: one.expiresAt?.toISOString() ?? null } },
    });
    await record(command, [
      {
        type: 'consent.recorded',
        subjectId: customerId,
        facts: { consentId: id, channel, purpose, state, source },
        audit: { name: '', changes: changesBetween(asSaid(last), asSaid({ state, expiresAt })) },
      },
    ]);
  }

  private factsIn(row: FactsRow | undefined): Facts {
    const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));
    return {
      consents: (row?.consents ?? []).map((one) => ({ ...one, at: new Date(one.at), expiresAt: moment(one.expiresAt) })),
      bars: (row?.bars ?? []).map((one) => ({ ...one, from: new Date(one.from), until: moment(one.until) })),
      hours: row?.hours ?? [],
      timeZone: row?.timeZone ?? this.config.CENTER_TIME_ZONE,
      deleted: row?.deleted ?? false,
    };
  }

  /** @throws PatchbayError INVALID for what is no address, or none of this channel */
  private identityIn(channel: Channel | null, address: string): Identity {
    const inAnyForm = (): Identity | null => {
      const line = this.customers.identityOf('VOICE', address);
      return line?.kind === 'PHONE'
        ? line
        : (this.customers.identityOf('EMAIL', address) ?? line ?? this.customers.identityOf('SOCIAL', address));
    };
    const identity = channel === null ? inAnyForm() : this.customers.identityOf(channel, address);
    if (!identity) throw invalid('addresses', `"${address}" is no address${channel ? ` of the channel ${channel}` : ''}.`);
    return identity;
  }
}

/** @throws PatchbayError FORBIDDEN for an agent who has no work of this customer in hand */
async function mayRecord({ actor, rows }: Command, customerId: string): Promise<void> {
  if (actor.agentId === null || (await rows(worksFor(actor.agentId, customerId))).length > 0) return;
  throw forbidden('Record what a customer says while you have work of theirs in hand.');
}

function checked({ channel = null, language = null, hours, timeZone = null }: Omit<Api.SetContactPreferencesInput, 'customerId'>) {
  const definition = { timeZone: timeZone ?? 'UTC', intervals: hours.length > 0 ? hours : ALL_DAY, holidays: null, ownDays: [] };
  const { intervals } = checkCalendar(definition, 'hours');
  return { channel, language: language === null ? null : localeOf(language), hours: hours.length > 0 ? intervals : [], timeZone };
}

function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? language;
  } catch {
    throw invalid('language', `"${language}" is no language; write it like cs or pt-BR (BCP 47).`);
  }
}

const unique = (identities: Identity[]): Identity[] => [
  ...new Map(identities.map((identity) => [`${identity.kind} ${identity.value}`, identity])).values(),
];
