/** What is said in an interaction: the customer's words, the agent's answers, notes among colleagues. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Inject, Injectable } from '@nestjs/common';
import { ConsentsService } from '../consents/consents.service.js';
import { stopWordOf } from '../consents/stop-words.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database, type Tx } from '../platform/database.js';
import { invalid, notFound, refused } from '../platform/errors.js';
import { channels, CHANNELS } from '../platform/generated/channels.js';
import type {
  AddCustomerMessageInput,
  AddNoteInput,
  MessageSender,
  ReplyProposal,
  SendMessageInput,
} from '../platform/generated/graphql.js';
import {
  Prisma,
  type Attachment,
  type DeliveryState,
  type Interaction,
  type MailKind,
  type Message,
} from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { uuidv7 } from '../platform/ids.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import type { Said } from '../platform/told.js';
import { toldColumn } from '../platform/told-column.js';
import { EntryPointsService } from '../queues/entry-points.service.js';
import { SlaService } from '../sla/sla.service.js';
import { isMail, proposalOf, sendersOf, type Known, type Letter } from './correspondents.js';
import { InteractionsService } from './interactions.service.js';
import { StepsService } from './steps.service.js';
import { mayWork } from './rights.js';
import { HOLDING } from './lifecycle.js';
import { mailIdOf } from './mail-ids.js';
import { replySubject } from './mail-subjects.js';

export type AttachmentFacts = Omit<Attachment, 'content'>;

export interface IncomingMail {
  from: string;
  /** As the mail names its sender; null where it does not. */
  fromName: string | null;
  replyTo: string[];
  mailKind: MailKind;
  autoReplyForbidden: boolean;
  to: string[];
  cc: string[];
  subject: string | null;
  text: string;
  automatic: boolean;
  /** RFC 5322 Message-ID with its angle brackets; null where the mail has none. */
  messageId: string | null;
  inReplyTo: string | null;
  references: string[];
  attachments: { id: string; fileName: string; contentType: string; content: Uint8Array<ArrayBuffer> }[];
}

/** A mail as it came. */
export interface Original {
  /** Before it was compressed. */
  sizeBytes: number;
  /** Gzipped. */
  content: Uint8Array<ArrayBuffer>;
}

const decompress = promisify(gunzip);
const MAILS = CHANNELS.filter((channel) => isMail({ channel }));
const DAY_MS = 86_400_000;
/** How long a mail may be on its way back. */
const RETURN_DAYS = 7;
const MOST_COPIES = 50;
const LETTER = {
  id: true,
  interactionId: true,
  direction: true,
  internal: true,
  automatic: true,
  from: true,
  fromName: true,
  replyTo: true,
  to: true,
  cc: true,
  subject: true,
  mailKind: true,
} as const;

@Injectable()
export class MessagesService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly interactions: InteractionsService,
    private readonly steps: StepsService,
    private readonly sla: SlaService,
    private readonly entryPoints: EntryPointsService,
    private readonly consents: ConsentsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async get(id: string): Promise<Message> {
    const message = await this.database.prisma.message.findUnique({ where: { id } });
    if (!message) throw notFound('message', id);
    return message;
  }

  /** Oldest first. */
  async of(interactionId: string, first: number, after: string | null | undefined): Promise<Connection<Message>> {
    const rows = await this.database.prisma.message.findMany({
      where: { interactionId, id: { gt: idOf(after) } },
      orderBy: { id: 'asc' },
      take: first + 1,
    });
    return page(rows, first, ({ id }) => id);
  }

  /** The last mail that went to each of these customers. */
  lastMailsTo(customerIds: string[]): Promise<{ customerId: string; at: Date; subject: string | null }[]> {
    return this.database.models(Prisma.sql`
      SELECT DISTINCT ON (i.customer_id) i.customer_id, m.created_at AS at, m.subject
      FROM interactions i JOIN messages m ON m.interaction_id = i.id
      WHERE i.customer_id = ANY(${customerIds}::uuid[]) AND i.channel = ANY(${MAILS}::"Channel"[]) AND m.direction = 'OUTBOUND' AND NOT m.internal
      ORDER BY i.customer_id, m.id DESC`);
  }

  attachmentsOf(messageIds: string[]): Promise<AttachmentFacts[]> {
    return this.database.prisma.attachment.findMany({
      where: { messageId: { in: messageIds } },
      omit: { content: true },
      orderBy: { id: 'asc' },
    });
  }

  async attachment(id: string): Promise<Attachment> {
    const attachment = await this.database.prisma.attachment.findUnique({ where: { id } });
    if (!attachment) throw notFound('attachment', id);
    return attachment;
  }

  /** Sizes of originals, without their bytes. */
  originalsOf(messageIds: string[]): Promise<{ messageId: string; sizeBytes: number }[]> {
    return this.database.prisma.mailOriginal.findMany({ where: { messageId: { in: messageIds } }, omit: { content: true } });
  }

  /** A mail as it came, byte for byte. */
  async original(messageId: string): Promise<{ fileName: string; content: Uint8Array }> {
    const { prisma } = this.database;
    const found = await prisma.mailOriginal.findUnique({ where: { messageId }, include: { message: { select: { createdAt: true } } } });
    if (!found) throw notFound('original of the message', messageId);
    return { fileName: originalName(found.message.createdAt), content: await decompress(found.content) };
  }

  /** What is in the files of a message: SHA-256 of each, sorted. */
  async attachmentDigests({ tx }: Command, messageId: string): Promise<string[]> {
    const rows = await tx.$queryRaw<{ digest: string }[]>(
      Prisma.sql`SELECT encode(sha256(content), 'hex') AS digest FROM attachments WHERE message_id = ${messageId}::uuid`,
    );
    return rows.map(({ digest }) => digest).toSorted();
  }

  /** Who wrote what came in, of all messages of these interactions. */
  async sendersOf(interactionIds: string[]): Promise<{ id: string; interactionId: string; sender: MessageSender }[]> {
    const { prisma } = this.database;
    const rows = await prisma.interaction.findMany({
      where: { id: { in: interactionIds } },
      select: { id: true, customerAddress: true, customerId: true },
    });
    const threads = await this.letters(prisma, interactionIds);
    const known = await this.known(prisma, rows, threads);
    return rows.flatMap((row) => {
      const senders = sendersOf(threads.filter(({ interactionId }) => interactionId === row.id), known(row)); // prettier-ignore
      return [...senders].map(([id, sender]) => ({ id, interactionId: row.id, sender }));
    });
  }

  /** What an answer by mail would look like; null where there is nobody to answer by mail. */
  async reply(row: Interaction): Promise<ReplyProposal | null> {
    if (!isMail(row) || !row.customerAddress) return null;
    const { subject, others, answers } = await this.proposal(this.database.prisma, row);
    return { to: row.customerAddress, subject: answers ? replySubject(subject) : (subject ?? ''), others };
  }

  /** To the customer, on the interaction's own channel; a mail is handed to the mail server by its own job. */
  async send(actor: Actor, input: SendMessageInput): Promise<Message> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'sendMessage', input, async (messageId) => {
        await this.sendWithin(command, messageId, input.interactionId, input.text, input);
      }),
    );
    return this.get(id);
  }

  /**
   * Sends inside another command, as a rule does, which need not hold what it answers.
   *
   * Where the customer, or somebody in copy, may not be contacted for this purpose, the message is kept with the reason, and does not leave.
   *
   * @returns that reason
   * @throws PatchbayError REFUSED where there is nobody to send it to
   */
  async sendWithin(
    command: Command,
    messageId: string,
    interactionId: string,
    text: string,
    { cc, purpose: said }: Pick<SendMessageInput, 'cc' | 'purpose'> = {},
  ): Promise<Said | null> {
    const purpose = said ?? 'SERVICE';
    const { actor } = command;
    const automatic = actor.kind === 'RULE';
    const row = await this.steps.lock(command, interactionId);
    const mail = isMail(row);
    await this.steps.explained(command, row, async () => {
      mayWork(actor, row);
      if (automatic) await this.checkAnswerable(command, row);
      else if (!HOLDING.includes(row.state)) throw refused('Accept the interaction before you answer it.', { state: row.state });
      if (mail && !row.customerAddress) throw refused("The customer's e-mail address is not known.");
    });
    const copies = await this.copies(command, row, cc ?? []);
    const to = row.customerAddress ? [row.customerAddress] : [];
    const refusal = await this.consents.whyNot(command, { ...row, purpose, addresses: [...to, ...copies] }, command.at);
    await command.tx.message.create({
      data: {
        id: messageId,
        interactionId: row.id,
        direction: 'OUTBOUND',
        authorId: actor.agentId,
        from: row.entryAddress,
        to,
        cc: copies,
        subject: mail ? (await this.proposal(command.tx, row)).subject : null,
        text,
        messageId: mail ? mailIdOf(messageId, row.entryAddress) : null,
        automatic,
        purpose,
        delivery: refusal ? 'FAILED' : mail ? 'PENDING' : 'SENT',
        deliveryError: refusal?.text ?? null,
        deliveryTold: toldColumn(refusal?.told),
        createdAt: command.at,
        sentAt: mail || refusal ? null : command.at,
      },
    });
    if (refusal) {
      await this.tell(command, 'interaction.message_failed', row, messageId, { because: refusal.told.code });
      return refusal;
    }
    // What a machine says is no answer to the customer's question.
    if (!automatic) await this.sla.messageSent(command, row);
    await this.tell(command, 'interaction.message_sent', row, messageId);
    return null;
  }

  async addNote(actor: Actor, input: AddNoteInput): Promise<Message> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'addNote', input, async (messageId) => {
        await this.note(command, messageId, await this.steps.lock(command, input.interactionId), input.text);
      }),
    );
    return this.get(id);
  }

  private async note(command: Command, id: string, row: Interaction, text: string): Promise<void> {
    await command.tx.message.create({
      data: {
        id,
        interactionId: row.id,
        direction: 'OUTBOUND',
        authorId: command.actor.agentId,
        to: [],
        text,
        internal: true,
        delivery: 'NONE',
        createdAt: command.at,
      },
    });
    await this.tell(command, 'interaction.note_added', row, id);
  }

  async addCustomerMessage(actor: Actor, input: AddCustomerMessageInput): Promise<Message> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'addCustomerMessage', input, async (messageId) => {
        await this.receive(command, messageId, input.interactionId, input.text);
      }),
    );
    return this.get(id);
  }

  /** Keeps what the customer wrote on a channel other than mail. */
  async receive(command: Command, messageId: string, interactionId: string, text: string): Promise<void> {
    const row = await this.steps.lockSurvivor(command, interactionId);
    await command.tx.message.create({
      data: {
        id: messageId,
        interactionId: row.id,
        direction: 'INBOUND',
        from: row.customerAddress,
        to: row.entryAddress ? [row.entryAddress] : [],
        text,
        delivery: 'NONE',
        createdAt: command.at,
      },
    });
    await this.tell(command, 'interaction.message_received', row, messageId);
    await this.heedStopWord(command, row, text);
    await this.interactions.customerWrote(command, row);
  }

  /** Who writes STOP to a messenger or as an SMS gets no more of what nobody asked for; on a page that somebody has open, it is talk. */
  private async heedStopWord(command: Command, row: Interaction, text: string): Promise<void> {
    const { conversation, live } = channels[row.channel];
    const word = conversation === 'MESSAGES' && !live && row.customerAddress ? stopWordOf(text) : null;
    const note = word && (await this.consents.stopWord(command, row.channel, row.customerAddress!, word));
    if (note) await this.note(command, uuidv7(), row, note);
  }

  /** Keeps a mail that came in. @param wakes what it says is for the agent: work that waited for the customer goes on */
  async receiveMail(
    command: Command,
    messageId: string,
    interactionId: string,
    mail: IncomingMail,
    original: Original,
    wakes: boolean,
  ): Promise<void> {
    const { attachments, ...facts } = mail;
    const row = await this.steps.lockSurvivor(command, interactionId);
    await command.tx.message.create({
      data: {
        ...facts,
        id: messageId,
        interactionId: row.id,
        direction: 'INBOUND',
        delivery: 'NONE',
        createdAt: command.at,
        attachments: { create: attachments.map((attachment) => ({ ...attachment, sizeBytes: attachment.content.byteLength })) },
        original: { create: original },
      },
    });
    await this.tell(command, 'interaction.message_received', row, messageId, { asks: wakes });
    if (wakes) await this.interactions.customerWrote(command, row);
  }

  /** All that was said in `fromId` belongs to `intoId`, and remembers where it came in. */
  async move(command: Command, fromId: string, intoId: string): Promise<void> {
    await command.tx.$executeRaw(Prisma.sql`
      UPDATE messages SET interaction_id = ${intoId}::uuid, origin_id = coalesce(origin_id, ${fromId}::uuid)
      WHERE interaction_id = ${fromId}::uuid`);
  }

  /** What came in by `id`, or by what was merged into it, is there again; so are the mails that answered them since. */
  async moveBack(command: Command, id: string, survivorId: string): Promise<void> {
    await command.tx.$executeRaw(Prisma.sql`
      WITH RECURSIVE mine AS (
        SELECT ${id}::uuid AS id UNION SELECT i.id FROM interactions i JOIN mine ON i.merged_into_id = mine.id
      ), known AS (
        SELECT m.message_id FROM messages m WHERE m.interaction_id = ${survivorId}::uuid AND m.origin_id IN (SELECT id FROM mine)
      )
      UPDATE messages m SET interaction_id = ${id}::uuid, origin_id = NULLIF(m.origin_id, ${id}::uuid)
      WHERE m.interaction_id = ${survivorId}::uuid AND (m.origin_id IN (SELECT id FROM mine)
        OR (m.origin_id IS NULL AND m.direction = 'INBOUND' AND m.in_reply_to IN (SELECT message_id FROM known)))`);
  }

  /** These become another interaction's for good. @returns them, oldest first; fewer where some are not of `fromId` */
  async give(command: Command, ids: string[], fromId: string, toId: string): Promise<Message[]> {
    const moved = await command.tx.message.updateManyAndReturn({
      where: { id: { in: ids }, interactionId: fromId },
      data: { interactionId: toId, originId: null },
    });
    return moved.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Those of these that belong to the interaction, oldest first. */
  byIds({ tx }: Pick<Command, 'tx'>, ids: string[], interactionId: string): Promise<Message[]> {
    return tx.message.findMany({ where: { id: { in: ids }, interactionId }, orderBy: { id: 'asc' } });
  }

  countOf({ tx }: Pick<Command, 'tx'>, interactionId: string): Promise<number> {
    return tx.message.count({ where: { interactionId } });
  }

  /** The interaction that one of these Message-IDs belongs to, the nearest first. */
  async threadOf(command: Command, messageIds: string[]): Promise<Interaction | null> {
    if (messageIds.length === 0) return null;
    const known = await command.tx.message.findMany({ where: { messageId: { in: messageIds } }, include: { interaction: true } });
    for (const messageId of messageIds) {
      const hit = known.find((message) => message.messageId === messageId);
      if (hit) return hit.interaction;
    }
    return null;
  }

  /** The last mail of the customer, which an answer replies to; a machine's mail only where there is no other. */
  lastReceived(interactionId: string): Promise<Message | null> {
    return this.database.prisma.message.findFirst({
      where: { interactionId, direction: 'INBOUND' },
      orderBy: [{ automatic: 'asc' }, { id: 'desc' }],
    });
  }

  /** A mail that was kept under this Message-ID. */
  byMessageId(command: Command, messageId: string): Promise<(Message & { interaction: Interaction }) | null> {
    return command.tx.message.findUnique({ where: { messageId }, include: { interaction: true } });
  }

  /** The last mail to one of these addresses that may still come back. */
  async lastSentTo({ tx, at }: Command, addresses: string[]): Promise<Message | null> {
    if (addresses.length === 0) return null;
    const [found] = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      SELECT id::text AS id FROM messages
      WHERE to_addresses[1] = ANY(${addresses}) AND direction = 'OUTBOUND' AND NOT internal AND message_id IS NOT NULL
        AND created_at > ${new Date(at.getTime() - RETURN_DAYS * DAY_MS)} ORDER BY created_at DESC, id DESC LIMIT 1`);
    return found ? tx.message.findUnique({ where: { id: found.id } }) : null;
  }

  /** A message and the interaction it belongs to; null where there is none. */
  withInteraction(id: string): Promise<(Message & { interaction: Interaction & { queue: { name: string } | null } }) | null> {
    return this.database.prisma.message.findUnique({
      where: { id },
      include: { interaction: { include: { queue: { select: { name: true } } } } },
    });
  }

  /** Mails that wait to be handed to the mail server, oldest first: at most `first`, those after `after`. */
  async pendingMails(first: number, after: string | undefined): Promise<string[]> {
    const rows = await this.database.prisma.message.findMany({
      where: { delivery: 'PENDING', direction: 'OUTBOUND', id: { gt: after } },
      orderBy: { id: 'asc' },
      take: first,
      select: { id: true },
    });
    return rows.map(({ id }) => id);
  }

  /** All Message-IDs of the thread, oldest first: what `References` holds. */
  async thread(interactionId: string): Promise<string[]> {
    const rows = await this.database.prisma.message.findMany({
      where: { interactionId, messageId: { not: null } },
      orderBy: { id: 'asc' },
      select: { messageId: true },
    });
    return rows.flatMap(({ messageId }) => messageId ?? []);
  }

  /** What became of an attempt to send; changes nothing once it was sent. */
  async delivered(actor: Actor, id: string, delivery: DeliveryState, set: { messageId?: string; error?: Said }): Promise<void> {
    await this.commands.run(actor, async (command) => {
      const happened = delivery === 'SENT' ? 'delivered' : delivery === 'FAILED' ? 'failed' : 'delayed';
      const facts = {
        delivery,
        deliveryError: set.error?.text ?? null,
        deliveryTold: toldColumn(set.error?.told),
        ...(set.messageId && { messageId: set.messageId }),
        ...(delivery === 'SENT' && { sentAt: command.at }),
      };
      await this.settle(command, id, ['PENDING'], facts, happened, true);
    });
  }

  /**
   * The mail came back after it had been sent: its recipient never got it. False where that was known already.
   *
   * @param wakes whether the work may come back to somebody
   */
  bounced(command: Command, id: string, { text, told }: Said, wakes: boolean): Promise<boolean> {
    return this.settle(
      command,
      id,
      ['PENDING', 'SENT'],
      { delivery: 'FAILED', deliveryError: text, deliveryTold: toldColumn(told) },
      'failed',
      wakes,
    );
  }

  /** @returns false where the message is not, or not any more, in one of these states */
  private async settle(
    command: Command,
    id: string,
    from: DeliveryState[],
    facts: Prisma.MessageUpdateManyMutationInput,
    happened: 'delivered' | 'failed' | 'delayed',
    wakes: boolean,
  ): Promise<boolean> {
    const { tx } = command;
    const message = await tx.message.findUnique({ where: { id }, select: { interactionId: true, automatic: true } });
    if (!message) return false;
    const row = await this.steps.lock(command, message.interactionId);
    const { count } = await tx.message.updateMany({ where: { id, direction: 'OUTBOUND', delivery: { in: from } }, data: facts });
    if (count === 0) return false;
    await this.tell(command, `interaction.message_${happened}`, row, id);
    // Whoever believed the customer answered must hear of it; what a machine said owes nobody an answer.
    if (happened === 'failed' && wakes && !message.automatic) await this.interactions.answerReturned(command, row);
    return true;
  }

  /** @throws PatchbayError INVALID naming the address that cannot be written to */
  private async copies({ tx }: Command, row: Interaction, cc: string[]): Promise<string[]> {
    const wanted = [...new Set(cc.map((address) => address.trim().toLowerCase()))].filter((address) => address !== row.customerAddress);
    if (wanted.length === 0) return [];
    if (!isMail(row)) throw invalid('cc', 'Only a mail has copies; leave cc out.');
    if (wanted.length > MOST_COPIES) throw invalid('cc', `A mail goes to at most ${MOST_COPIES} people in copy.`);
    const wrong = wanted.find((address) => !/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address));
    if (wrong !== undefined) throw invalid('cc', `"${wrong}" is no e-mail address.`);
    const ours = await this.mailboxes(tx);
    return wanted.filter((address) => !ours.has(address));
  }

  private async mailboxes(tx: Tx): Promise<Set<string>> {
    return new Set((await this.entryPoints.list(tx)).filter(isMail).map(({ address }) => address));
  }

  private letters(tx: Tx, interactionIds: string[]): Promise<Letter[]> {
    return tx.message.findMany({ where: { interactionId: { in: interactionIds } }, select: LETTER, orderBy: { id: 'asc' } });
  }

  private async proposal(tx: Tx, row: Interaction) {
    const thread = await this.letters(tx, [row.id]);
    return proposalOf(thread, (await this.known(tx, [row], thread))(row), row.subject);
  }

  /** Who is who among those who wrote or are written to in these conversations. */
  private async known(
    tx: Tx,
    rows: Pick<Interaction, 'customerId' | 'customerAddress'>[],
    letters: Letter[],
  ): Promise<(row: Pick<Interaction, 'customerId' | 'customerAddress'>) => Known> {
    const customerIds = rows.flatMap(({ customerId }) => customerId ?? []);
    const identities = await tx.customerIdentity.findMany({ where: { customerId: { in: customerIds }, kind: 'EMAIL' } });
    const addresses = new Set(
      letters.flatMap(({ from, replyTo, to, cc }) => [from ?? '', ...replyTo, ...to, ...cc]).map((one) => one.toLowerCase()),
    );
    const agents = await tx.agent.findMany({ where: { email: { in: [...addresses] }, active: true }, select: { email: true } });
    const colleagues = new Set([...(await this.mailboxes(tx)), ...agents.map(({ email }) => email)]);
    return ({ customerId, customerAddress }) => ({
      customer: new Set([
        ...(customerAddress ? [customerAddress.toLowerCase()] : []),
        ...identities.filter((identity) => identity.customerId === customerId).map(({ value }) => value),
      ]),
      colleagues,
    });
  }

  /** Two machines that answer each other would never end. */
  private async checkAnswerable(command: Command, row: Interaction): Promise<void> {
    if (channels[row.channel].conversation === 'SPOKEN') throw refused('A call cannot be answered in writing.');
    const last = await command.tx.message.findFirst({ where: { interactionId: row.id, direction: 'INBOUND' }, orderBy: { id: 'desc' } });
    if (last?.automatic) throw refused('The last message came from a machine, and is not answered by one.');
    if (last?.autoReplyForbidden) throw refused('The last message asks for no automatic answer, and gets none.');
    // Whoever is there is no machine; everywhere else the other end may be one.
    if (row.customerAddress && !channels[row.channel].live) await this.checkRate(command, row.customerAddress);
  }

  /** A robot that answers each answer with something new would never end either. */
  private async checkRate({ tx, at }: Command, address: string): Promise<void> {
    // Two at the same moment: the second counts the first.
    await tx.$queryRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${`automatic answer to ${address}`}, 0))::text`);
    const [{ sent }] = await tx.$queryRaw<[{ sent: number }]>(Prisma.sql`
      SELECT count(*)::int AS sent FROM messages
      WHERE to_addresses[1] = ${address} AND direction = 'OUTBOUND' AND NOT internal AND automatic
        AND created_at > ${new Date(at.getTime() - DAY_MS)}`);
    const most = this.config.AUTO_REPLIES_PER_DAY;
    if (sent >= most)
      throw refused(`This address has had ${sent} automatic answers within a day; AUTO_REPLIES_PER_DAY allows ${most}.`, { sent, most });
  }

  private async tell(command: Command, type: string, row: Interaction, messageId: string, more: object = {}): Promise<void> {
    await command.rows(Prisma.sql`UPDATE interactions SET last_message_at = ${command.at} WHERE id = ${row.id}::uuid`);
    await record(command, [
      { type, subjectId: row.id, facts: { channel: row.channel, queueId: row.queueId, agentId: row.agentId, messageId, ...more } },
    ]);
  }
}

export const originalName = (at: Date): string => `mail-${at.toISOString().slice(0, 16).replace('T', '-').replace(':', '')}.eml`;
