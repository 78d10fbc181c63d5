/**
 * Keeps a mail in the interaction of its thread, or in a new one. Once the call has resolved, the mail is committed and its sender
 * may be told that it was taken; where it rejects, nothing was kept, and the sender is to try again.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Injectable, Logger } from '@nestjs/common';
import { OpeningService } from '../interactions/opening.service.js';
import { StepsService } from '../interactions/steps.service.js';
import { domainOf, ourMail } from '../interactions/mail-ids.js';
import { MessagesService, type IncomingMail, type Original } from '../interactions/messages.service.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { fromDatabase, PatchbayError } from '../platform/errors.js';
import type { EntryPoint, Interaction, Message } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { EntryPointsService } from '../queues/entry-points.service.js';
import { bounceOf, forbidsAutoReply, kindOf, mayBeBounce, namedAddresses, type MailKind } from './mail-kind.js';
import { customerOf, headersOf, incoming, madeUpId, threadIds, unread, type ParsedMail } from './mail.js';
import { MailParserService, Unreadable } from './mail-parser.service.js';

export interface Envelope {
  /** Address of MAIL FROM; empty for the null sender. */
  from: string;
  /** Those of our mailboxes that it came to. */
  to: EntryPoint[];
}

const MAIL: Actor = { kind: 'INTAKE', role: null, id: null, agentId: null, name: 'mail' };
const HEADERS_LIMIT_MS = 10_000;
/** So much may mailing lists and gateways add below a mail of ours that they send back. */
const FOOTER_CHARS = 1_000;
const compress = promisify(gzip);
/** The priority of work that machines' mails make: it comes after everything that a person wrote. */
const LAST_PRIORITY = 0;

/**
 * - `wakes`: the interaction of a thread that the mail joins goes on, or opens again
 * - `queued`: a mail without a thread is work for a queue; otherwise it is kept outside of all queues, where a search finds it
 */
const TREATMENT: Record<MailKind, { automatic: boolean; wakes: boolean; queued: boolean; priority?: number }> = {
  NORMAL: { automatic: false, wakes: true, queued: true },
  LIST: { automatic: false, wakes: true, queued: true },
  GENERATED: { automatic: true, wakes: true, queued: true, priority: LAST_PRIORITY },
  AUTO_REPLY: { automatic: true, wakes: false, queued: false },
  BOUNCE: { automatic: true, wakes: false, queued: false },
  OWN_LOOP: { automatic: true, wakes: false, queued: false },
};

interface Sorted {
  kind: MailKind;
  parsed: ParsedMail;
  raw: Uint8Array;
  original: Original;
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
    private readonly opening: OpeningService,
    private readonly steps: StepsService,
    private readonly messages: MessagesService,
    private readonly entryPoints: EntryPointsService,
    private readonly parser: MailParserService,
  ) {}

  /** The one of our mailboxes that a recipient's address means, with or without a `+tag`; null for none. */
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
    const mail = {
      ...incoming(parsed, raw, TREATMENT[kind].automatic, envelope.from, uuidv7),
      mailKind: kind,
      autoReplyForbidden: kind === 'LIST' || forbidsAutoReply(parsed),
    };
    const original = { sizeBytes: raw.byteLength, content: new Uint8Array(await compress(raw)) };
    const sorted: Sorted = { kind, parsed, raw, original, mail, envelope, ours };
    try {
      await this.keep(sorted, false);
    } catch (error) {
      if (!(error instanceof PatchbayError)) throw error;
      // The same mail came twice at the same moment, and the other one was faster: now it is found.
      if (error.code === 'CONFLICT') return this.keep(sorted, false);
      // Its queue takes no more work: the mail is kept all the same.
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

  /** @param aside true keeps it in a new interaction without a queue, whatever its thread */
  private keep(sorted: Sorted, aside: boolean): Promise<void> {
    return this.commands.run(MAIL, async (command) => {
      const earlier = await this.messages.byMessageId(command, sorted.mail.messageId ?? '');
      if (earlier && (await this.isSame(command, earlier, sorted))) return;
      // Some mailers give every mail the same Message-ID: each such mail is kept under a name made of its bytes.
      const messageId = earlier ? madeUpId(sorted.raw) : sorted.mail.messageId;
      const known = earlier && (await this.messages.byMessageId(command, messageId ?? ''));
      if (known) return this.again(known);
      const { kind, bounced } = await this.undelivered(command, sorted, aside);
      const mail = { ...sorted.mail, messageId, mailKind: kind, automatic: TREATMENT[kind].automatic };
      const resent = earlier?.from === mail.from ? earlier.interaction : null;
      const thread = aside ? null : (bounced ?? resent ?? (await this.messages.threadOf(command, threadIds(sorted.parsed))));
      const row = thread ?? (await this.open(command, { ...sorted, kind }, aside));
      await this.messages.receiveMail(command, uuidv7(), row.id, mail, sorted.original, thread !== null && TREATMENT[kind].wakes);
    });
  }

  private again({ id }: Message): void {
    this.log.log(`A mail that is kept as the message ${id} came again; it is kept once.`);
  }

  /** Whether it was delivered twice: by one sender, with the same words and files. A mail of ours that came back may have a footer. */
  private async isSame(command: Command, earlier: Message, { kind, mail }: Sorted): Promise<boolean> {
    const words = (text: string): string => text.replace(/\s+/g, ' ').trim();
    const [before, now] = [words(earlier.text), words(mail.text)];
    const comeBack = kind === 'OWN_LOOP' && earlier.direction === 'OUTBOUND' && mail.attachments.length === 0;
    const digests = mail.attachments.map(({ content }) => createHash('sha256').update(content).digest('hex')).toSorted();
    const same = comeBack
      ? now.includes(before) && now.length - before.length <= FOOTER_CHARS
      : earlier.from === mail.from &&
        earlier.subject === mail.subject &&
        before === now &&
        digests.join() === (await this.messages.attachmentDigests(command, earlier.id)).join();
    if (same) this.again(earlier);
    return same;
  }

  /** Marks the mail of ours that bounced. @returns its interaction, and the kind that the mail which says so turned out to be */
  private async undelivered(
    command: Command,
    { kind, parsed, envelope, ours }: Sorted,
    aside: boolean,
  ): Promise<{ kind: MailKind; bounced: Interaction | null }> {
    const words = kind === 'AUTO_REPLY' && mayBeBounce(parsed, envelope.from);
    if (kind !== 'BOUNCE' && !words) return { kind, bounced: null };
    const { of, recipients, reason } = bounceOf(parsed);
    const senders = parsed.from.map(({ address }) => address.toLowerCase());
    let sent: Message | null = null;
    for (const mailId of of) {
      const found = await this.messages.byMessageId(command, mailId);
      if (found?.direction === 'OUTBOUND' && found.id === ourMail(mailId)?.messageId) sent ??= found;
    }
    // A sender to whom we had written answers by a machine; a different sender who names that recipient reports a bounce.
    const byRecipient = senders.some((address) => sent && [...sent.to, ...sent.cc].includes(address));
    if (words && (byRecipient || (!sent && (await this.messages.lastSentTo(command, senders))))) return { kind, bounced: null };
    const named = [...recipients, ...namedAddresses(parsed)].filter((address) => !ours.has(address));
    sent ??= await this.messages.lastSentTo(command, named);
    if (!sent) return { kind, bounced: null };
    await this.messages.bounced(command, sent.id, reason, !aside);
    return { kind: 'BOUNCE', bounced: await this.steps.read(command, sent.interactionId) };
  }

  private open(command: Command, { kind, parsed, mail, envelope, ours }: Sorted, aside: boolean): Promise<Interaction> {
    const { queued, priority } = TREATMENT[kind];
    const inQueue = queued && !aside;
    // It is not known whom a machine's answer is about, and its sender must not become a customer.
    const customer = queued ? customerOf(parsed, envelope.from, ours) : null;
    return this.opening.openWithin(command, uuidv7(), {
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
