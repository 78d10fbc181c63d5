/** How an interaction begins: with its customer, its place in a queue, its clocks and its events in one statement. */
import { Inject, Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { ConsentsService } from '../consents/consents.service.js';
import { normalised } from '../customers/addresses.js';
import { CustomersService } from '../customers/customers.service.js';
import { isKnownBy, isNew, isPromisedAs, isThere } from '../customers/customers.sql.js';
import { Commands, eventRows, type Actor, type Command, type NewEvent } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { notFound, refused } from '../platform/errors.js';
import { channels } from '../platform/generated/channels.js';
import type { OpenInteractionInput, SkillRequirementInput } from '../platform/generated/graphql.js';
import type { Interaction, Prisma } from '../platform/generated/prisma/client.js';
import { callOf, keepKey, repeatedId, type KeyedCall } from '../platform/idempotency.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { EntryPointsService } from '../queues/entry-points.service.js';
import { takesWork } from '../queues/queues.service.js';
import { strictest } from '../queues/requirements.js';
import { isUsable } from '../queues/usable.sql.js';
import { beginClocks } from '../sla/begin-clocks.sql.js';
import { SlaService } from '../sla/sla.service.js';
import { insertInteraction, lookBefore, readLooked, type NewInteraction } from './insert.sql.js';
import { queuedEvent } from './interaction-events.js';
import { StepsService } from './steps.service.js';

const DEFAULT_PRIORITY = 50;
const VIP_RAISE = 20;

type Opening = Omit<OpenInteractionInput, 'idempotencyKey'> & { customerName?: string; intakeSourceId?: string };

@Injectable()
export class OpeningService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly steps: StepsService,
    private readonly agents: AgentsService,
    private readonly entryPoints: EntryPointsService,
    private readonly customers: CustomersService,
    private readonly consents: ConsentsService,
    private readonly sla: SlaService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async open(actor: Actor, input: OpenInteractionInput): Promise<Interaction> {
    const opened = await this.commands.step(actor, (command) =>
      this.openWithin(command, uuidv7(), input, callOf(command, 'openInteraction', input)),
    );
    return typeof opened === 'string' ? this.steps.read(this.database, opened) : opened;
  }

  /** Opens inside another command, as the intake does with a mail and its text. */
  async openWithin(command: Command, id: string, input: Opening): Promise<Interaction>;
  /** Opens, unless `call` did before: then it gives the id of what that opened. */
  async openWithin(command: Command, id: string, input: Opening, call: KeyedCall): Promise<Interaction | string>;
  async openWithin(command: Command, id: string, input: Opening, call: KeyedCall | null = null): Promise<Interaction | string> {
    const { at } = command;
    const { channel, customerId = null, customerAddress = null, accountNumber = null, parentId = null } = input;
    const address = (value: string | null | undefined) => (value ? normalised(channel, value, this.config.PHONE_COUNTRY) : null);
    const identity = !customerId && customerAddress ? this.customers.identityOf(channel, customerAddress) : null;
    const account = !customerId && accountNumber ? this.customers.accountOf(accountNumber) : null;
    const clues = [identity, account].filter((clue) => clue !== null);
    const place = input.entryAddress && !input.queueId ? this.entryPoints.placeOf(channel, input.entryAddress) : null;
    const [found] = await command.rows(lookBefore({ call, entry: place, queueId: input.queueId ?? null, customerId, clues }));
    const { earlier, entry, queue, customer: known, tiers, promised } = readLooked(found);
    const repeated = call && repeatedId(call, earlier);
    if (repeated) return repeated;
    if (input.queueId && !queue) throw notFound('queue', input.queueId);
    if (queue) takesWork(queue);
    if (customerId && !known) throw notFound('customer', customerId);
    // Whoever still has the id of a customer who was merged away means the one who is left.
    if (known?.mergedIntoId) return this.openWithin(command, id, { ...input, customerId: known.mergedIntoId }, call!);
    if (parentId) await this.steps.read(command, parentId, 'parent interaction');
    if (isCallToMake(command.actor, input)) await this.checkContact(command, input, known?.id ?? null);
    // Where several share the address, an agent asks which of them it is: none is taken in silence.
    const customer = known ?? (identity && tiers.length === 0 ? { id: uuidv7(), tier: 'STANDARD' as const } : null);
    const mayBeVip = customer ? customer.tier === 'VIP' : tiers.includes('VIP');
    const priority = (input.priority ?? entry?.priority ?? DEFAULT_PRIORITY) + (mayBeVip ? VIP_RAISE : 0);
    const skills = strictest([...input.skills, ...((entry?.skills ?? []) as unknown as SkillRequirementInput[])]);
    await this.agents.checkSkills(command, skills);
    const interaction: NewInteraction = {
      id,
      channel,
      direction: input.direction,
      state: queue ? 'QUEUED' : 'CREATED',
      subject: input.subject ?? null,
      description: input.description ?? null,
      priority: Math.min(100, priority),
      skills: skills as unknown as Prisma.JsonValue,
      queueId: queue?.id ?? null,
      customerId: customer?.id ?? null,
      parentId,
      customerAddress: address(customerAddress),
      accountNumber,
      entryAddress: address(input.entryAddress),
      externalId: input.externalId ?? null,
      intakeSourceId: input.intakeSourceId ?? null,
      createdAt: at,
      ...(queue && { queuedAt: at, arrivedAt: at, ...(await this.steps.stickyAgent(command, queue, known?.id ?? null)) }),
    };
    if (clues.length > 0 && known?.deletedAt) await this.customers.returned(command, known);
    const facts = { channel, priority: interaction.priority, tier: customer?.tier ?? null, language: known?.language ?? null };
    const clocks = queue && promised ? await this.sla.begun({ ...facts, id, queueId: queue.id, at }, promised) : [];
    const parts = [
      ...(call ? [keepKey(call, id, at)] : []),
      ...(queue ? [isUsable(queue)] : []),
      ...(known && promised ? [isPromisedAs(known)] : customerId ? [isThere(customerId)] : []),
      ...(clues.length > 0 && known ? [isKnownBy(known.id, clues)] : []),
      ...(identity && customer && !known ? isNew(customer.id, input.customerName ?? identity.value, identity, at) : []),
      ...(clocks.length > 0 ? [beginClocks(clocks)] : []),
    ];
    const { direction, queueId: inQueue = null } = interaction;
    const opening = { channel, direction, queueId: inQueue, customerId: customer?.id ?? null, parentId, priority: interaction.priority };
    const events: NewEvent[] = [
      ...(customer && !known ? [{ type: 'customer.created', subjectId: customer.id, facts: { from: channel } }] : []),
      { type: 'interaction.opened', subjectId: id, facts: opening },
      ...(queue ? [queuedEvent({ id, channel, queueId: queue.id }, 'OPENED')] : []),
    ];
    const [row] = await command.rows(insertInteraction(interaction, parts, eventRows(command, events)));
    return asModel<Interaction>(row ?? {});
  }
  /** @throws PatchbayError REFUSED where the customer may not be called for this */
  private async checkContact(command: Command, { channel, purpose, customerAddress }: Opening, customerId: string | null) {
    const addresses = customerAddress ? [customerAddress] : [];
    const why = await this.consents.whyNot(command, { channel, purpose: purpose ?? 'SERVICE', customerId, addresses }, command.at);
    if (why) throw refused(`The customer may not be called. ${why.text}`, { why: why.told });
  }
}

/** What is written is asked about when it is sent; a call that a system reports was made already. */
const isCallToMake = (actor: Actor, { channel, direction, intakeSourceId }: Opening): boolean =>
  direction === 'OUTBOUND' && channels[channel].conversation === 'SPOKEN' && !intakeSourceId && actor.role !== 'INTAKE';
