/** Mail for the tests: fixtures as bytes, an SMTP conversation by hand, a real mail client, a mail server that takes or refuses. */
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTransport, type Transporter } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { SmtpService } from '../../src/intake/smtp.service.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { key, startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';

export const fixture = (name: string): Promise<Buffer> => readFile(fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url)));

export interface Mailroom {
  test: TestEngine;
  admin: TestClient;
  queueId: string;
  /** The mailbox that leads to the queue. */
  mailbox: string;
  port: number;
  client: Transporter;
  stop(): Promise<void>;
}

/**
 * An engine with a mailbox: podpora@energie.example leads to the queue "Podpora".
 *
 * @param database one that outlives this engine; without it, one that is dropped with it
 */
export async function startMailroom(settings: Record<string, string> = {}, database?: TestDatabase): Promise<Mailroom> {
  const test = await startTestEngine({ SMTP_PORT: '0', ...settings }, database);
  const admin = test.client(await test.token('ADMIN'));
  const mailbox = 'podpora@energie.example';
  const [known] = await test.database.query<{ id: string }>('SELECT id FROM queues LIMIT 1');
  const queueId = known?.id ?? (await makeQueue(admin, mailbox));
  const port = test.engine.app.get(SmtpService).port ?? 0;
  const client = createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: 2 });
  return {
    test,
    admin,
    queueId,
    mailbox,
    port,
    client,
    stop: async () => {
      client.close();
      await test.stop();
    },
  };
}

async function makeQueue(admin: TestClient, mailbox: string): Promise<string> {
  const { createQueue } = await admin.do<{ createQueue: { queue: { id: string } } }>(
    'mutation($input: CreateQueueInput!) { createQueue(input: $input) { queue { id } } }',
    {
      input: { idempotencyKey: key(), name: 'Podpora', department: 'Service' },
    },
  );
  await admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: key(), channel: 'EMAIL', address: mailbox, queueId: createQueue.queue.id },
  });
  return createQueue.queue.id;
}

export interface Reply {
  code: number;
  text: string;
}

/** Speaks SMTP line by line, so that nothing corrects what a test says. */
export class Conversation {
  private constructor(
    private readonly socket: ReturnType<typeof connect>,
    private readonly lines: AsyncIterator<string>,
  ) {}

  static async with(port: number): Promise<Conversation> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    const conversation = new Conversation(socket, createInterface({ input: socket })[Symbol.asyncIterator]());
    await conversation.reply();
    await conversation.say('EHLO test.example');
    return conversation;
  }

  async say(line: string): Promise<Reply> {
    this.socket.write(`${line}\r\n`, 'latin1');
    return this.reply();
  }

  /** The whole transaction; returns the last reply. */
  async mail(raw: Buffer | string, to: string, from = 'sender@example.org'): Promise<Reply> {
    await this.say(`MAIL FROM:<${from}>`);
    const accepted = await this.say(`RCPT TO:<${to}>`);
    if (accepted.code !== 250) return accepted;
    return this.data(raw);
  }

  async data(raw: Buffer | string): Promise<Reply> {
    await this.say('DATA');
    const text = (Buffer.isBuffer(raw) ? raw.toString('latin1') : raw).replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
    this.socket.write(`${text}\r\n.\r\n`, 'latin1');
    return this.reply();
  }

  write(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** Hangs up without a word. */
  vanish(): void {
    this.socket.destroy();
  }

  async reply(): Promise<Reply> {
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) return { code: 0, text: 'closed' };
      lines.push(value);
      if (/^\d{3}( |$)/.test(value)) return { code: Number(value.slice(0, 3)), text: lines.join('\n') };
    }
  }
}

export async function deliver(port: number, raw: Buffer | string, to: string, from?: string): Promise<Reply> {
  const conversation = await Conversation.with(port);
  const answer = await conversation.mail(raw, to, from);
  conversation.vanish();
  return answer;
}

export interface Outside {
  url: string;
  port: number;
  /** What came, as bytes. */
  received: string[];
  /** Set it to refuse each mail with this answer. */
  refuse: { responseCode: number; message: string } | null;
  attempts: number;
  stop(): Promise<void>;
}

/** A mail server of the outside world. */
export async function startOutside(port = 0): Promise<Outside> {
  const outside: Outside = { url: '', port: 0, received: [], refuse: null, attempts: 0, stop: () => Promise.resolve() };
  const server = new SMTPServer({
    logger: false,
    authOptional: true,
    hideSTARTTLS: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        outside.attempts += 1;
        if (outside.refuse) return done(Object.assign(new Error(outside.refuse.message), outside.refuse));
        outside.received.push(Buffer.concat(chunks).toString('utf8'));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  outside.port = (server.server.address() as AddressInfo).port;
  outside.url = `smtp://127.0.0.1:${outside.port}`;
  outside.stop = () => new Promise((resolve) => server.close(() => resolve()));
  return outside;
}

export interface Road {
  /** The database, as reached by this road. */
  database: TestDatabase;
  /** Takes the database away for the time of `work`, open connections among them. */
  blocked<T>(work: () => Promise<T>): Promise<T>;
  /** Drops the database too. */
  stop(): Promise<void>;
}

/** A fresh database behind a door that can be shut. */
export async function startRoad(): Promise<Road> {
  const database = await createDatabase();
  const target = new URL(database.url);
  const sockets = new Set<Socket>();
  const door = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy()).on('close', () => (sockets.delete(socket), other.destroy()));
    }
  });
  const open = (port: number): Promise<void> => new Promise((resolve) => door.listen(port, '127.0.0.1', () => resolve()));
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      door.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await open(0);
  const { port } = door.address() as AddressInfo;
  const url = Object.assign(new URL(database.url), { port: String(port) }).href;
  return {
    database: { ...database, url },
    blocked: async (work) => {
      await shut();
      return work().finally(() => open(port));
    },
    stop: async () => {
      await shut();
      await database.drop();
    },
  };
}
