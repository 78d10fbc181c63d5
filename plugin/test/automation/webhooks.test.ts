/** Webhooks, to a receiver of the outside world that takes, refuses, is slow, or is not outside at all. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { LookupAddress } from 'node:dns';
import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Webhook } from 'standardwebhooks';
import { readAllowed, refusalOfAddress, refusalOfUrl } from '../../src/automation/webhook-address.js';
import { ATTEMPTS, judge, judgeFailure, waitMs } from '../../src/automation/webhook-answer.js';
import { WebhookCaller } from '../../src/automation/webhook-call.service.js';
import { checkSecret, secretKey } from '../../src/automation/webhook-signature.js';
import { WebhooksService } from '../../src/automation/webhooks.service.js';
import { Clock } from '../../src/platform/clock.js';
import { Commands, TIMER } from '../../src/platform/commands.js';
import { readConfig } from '../../src/platform/config.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { until } from '../support/until.js';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const ANSWER_MS = 700;

/** Names of the tests; others are nowhere. Each look-up of a name takes the next of its answers, the last one for good; an answer is addresses with spaces between. */
const names = new Map<string, string[]>();

class TestCaller extends WebhookCaller {
  protected override readonly answerMs = ANSWER_MS;
  protected override find(hostname: string, _options: unknown, done: (error: Error | null, found: LookupAddress[]) => void): void {
    const addresses = names.get(hostname) ?? [];
    const found = addresses.length > 1 ? addresses.shift() : addresses[0];
    if (found)
      done(
        null,
        found.split(' ').map((address) => ({ address, family: 4 })),
      );
    else done(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), []);
  }
}

interface Call {
  headers: Record<string, string>;
  body: string;
  path: string;
}

class Receiver {
  readonly calls: Call[] = [];
  answer: (response: ServerResponse, request: IncomingMessage) => void = (response) => void response.writeHead(204).end();
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        receiver.calls.push({
          headers: request.headers as Record<string, string>,
          body: Buffer.concat(chunks).toString(),
          path: request.url ?? '',
        });
        receiver.answer(response, request);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  of(path: string): Call[] {
    return this.calls.filter((call) => call.path === path);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

interface Sender {
  app: INestApplicationContext;
  service: WebhooksService;
}

/** Whatever anything says at any level. */
const said: string[] = [];
const note = (...words: unknown[]): void => void said.push(words.map(String).join(' '));

const start = async (database: TestDatabase, allow: string): Promise<Sender> => {
  const config = readConfig({ DATABASE_URL: database.url, DATABASE_POOL: '6', WEBHOOK_ALLOW: allow });
  class Root {}
  const app = await NestFactory.createApplicationContext(
    {
      module: Root,
      imports: [PlatformModule.with(config)],
      providers: [
        { provide: WebhookCaller, useFactory: (clock: Clock) => new TestCaller(config, clock), inject: [Clock] },
        WebhooksService,
      ],
    },
    { logger: { log: note, error: note, warn: note, debug: note, verbose: note, fatal: note }, abortOnError: false },
  );
  return { app, service: app.get(WebhooksService) };
};

let database: TestDatabase;
let receiver: Receiver;
let sender: Sender;

beforeAll(async () => {
  database = await createDatabase();
  receiver = await Receiver.start();
  names.set('hooks.example', ['127.0.0.1']);
  names.set('inside.example', ['127.0.0.1']);
  sender = await start(database, 'hooks.example, 127.0.0.2');
});
afterAll(async () => {
  await sender.app.close();
  await receiver.stop();
  await database.drop();
});
beforeEach(() => {
  receiver.answer = (response) => void response.writeHead(204).end();
});

interface Row extends Record<string, unknown> {
  id: string;
  state: string;
  attempts: number;
  status: number | null;
  error: string | null;
  sent_at: Date | null;
}

const rowOf = async (id: string): Promise<Row> =>
  (
    await database.query<Row>('SELECT id, state::text, attempts, status, error, told, sent_at FROM webhook_deliveries WHERE id = $1', [id])
  )[0] as Row;

const settled = (id: string, state: string): Promise<Row> =>
  until(`the webhook ${id} to be ${state}`, async () => {
    const row = await rowOf(id);
    return row.state === state && row;
  });

const tried = (id: string): Promise<Row> =>
  until(`the webhook ${id} to be tried`, async () => {
    const row = await rowOf(id);
    return row.attempts > 0 && row;
  });

const url = (path: string, host = 'hooks.example'): string => `http://${host}:${receiver.port}${path}`;
const subjectId = uuidv7();
const ruleId = uuidv7();

const queue = (target: string, body: Record<string, unknown> = {}, { service, app } = sender, secret = SECRET): Promise<string> =>
  app.get(Commands).run(TIMER, (command) => service.enqueue(command, { url: target, secret, body, ruleId, subjectId }));

const eventsOf = async (id: string): Promise<[string, Record<string, unknown>][]> =>
  (
    await database.query<{ type: string; facts: Record<string, unknown> }>(
      "SELECT type, facts FROM events WHERE facts->>'deliveryId' = $1 AND subject_id = $2 ORDER BY seq",
      [id, subjectId],
    )
  ).map(({ type, facts }) => [type, facts]);

describe('a webhook', () => {
  test('is sent once, signed as the library of Standard Webhooks verifies it, and told in the log', async () => {
    const body = { type: 'rule.matched', text: 'Žluťoučký kůň', n: 1 };
    const id = await queue(url('/signed'), body);
    expect(await settled(id, 'SENT')).toMatchObject({ attempts: 1, status: 204, error: null, sent_at: expect.any(Date) });
    const [call, more] = receiver.of('/signed');
    expect(more).toBeUndefined();
    expect(call?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': id, 'user-agent': 'Patchbay' });
    expect(new Webhook(SECRET).verify(call?.body ?? '', call?.headers ?? {})).toEqual(body);
    expect(() => new Webhook(SECRET).verify(`${call?.body} `, call?.headers ?? {})).toThrow();
    expect(await eventsOf(id)).toEqual([
      ['webhook.queued', { deliveryId: id, ruleId }],
      ['webhook.sent', { deliveryId: id, ruleId, attempts: 1, status: 204 }],
    ]);
  });

  test('is not sent where the command that wanted it fails', async () => {
    const failed = sender.app.get(Commands).run(TIMER, async (command) => {
      await sender.service.enqueue(command, { url: url('/undone'), secret: SECRET, body: {}, ruleId, subjectId });
      throw new Error('undone');
    });
    await expect(failed).rejects.toThrow('undone');
    await settled(await queue(url('/after')), 'SENT');
    expect(receiver.of('/undone')).toEqual([]);
  });

  test('that fails is tried again under the same id, signed anew', async () => {
    let down = true;
    receiver.answer = (response) => void response.writeHead(down ? 503 : 200).end('words');
    const id = await queue(url('/again'), { a: 1 });
    expect(await tried(id)).toMatchObject({ state: 'PENDING', status: 503, error: 'The receiver has a failure (503).' });
    down = false;
    expect(await settled(id, 'SENT')).toMatchObject({ attempts: 2, status: 200, error: null });
    const calls = receiver.of('/again');
    expect(calls.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]);
    for (const { body, headers } of calls) expect(new Webhook(SECRET).verify(body, headers)).toEqual({ a: 1 });
    expect(calls[0]?.headers['webhook-timestamp']).not.toBe(calls[1]?.headers['webhook-timestamp']);
    expect((await eventsOf(id)).map(([type]) => type)).toEqual(['webhook.queued', 'webhook.sent']);
  });

  test.each([
    [400, 'WEBHOOK_REFUSED', 'The receiver refuses it (400).'],
    [401, 'WEBHOOK_UNAUTHORIZED', 'The receiver refuses it (401): compare the secret on both sides.'],
    [410, 'WEBHOOK_UNWANTED', 'The receiver wants no more of these (410).'],
  ])('that is refused for good (%i) fails at once', async (status, code, error) => {
    receiver.answer = (response) => void response.writeHead(status).end();
    const id = await queue(url(`/final-${status}`));
    expect(await settled(id, 'FAILED')).toMatchObject({ attempts: 1, status, error, told: { code, facts: { status } }, sent_at: null });
    expect((await eventsOf(id)).at(-1)).toEqual(['webhook.failed', { deliveryId: id, ruleId, attempts: 1, status, error }]);
  });

  test('is given up after its last attempt, whoever counted the ones before', async () => {
    receiver.answer = (response) => void response.writeHead(500).end();
    const id = await queue(url('/last'));
    await tried(id);
    await database.query('UPDATE webhook_deliveries SET attempts = $2 WHERE id = $1', [id, ATTEMPTS - 1]);
    expect(await settled(id, 'FAILED')).toMatchObject({ attempts: ATTEMPTS, error: 'The receiver has a failure (500).' });
  });

  test('that is answered by a redirect goes nowhere else', async () => {
    receiver.answer = (response) => void response.writeHead(307, { location: url('/elsewhere') }).end();
    const id = await queue(url('/moved'));
    expect(await tried(id)).toMatchObject({ state: 'PENDING', status: 307, error: expect.stringContaining('not followed') });
    expect(receiver.of('/elsewhere')).toEqual([]);
  });

  test('with a secret that is none says so', async () => {
    const id = await queue(url('/secret'), {}, sender, 'heslo');
    expect(await settled(id, 'FAILED')).toMatchObject({ status: null, error: expect.stringContaining('secret') });
    expect(receiver.of('/secret')).toEqual([]);
  });

  test('that an engine left behind is sent by the next one', async () => {
    const id = uuidv7();
    await database.query(
      `INSERT INTO webhook_deliveries (id, subject_id, url, secret, body, state, created_at) VALUES ($1, $2, $3, $4, '{}', 'PENDING', now())`,
      [id, subjectId, url('/left'), SECRET],
    );
    const next = await start(database, 'hooks.example');
    await settled(id, 'SENT');
    await next.app.close();
    expect(receiver.of('/left')).toHaveLength(1);
  });
});

test('neither the body, nor the secret, nor the path of a webhook is in the log', async () => {
  receiver.answer = (response) => void response.writeHead(400).end('words of the receiver');
  const words = { name: 'Zdeňka Markantová' };
  const id = await queue(url('/hook?key=klic-4711'), words);
  await settled(id, 'FAILED');
  receiver.answer = (response) => void response.socket?.destroy();
  await tried(await queue(url('/hook?key=klic-4711'), words));
  await until('a word of it', () => said.some((line) => line.includes(`The webhook ${id} is given up (400).`)));
  const log = [
    ...said,
    ...(await database.query<{ facts: unknown }>('SELECT facts FROM events')).map(({ facts }) => JSON.stringify(facts)),
  ];
  for (const secret of ['Markantová', SECRET, SECRET.slice(6), 'klic-4711', 'words of the receiver'])
    expect(log.filter((line) => line.includes(secret))).toEqual([]);
});

describe('a receiver that is slow', () => {
  test('to answer is given up after a while', async () => {
    receiver.answer = () => undefined;
    const id = await queue(url('/silent'));
    expect(await tried(id)).toMatchObject({ state: 'PENDING', status: null, error: 'hooks.example gave no answer within 0.7 s.' });
  });

  test('to end its answer, or never does, has answered by its head', async () => {
    receiver.answer = (response) => {
      response.writeHead(200).write('…');
      const drip = setInterval(() => response.write('…'), 50);
      response.on('close', () => clearInterval(drip));
    };
    expect(await settled(await queue(url('/drip')), 'SENT')).toMatchObject({ attempts: 1, status: 200 });
    let written = 0;
    let closed = false;
    receiver.answer = (response) => {
      response.writeHead(200);
      const pour = (): void => {
        while (!closed && response.write(Buffer.alloc(16_384))) written += 16_384;
      };
      response.on('drain', pour);
      response.on('close', () => {
        closed = true;
      });
      pour();
    };
    expect(await settled(await queue(url('/flood')), 'SENT')).toMatchObject({ attempts: 1, status: 200 });
    await until('the connection to be closed', () => closed);
    // What was on its way in the buffers of both sides included.
    expect(written).toBeLessThan(20_000_000);
  });

  test.each([
    ['breaks off', (response: ServerResponse) => void response.socket?.destroy()],
    ['speaks another protocol', (response: ServerResponse) => void response.socket?.end('220 mail.example ESMTP\r\n')],
    [
      'wants to switch to another',
      (response: ServerResponse) => void response.writeHead(101, { connection: 'upgrade', upgrade: 'x' }).end(),
    ],
  ])('or %s is tried again', async (_what, answer) => {
    receiver.answer = answer;
    const row = await tried(await queue(url('/broken')));
    expect(row).toMatchObject({ state: 'PENDING', error: expect.stringMatching(/^(hooks\.example|The receiver) .*\.$/) });
  });
});

describe('an address that is not on the public internet', () => {
  const refused = { state: 'FAILED', attempts: 1, status: null, error: expect.stringContaining('WEBHOOK_ALLOW') };

  test('is not called, by its number or by a name for it', async () => {
    for (const host of ['127.0.0.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', 'localhost', 'inside.example']) {
      expect(await settled(await queue(url('/private', host)), 'FAILED')).toMatchObject(refused);
    }
    expect(receiver.of('/private')).toEqual([]);
  });

  test('is not called where the name was another address a moment ago', async () => {
    // Nothing listens at the first, which is allowed: what is asked of the name later must not be believed for it.
    names.set('rebound.example', ['127.0.0.2', '127.0.0.1']);
    const id = await queue(url('/rebound', 'rebound.example'));
    expect(await tried(id)).toMatchObject({ state: 'PENDING', error: 'rebound.example takes no connections there.' });
    expect(await settled(id, 'FAILED')).toMatchObject({ ...refused, attempts: 2 });
    expect(receiver.of('/rebound')).toEqual([]);
  });

  test('is not called where it is one of several that a name has', async () => {
    names.set('several.example', ['127.0.0.2 127.0.0.1']);
    expect(await settled(await queue(url('/several', 'several.example')), 'FAILED')).toMatchObject(refused);
    expect(receiver.of('/several')).toEqual([]);
  });

  test('is called where the operator allows its network', async () => {
    const own = await createDatabase();
    const allowing = await start(own, '10.0.0.0/8, 127.0.0.1');
    const id = await queue(url('/allowed', 'inside.example'), {}, allowing);
    await until('the call', () => receiver.of('/allowed').length === 1);
    expect(receiver.of('/allowed')[0]?.headers['webhook-id']).toBe(id);
    await allowing.app.close();
    await own.drop();
  });

  test('is called where a host is allowed by name, but not by another name for it', async () => {
    await settled(await queue(url('/by-name')), 'SENT');
    await settled(await queue(url('/by-name', 'inside.example')), 'FAILED');
    expect(receiver.of('/by-name')).toHaveLength(1);
  });

  test('nowhere to be found is tried again', async () => {
    expect(await tried(await queue(url('/', 'nowhere.example')))).toMatchObject({
      state: 'PENDING',
      error: 'There is no host nowhere.example.',
    });
  });
});

describe('which addresses are public', () => {
  const nothing = readAllowed([]);
  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.255.255.255', '169.254.169.254', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.1', '192.0.2.1', '198.18.0.1', '203.0.113.5', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::ffff:0:127.0.0.1', '64:ff9b::10.0.0.1', '64:ff9b:1::5'],
    ...[
      '2002:7f00:1::',
      '2002:a00:1::1',
      '2001:0:1::1',
      '2001:db8::1',
      '::7f00:1',
      '4000::1',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'fe80::1%eth0',
      'fec0::1',
    ],
    ...['ff02::1', '100::1', '3fff::1', 'no address', ''],
  ])('%s is not', (address) => expect(refusalOfAddress(address, 'hooks.example', nothing)).toContain('WEBHOOK_ALLOW'));

  test.each(['1.1.1.1', '93.184.215.14', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1', '2002:101:101::1'])(
    '%s is',
    (address) => expect(refusalOfAddress(address, 'hooks.example', nothing)).toBeNull(),
  );

  test.each([
    ['ftp://example.org/', 'A webhook goes to http or https, not to ftp.'],
    ['file:///etc/passwd', 'A webhook goes to http or https, not to file.'],
    ['https://eva:heslo@example.org/', "A webhook's URL holds no user name and no password: the signature says who sends it."],
    ['example.org', 'This is no URL; write it like https://example.org/hook.'],
    [`https://example.org/${'x'.repeat(2_000)}`, "A webhook's URL has at most 2,000 characters."],
    ['http://0x7f.1/', '127.0.0.1 is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.'],
    ['http://017700000001/', '127.0.0.1 is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.'],
    ['http://[fd00::1]/', 'fd00::1 is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.'],
    ['http://LOCALHOST./', 'localhost. is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.'],
    ['http://a.localhost/', 'a.localhost is not on the public internet; an operator can allow it by the setting WEBHOOK_ALLOW.'],
    ['https://example.org/hook?key=1', null],
    ['http://example.org:8080/', null],
    ['https://1.1.1.1/', null],
  ])('%s', (text, words) => expect(refusalOfUrl(text, nothing)).toBe(words));

  test('what the operator allows is allowed by its name, its address or its network, in any writing', () => {
    const allowed = readAllowed(['Hooks.Internal', '10.0.0.0/8', '192.168.1.7', 'fd00::/8']);
    for (const address of ['10.9.9.9', '::ffff:10.9.9.9', '192.168.1.7', 'fd12::1']) {
      expect(refusalOfAddress(address, 'x.example', allowed)).toBeNull();
    }
    for (const address of ['11.0.0.1', '1.1.1.1']) expect(refusalOfAddress(address, 'x.example', allowed)).toBeNull();
    for (const address of ['192.168.1.8', '127.0.0.1', 'fc00::1', '::1']) {
      expect(refusalOfAddress(address, 'x.example', allowed)).not.toBeNull();
      expect(refusalOfAddress(address, 'hooks.internal', allowed)).toBeNull();
    }
    expect(refusalOfUrl('http://hooks.internal/', allowed)).toBeNull();
    expect(refusalOfUrl('http://[::ffff:10.0.0.1]/', allowed)).toBeNull();
    expect(refusalOfUrl('http://localhost/', readAllowed(['127.0.0.0/8']))).toBeNull();
    expect(refusalOfUrl('http://localhost/', readAllowed(['localhost']))).toBeNull();
  });

  test.each(['10.0.0.0/33', 'a b', '*.example.org', 'http://example.org', '300.1.1.1'])('"%s" is no setting', (item) =>
    expect(() => readConfig({ DATABASE_URL: 'postgres://x/y', WEBHOOK_ALLOW: item })).toThrow('WEBHOOK_ALLOW: must be host names'),
  );
});

describe('when it is tried again', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');

  test('waits longer each time, eight attempts in about a day', () => {
    const waits = Array.from({ length: ATTEMPTS - 1 }, (_wait, index) => waitMs(index + 1));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    expect(ATTEMPTS).toBe(8);
    expect(hours).toBeGreaterThan(22);
    expect(hours).toBeLessThan(26);
  });

  test.each([
    ['120', 120_000],
    ['Sun, 22 Nov 2026 12:05:00 GMT', 300_000],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('Retry-After: %s', (header, expected) => expect(judge(503, header, now).retryAfterMs).toBe(expected));

  test('is not sooner than the receiver asks, up to an hour', () => {
    expect(waitMs(1, 120_000)).toBe(120_000);
    expect(waitMs(1, 86_400_000)).toBe(3_600_000);
    expect(waitMs(7, 120_000)).toBe(54_000_000);
  });

  test('the receiver is heard', async () => {
    receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '120' }).end();
    const id = await queue(url('/busy'));
    expect(await tried(id)).toMatchObject({ status: 429, error: 'The receiver asks for fewer calls (429).' });
    const dueAt = await until('the job to wait', async () => {
      const [job] = await database.query<{ at: string }>(
        "SELECT process_at_ms AS at FROM bullmq.job WHERE queue = 'webhook' AND id = $1 AND state = 'delayed'",
        [id],
      );
      return Number(job?.at);
    });
    expect(dueAt - Date.now()).toBeGreaterThan(60_000);
    expect(dueAt - Date.now()).toBeLessThan(121_000);
  });

  test.each([
    ['ENOTFOUND', 'There is no host a.example.'],
    ['EAI_AGAIN', 'The name a.example cannot be looked up now.'],
    ['ECONNREFUSED', 'a.example takes no connections there.'],
    ['CERT_HAS_EXPIRED', 'The certificate of a.example cannot be trusted (CERT_HAS_EXPIRED).'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'The certificate of a.example cannot be trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE).'],
    ['EHOSTUNREACH', 'a.example cannot be reached (EHOSTUNREACH).'],
  ])('%s means again, in words', (code, error) => {
    const failure = Object.assign(new Error('with a secret'), { code });
    expect(judgeFailure('a.example', failure, 10_000)).toMatchObject({ outcome: 'again', status: null, error: { text: error } });
    const several = Object.assign(new AggregateError([failure]), { code: undefined });
    expect(judgeFailure('a.example', several, 10_000)).toMatchObject({ outcome: 'again', status: null, error: { text: error } });
  });

  test.each([
    [200, 'sent'],
    [202, 'sent'],
    [299, 'sent'],
    [301, 'again'],
    [400, 'failed'],
    [404, 'failed'],
    [408, 'again'],
    [410, 'failed'],
    [425, 'again'],
    [429, 'again'],
    [500, 'again'],
    [503, 'again'],
  ])('%i means %s', (status, outcome) => expect(judge(status, undefined, now).outcome).toBe(outcome));
});

describe('a secret', () => {
  test.each([SECRET, SECRET.replace('whsec_', ''), `whsec_${Buffer.alloc(24, 1).toString('base64')}`])('%s can be used', (secret) => {
    expect(() => checkSecret(secret)).not.toThrow();
    const key = secretKey(secret) as Uint8Array;
    const at = new Date();
    expect(new Webhook(key, { format: 'raw' }).sign('id', at, '{}')).toBe(new Webhook(secret).sign('id', at, '{}'));
  });

  test.each(['', 'whsec_', 'whsec_short', `whsec_${Buffer.alloc(65).toString('base64')}`, `${SECRET} `, 'žluťoučký kůň '.repeat(4)])(
    '"%s" is none',
    (secret) => expect(() => checkSecret(secret)).toThrow('openssl rand -base64 32'),
  );
});
