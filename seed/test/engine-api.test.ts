/** Calls to an engine that goes away, comes back, and refuses: a server of the test's own stands in for it. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EngineApi, type Credential, type Refusal } from '../src/engine-api.js';
import { AbandonInteractionDocument } from '../src/generated/operations.js';

type Answer = { status?: number; body?: unknown } | 'HANG_UP';

let server: Server;
let url: string;
let answers: Answer[];
const seen: { authorization: string | undefined; body: { variables: unknown } }[] = [];
const DONE = { body: { data: { abandonInteraction: { interaction: { id: '1' } } } } };
const refused = (code: string) => ({ body: { errors: [{ message: `no: ${code}`, extensions: { code } }] } });

beforeEach(async () => {
  seen.length = 0;
  answers = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      seen.push({ authorization: request.headers.authorization, body: JSON.parse(text) as { variables: unknown } });
      const answer: Answer = answers.shift() ?? DONE;
      if (answer === 'HANG_UP') return void request.socket.destroy();
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body ?? null));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});

function apiWith(secrets: string[]): EngineApi {
  const credential: Credential = { secret: () => Promise.resolve(secrets[0]!), renew: () => void secrets.shift() };
  return new EngineApi(url, credential, new AbortController().signal);
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'DONE',
    (error: Refusal) => error.code,
  );

test('a lost connection and an engine that is not ready are tried again with the very same request', async () => {
  answers = ['HANG_UP', refused('UNAVAILABLE'), { status: 502, body: undefined }];
  expect(await codeOf(apiWith(['one']).call(AbandonInteractionDocument, { id: 'x' }))).toBe('DONE');
  expect(seen).toHaveLength(4);
  expect(new Set(seen.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('a refusal is told at once, with its code', async () => {
  answers = [refused('ILLEGAL_TRANSITION')];
  expect(await codeOf(apiWith(['one']).call(AbandonInteractionDocument, { id: 'x' }))).toBe('ILLEGAL_TRANSITION');
  expect(seen).toHaveLength(1);
});

test('a secret that has expired is replaced once, and not for ever', async () => {
  answers = [refused('UNAUTHENTICATED')];
  expect(await codeOf(apiWith(['old', 'new']).call(AbandonInteractionDocument, { id: 'x' }))).toBe('DONE');
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer old', 'Bearer new']);
  answers = [refused('UNAUTHENTICATED'), refused('UNAUTHENTICATED')];
  expect(await codeOf(apiWith(['old', 'also old', 'unused']).call(AbandonInteractionDocument, { id: 'x' }))).toBe('UNAUTHENTICATED');
});

test('patience has an end', async () => {
  answers = ['HANG_UP', 'HANG_UP', 'HANG_UP', 'HANG_UP'];
  expect(await codeOf(apiWith(['one']).call(AbandonInteractionDocument, { id: 'x' }, 300))).toBe('UNAVAILABLE');
  expect(seen.length).toBeLessThan(4);
});

test('when the simulator stops, nothing is tried any more', async () => {
  const stop = new AbortController();
  const api = new EngineApi(url, { secret: () => Promise.resolve('one'), renew: () => undefined }, stop.signal);
  answers = Array.from({ length: 50 }, () => 'HANG_UP' as const);
  const call = codeOf(api.call(AbandonInteractionDocument, { id: 'x' }));
  stop.abort();
  expect(await call).toBe('UNAVAILABLE');
});
