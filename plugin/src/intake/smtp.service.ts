/**
 * An SMTP listener that takes mail for our mailboxes and for nobody else. It answers 250 only after the commit, and 4xx whenever a
 * further attempt may help, so that a mail is always either with us or still with its sender. The mail server in front of it deals
 * with TLS and spam.
 */
import type { AddressInfo } from 'node:net';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { CONFIG, type Config } from '../platform/config.js';
import { kindOf } from '../platform/errors.js';
import type { EntryPoint } from '../platform/generated/prisma/client.js';
import { ReceiveService } from './receive.service.js';

const CLIENTS = 100;
const RECIPIENTS = 50;
const IDLE_MS = 60_000;
/** A mail that trickles in for longer is cut off; its sender tries again. */
const DATA_MS = 600_000;
const STOP_MS = 5_000;
/** How much mail is held in memory at once, counted in mails of the largest size. */
const IN_MEMORY = 8;

/** Refuses with this answer; 4xx asks the sender to try again, 5xx to give up. */
class Reply extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

const AWAY = new Reply(451, '4.3.0 The contact center cannot take mail now; try again later');

type Done = (error?: Error | null) => void;

@Injectable()
export class SmtpService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('smtp');
  private server: SMTPServer | null = null;
  private readonly inHand = new Set<Promise<void>>();
  private readonly receiving = new WeakSet<SMTPServerSession>();
  /** By session: the mailboxes that its recipients mean, in the order in which they were named. */
  private readonly mailboxes = new WeakMap<SMTPServerSession, Map<string, EntryPoint>>();
  private heldBytes = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly mail: ReceiveService,
  ) {}

  /** The port it listens on; null without a listener. */
  get port(): number | null {
    return (this.server?.server.address() as AddressInfo | null | undefined)?.port ?? null;
  }

  /** @throws Error with the code EADDRINUSE when the port is taken */
  async onApplicationBootstrap(): Promise<void> {
    const { SMTP_PORT, HOST, MAIL_MAX_BYTES } = this.config;
    if (SMTP_PORT === undefined) return;
    const server = new SMTPServer({
      name: 'patchbay',
      banner: 'Patchbay',
      logger: false,
      size: MAIL_MAX_BYTES,
      rejectOversized: true,
      maxClients: CLIENTS,
      maxRecipients: RECIPIENTS,
      socketTimeout: IDLE_MS,
      closeTimeout: STOP_MS,
      disableReverseLookup: true,
      // The certificate of the library is the same everywhere: encryption with it would protect nothing.
      hideSTARTTLS: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      onRcptTo: (address, session, done) => void this.recipient(address, session).then(() => done(), done),
      onData: (stream, session, done) => this.data(stream, session, done),
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(SMTP_PORT, HOST, () => {
        server.off('error', reject);
        resolve();
      });
    });
    // Errors of single connections, which end by them: a sender that vanishes, a broken command.
    server.on('error', (error: Error) => this.log.debug(error.message));
    this.server = server;
  }

  /** Takes no new mail; a mail that was received in whole is committed first. */
  async beforeApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (!server) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const connection of server.connections) {
      if (!this.receiving.has(connection.session)) connection.close();
    }
    await closed;
    await Promise.allSettled(this.inHand);
  }

  private async recipient({ address }: SMTPServerAddress, session: SMTPServerSession): Promise<void> {
    const box = await this.mail.mailbox(address).catch((error: unknown) => {
      this.log.warn(`A recipient could not be looked up: ${kindOf(error)}`);
      throw AWAY;
    });
    if (!box) throw new Reply(550, '5.1.1 No such mailbox here');
    // One session may carry several mails: the recipients of each are in its envelope, and this only remembers their mailboxes.
    const known = this.mailboxes.get(session) ?? new Map<string, EntryPoint>();
    this.mailboxes.set(session, known.set(address.toLowerCase(), box));
  }

  private data(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    this.receiving.add(session);
    const work = this.receive(stream, session)
      .then(() => done(), done)
      .finally(() => {
        this.inHand.delete(work);
        this.receiving.delete(session);
      });
    this.inHand.add(work);
  }

  private drop(session: SMTPServerSession): void {
    for (const connection of this.server?.connections ?? []) {
      if (connection.session === session) connection.close();
    }
  }

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const { mailFrom, rcptTo } = session.envelope;
    const known = this.mailboxes.get(session);
    const to = rcptTo.flatMap(({ address }) => known?.get(address.toLowerCase()) ?? []);
    const late = setTimeout(() => this.drop(session), DATA_MS);
    let held = 0;
    try {
      const chunks: Buffer[] = [];
      let full = false;
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (full || stream.sizeExceeded) continue;
        held += chunk.length;
        this.heldBytes += chunk.length;
        full = this.heldBytes > IN_MEMORY * this.config.MAIL_MAX_BYTES;
        if (!full) chunks.push(chunk);
      }
      if (stream.sizeExceeded) throw new Reply(552, `5.3.4 A mail may have ${this.config.MAIL_MAX_BYTES} bytes at most`);
      if (full) throw new Reply(452, '4.3.1 Too much mail at once; try again later');
      await this.mail.receive(Buffer.concat(chunks), { from: mailFrom ? mailFrom.address : '', to });
    } catch (error) {
      if (error instanceof Reply) throw error;
      this.log.warn(`A mail was not taken, its sender is asked to try again: ${kindOf(error)}`);
      throw AWAY;
    } finally {
      clearTimeout(late);
      this.heldBytes -= held;
    }
  }
}
