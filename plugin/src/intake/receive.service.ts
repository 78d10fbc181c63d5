/**
 * Keeps a mail: in its thread's interaction, or in a new one. Whoever calls may tell the sender "taken" when it
 * resolves, for then it is committed; where it rejects nothing was kept, and the sender is to try again.
 */
import { Injectable, Logger } from '@nestjs/common';
import { InteractionsService } from '../interactions/interactions.service.js';
import { domainOf, ourMail } from '../interactions/mail-ids.js';
import { MessagesService, type IncomingMail } from '../interactions/messages.service.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { fromDatabase, PatchbayError } from '../platform/errors.js';
import type { EntryPoint, Interaction, Message } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { EntryPointsService } from '../queues/entry-points.service.js';
import { bounceOf, kindOf, type MailKind } from './mail-kind.js';
import { customerOf, headersOf, incoming, madeUpId, threadIds, unread, type ParsedMail } from './mail.js';
import { MailParserService, Unreadable } from './mail-parser.service.js';

export interface Envelope {
  /** Address of MAIL FROM; empty for the null sender. */
  from: string;
  /** The mailboxes of ours that it came to. */
  to: EntryPoint[];
}

const MAIL: Actor = { kind: 'INTAKE', role: null, id: null, agentId: null, name: 'mail' };
const HEADERS_LIMIT_MS = 10_000;
/** The engine asks for the work that these make after everything a person wrote. */
const LAST_PRIORITY = 0;

/**
 * - `wakes`: the agent's work goes on, or opens again, when it joins a thread
 * - `queued`: it is work where it has no thread; otherwise it is kept in no queue, for whoever looks for it
 */
const TREATMENT: Record<MailKind, { automatic: boolean; wakes: boolean; queued: boolean; priority?: number }> = {
  NORMAL: { automatic: false, wakes: true, queued: true },
  LIST: { automatic: true, wakes: true, queued: true },
  GENERATED: { automatic: true, wakes: true, queued: true, priority: LAST_PRIORITY },
  AUTO_REPLY: { automatic: true, wakes: false, queued: false },
  BOUNCE: { automatic: true, wakes: false, queued: false },
  OWN_LOOP: { automatic: true, wakes: false, queued: false },
};

interface Sorted {
  kind: MailKind;
  parsed: ParsedMail;
  raw: Uint8Array;
  mail: IncomingMail;
  envelope: Envelope;
  ours: ReadonlySet<string>;
}

@Injectable()
export class ReceiveService {
  private readonly log = new Logger('mail');

  constructor(
    private readonly commands: Commands,
    private readonly database: Database,
    private readonly interactions: InteractionsService,
    private readonly messages: MessagesService,
    private readonly entryPoints: EntryPointsService,
    private readonly parser: MailParserService,
  ) {}

  /** The mailbox of ours that a recipient's address means, with or without a `+tag`; null for none. */
  async mailbox(address: string): Promise<EntryPoint | null> {
    const untagged = address.replace(/\+[^@]*@/, '@');
    try {
      const exact = await this.entryPoints.find(this.database.prisma, 'EMAIL', address);
      return exact ?? (untagged === address ? null : await this.entryPoints.find(this.database.prisma, 'EMAIL', untagged));
    } catch (error) {
      throw fromDatabase(error);
    }
  }

  /**
   * @param raw the mail's bytes as they came
   * @throws PatchbayError UNAVAILABLE when the database is away
   */
  async receive(raw: Uint8Array, envelope: Envelope): Promise<void> {
    const parsed = await this.read(raw);
    const boxes = await this.entryPoints.list().catch((error: unknown) => {
      throw fromDatabase(error);
    });
    const ours = new Set(boxes.filter(({ channel }) => channel === 'EMAIL').map(({ address }) => address));
    const kind = kindOf(parsed, envelope.from, new Set([...ours].flatMap((address) => domainOf(address) ?? [])));
    const mail = incoming(parsed, raw, TREATMENT[kind].automatic, envelope.from, uuidv7);
    const sorted: Sorted = { kind, parsed, raw, mail, envelope, ours };
    try {
      await this.keep(sorted, false);
    } catch (error) {
      if (!(error instanceof PatchbayError)) throw error;
      // The same mail came twice at once, and the other was faster: now it is found.
      if (error.code === 'CONFLICT') return this.keep(sorted, false);
      // Its queue is closed for good: a mail is kept all the same.
      if (['REFUSED', 'NOT_FOUND'].includes(error.code)) return this.keep(sorted, true);
      throw error;
    }
  }

  private async read(raw: Uint8Array): Promise<ParsedMail> {
    const read = await this.parser.parse(raw).catch((error: unknown) => {
      if (error instanceof Unreadable) return error;
      throw error;
    });
    const reason = read instanceof Unreadable ? read.message : read.failed;
    if (!(read instanceof Unreadable) && reason === null) return read;
    this.log.warn(`A mail of ${raw.byteLength} bytes could not be read to its end; it is kept as it came, with the reason.`);
    const headers = await this.parser.parse(headersOf(raw), HEADERS_LIMIT_MS).catch(() => null);
    return unread(headers, read instanceof Unreadable ? null : read, reason ?? '');
  }

  /** @param aside in a new interaction without a queue, whatever it belongs to */
  private keep(sorted: Sorted, aside: boolean): Promise<void> {
    return this.commands.run(MAIL, async (command) => {
      const earlier = await this.messages.byMessageId(command, sorted.mail.messageId ?? '');
      if (earlier && sameMail(earlier, sorted)) return;
      // Some mailers give every mail the same Message-ID: each is kept, under a name made of its bytes.
      const mail = earlier ? { ...sorted.mail, messageId: madeUpId(sorted.raw) } : sorted.mail;
      if (earlier && (await this.messages.byMessageId(command, mail.messageId ?? ''))) return;
      const bounced = sorted.kind === 'BOUNCE' ? await this.bounced(command, sorted.parsed) : null;
      const resent = earlier?.from === mail.from ? earlier.interaction : null;
      const thread = aside ? null : (bounced ?? resent ?? (await this.messages.threadOf(command, threadIds(sorted.parsed))));
      const row = thread ?? (await this.open(command, sorted, aside));
      await this.messages.receiveMail(command, uuidv7(), row.id, mail, thread !== null && TREATMENT[sorted.kind].wakes);
    });
  }

  /** Marks the mail of ours that came back; returns its interaction. */
  private async bounced(command: Command, parsed: ParsedMail): Promise<Interaction | null> {
    const { of, reason } = bounceOf(parsed);
    for (const mailId of of) {
      const sent = await this.messages.byMessageId(command, mailId);
      if (sent?.direction !== 'OUTBOUND' || sent.id !== ourMail(mailId)?.messageId) continue;
      await this.messages.bounced(command, sent.id, reason);
      return sent.interaction;
    }
    return null;
  }

  private open(command: Command, { kind, parsed, mail, envelope, ours }: Sorted, aside: boolean): Promise<Interaction> {
    const { queued, priority } = TREATMENT[kind];
    const inQueue = queued && !aside;
    // Whom a machine's answer is about is not known; its sender is no customer to be made.
    const customer = queued ? customerOf(parsed, envelope.from, ours) : null;
    return this.interactions.openWithin(command, uuidv7(), {
      channel: 'EMAIL',
      direction: 'INBOUND',
      skills: [],
      subject: mail.subject,
      customerAddress: customer?.address,
      customerName: customer?.name,
      entryAddress: inQueue ? envelope.to[0]?.address : undefined,
      priority,
    });
  }
}

/** Delivered twice: from the same sender, with the same words. Our own, come back, is the same in whatever shape. */
function sameMail(earlier: Message, { kind, mail }: Sorted): boolean {
  const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return (
    (kind === 'OWN_LOOP' && earlier.direction === 'OUTBOUND') ||
    (earlier.from === mail.from && earlier.subject === mail.subject && words(earlier.text) === words(mail.text))
  );
}
