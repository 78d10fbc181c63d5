/** Redis, where the jobs run on it, goes away and comes back: mail that was written meanwhile goes out then, once. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { openMailbox, type Mailbox } from '../support/mailbox.js';
import { itWith } from '../support/not-run.js';
import { Api, freePort, freshFolder, removeFolder, startPatchbay, type Started } from '../support/patchbay.js';
import { smallCenter } from '../support/small-center.js';

const GENEROUS_MS = 60_000;
const BINARY = [
  process.env.REDIS_SERVER_PATH,
  '/usr/bin/redis-server',
  '/usr/local/bin/redis-server',
  '/opt/homebrew/bin/redis-server',
].find((path) => path && existsSync(path));

let folder: string;
let database: TestDatabase;
let customer: Mailbox;
let started: Started | undefined;
let redis: ChildProcess | undefined;
let desk: Client | undefined;

beforeAll(async () => {
  folder = await freshFolder();
  database = await createDatabase();
  customer = await openMailbox();
});

afterAll(async () => {
  await desk?.dispose();
  await started?.kill();
  redis?.kill('SIGKILL');
  await customer.close();
  await database.drop();
  await removeFolder(folder);
});

itWith(BINARY !== undefined, 'a redis-server (set REDIS_SERVER_PATH)')(
  'mail written while Redis is away goes out when it is back',
  async () => {
    const port = await freePort();
    const startRedis = (): void => {
      redis = spawn(BINARY ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'], {
        stdio: 'ignore',
      });
    };
    startRedis();
    started = await startPatchbay(folder, ['--no-demo'], {
      DATABASE_URL: database.url,
      SMTP_URL: customer.url,
      REDIS_URL: `redis://127.0.0.1:${port}`,
    });
    const { url } = started;
    const center = await smallCenter(started, folder);
    const agent = new Api(url, center.agentToken);
    await center.admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
      input: { idempotencyKey: randomUUID(), channel: 'EMAIL', address: 'fakturace@energie.example', queueId: center.queueId },
    });
    const id = await center.open({ channel: 'EMAIL', customerAddress: 'vera@domov.example', entryAddress: 'fakturace@energie.example' });
    desk = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${center.agentToken}` },
    });
    desk.subscribe(
      { query: 'subscription { myWork { at } }' },
      { next: () => undefined, error: () => undefined, complete: () => undefined },
    );
    const { presenceStatuses } = await agent.do<{ presenceStatuses: { id: string; availability: string }[] }>(
      '{ presenceStatuses { id availability } }',
    );
    await agent.do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { agent { id } } }', {
      input: { statusId: presenceStatuses.find(({ availability }) => availability === 'AVAILABLE')?.id },
    });
    const offer = await until(
      'an offer',
      async () => (await agent.do<{ myWork: { offers: { id: string }[] } }>('{ myWork { offers { id } } }')).myWork.offers[0],
      GENEROUS_MS,
    );
    await agent.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer.id });
    const write = async (text: string): Promise<void> => {
      await agent.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
        input: { idempotencyKey: randomUUID(), interactionId: id, text },
      });
    };
    const texts = () => customer.received.map(({ text }) => text?.trim());

    await write('before');
    await until('the first mail', () => texts().includes('before'), GENEROUS_MS);
    redis?.kill('SIGKILL');
    await once(redis!, 'exit');
    await until('a log that says so', () => /meet a failing backend/.test(started?.output() ?? ''), GENEROUS_MS);
    // Who writes does not wait for Redis.
    await write('meanwhile');
    startRedis();
    await until('the mail of meanwhile', () => texts().includes('meanwhile'), GENEROUS_MS);
    await write('afterwards');
    await until('the mail of afterwards', () => texts().includes('afterwards'), GENEROUS_MS);
    expect(texts().sort()).toEqual(['afterwards', 'before', 'meanwhile']);
  },
  240_000,
);
