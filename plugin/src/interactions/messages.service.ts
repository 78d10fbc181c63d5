/** What is said in an interaction: the customer's words, the agent's answers, notes among colleagues. */
import { Injectable } from '@nestjs/common';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { notFound, refused } from '../platform/errors.js';
import type { AddCustomerMessageInput, AddNoteInput, SendMessageInput } from '../platform/generated/graphql.js';
import { Prisma, type Attachment, type DeliveryState, type Interaction, type Message } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { SlaService } from '../sla/sla.service.js';
import { InteractionsService, mayWork } from './interactions.service.js';
import { HOLDING } from './lifecycle.js';
import { mailIdOf } from './mail-ids.js';

export type AttachmentFacts = Omit<Attachment, 'content'>;

export interface IncomingMail {
  from: string;
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

@Injectable()
export class MessagesService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly interactions: InteractionsService,
    private readonly sla: SlaService,
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
      WHERE i.customer_id = ANY(${customerIds}::uuid[]) AND i.channel = 'EMAIL' AND m.direction = 'OUTBOUND' AND NOT m.internal
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

  /** To the customer, on the interaction's own channel; a mail is handed to the mail server by its own job. */
  async send(actor: Actor, input: SendMessageInput): Promise<Message> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'sendMessage', input, async (messageId) => {
        await this.sendWithin(command, messageId, input.interactionId, input.text);
      }),
    );
    return this.get(id);
  }

  /**
   * Sends inside another command, as a rule does, which need not hold what it answers.
   *
   * @throws PatchbayError REFUSED where there is nobody to send it to
   */
  async sendWithin(command: Command, messageId: string, interactionId: string, text: string): Promise<void> {
    const { actor } = command;
    const automatic = actor.kind === 'RULE';
    const row = await this.interactions.lock(command, interactionId);
    const mail = row.channel === 'EMAIL';
    await this.interactions.explained(command, row, async () => {
      mayWork(actor, row);
      if (automatic) await this.checkAnswerable(command, row);
      else if (!HOLDING.includes(row.state)) throw refused('Accept the interaction before you answer it.', { state: row.state });
      if (mail && !row.customerAddress) throw refused("The customer's e-mail address is not known.");
    });
    await command.tx.message.create({
      data: {
        id: messageId,
        interactionId: row.id,
        direction: 'OUTBOUND',
        authorId: actor.agentId,
        from: row.entryAddress,
        to: row.customerAddress ? [row.customerAddress] : [],
        subject: mail ? row.subject : null,
        text,
        messageId: mail ? mailIdOf(messageId, row.entryAddress) : null,
        automatic,
        delivery: mail ? 'PENDING' : 'SENT',
        createdAt: command.at,
        sentAt: mail ? null : command.at,
      },
    });
    // What a machine says is no answer to the customer's question.
    if (!automatic) await this.sla.messageSent(command, row);
    await this.tell(command, 'interaction.message_sent', row, messageId);
  }

  async addNote(actor: Actor, input: AddNoteInput): Promise<Message> {
    const { id } = await this.commands.run(actor, (command) =>
      once(command, 'addNote', input, async (messageId) => {
        const row = await this.interactions.lock(command, input.interactionId);
        await command.tx.message.create({
          data: {
            id: messageId,
            interactionId: row.id,
            direction: 'OUTBOUND',
            authorId: actor.agentId,
            to: [],
            text: input.text,
            internal: true,
            delivery: 'NONE',
            createdAt: command.at,
          },
        });
        await this.tell(command, 'interaction.note_added', row, messageId);
      }),
    );
    return this.get(id);
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
    const row = await this.interactions.lockSurvivor(command, interactionId);
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
    await this.interactions.customerWrote(command, row);
  }

  /** Keeps a mail that came in. @param wakes what it says is for the agent: work that waited for the customer goes on */
  async receiveMail(
    command: Command,
    messageId: string,
    interactionId: string,
    mail: IncomingMail,
    wakes = !mail.automatic,
  ): Promise<void> {
    const { attachments, ...facts } = mail;
    const row = await this.interactions.lockSurvivor(command, interactionId);
    await command.tx.message.create({
      data: {
        ...facts,
        id: messageId,
        interactionId: row.id,
        direction: 'INBOUND',
        delivery: 'NONE',
        createdAt: command.at,
        attachments: { create: attachments.map((attachment) => ({ ...attachment, sizeBytes: attachment.content.byteLength })) },
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
  async delivered(actor: Actor, id: string, delivery: DeliveryState, set: { messageId?: string; error?: string }): Promise<void> {
    await this.commands.run(actor, async (command) => {
      const { count } = await command.tx.message.updateMany({
        where: { id, delivery: { in: ['PENDING', 'FAILED'] } },
        data: {
          delivery,
          deliveryError: set.error ?? null,
          ...(set.messageId && { messageId: set.messageId }),
          ...(delivery === 'SENT' && { sentAt: command.at }),
        },
      });
      if (count === 0) return;
      const message = await command.tx.message.findUniqueOrThrow({ where: { id }, include: { interaction: true } });
      await this.tell(
        command,
        `interaction.message_${delivery === 'SENT' ? 'delivered' : delivery === 'FAILED' ? 'failed' : 'delayed'}`,
        message.interaction,
        id,
      );
    });
  }

  /** The mail came back after it had been sent: its recipient never got it. False where that was known already. */
  async bounced(command: Command, id: string, reason: string): Promise<boolean> {
    const { count } = await command.tx.message.updateMany({
      where: { id, direction: 'OUTBOUND', delivery: { in: ['PENDING', 'SENT'] } },
      data: { delivery: 'FAILED', deliveryError: reason },
    });
    if (count === 0) return false;
    const message = await command.tx.message.findUniqueOrThrow({ where: { id }, include: { interaction: true } });
    await this.tell(command, 'interaction.message_failed', message.interaction, id);
    return true;
  }

  /** Two machines that answer each other would never end. */
  private async checkAnswerable(command: Command, row: Interaction): Promise<void> {
    if (row.channel === 'VOICE') throw refused('A call cannot be answered in writing.');
    const last = await command.tx.message.findFirst({ where: { interactionId: row.id, direction: 'INBOUND' }, orderBy: { id: 'desc' } });
    if (last?.automatic) throw refused('The last message came from a machine, and is not answered by one.');
  }

  private async tell(command: Command, type: string, row: Interaction, messageId: string, more: object = {}): Promise<void> {
    await record(command, [
      { type, subjectId: row.id, facts: { channel: row.channel, queueId: row.queueId, agentId: row.agentId, messageId, ...more } },
    ]);
  }
}
