/** What a shell asks the engine, and what it makes of the answer. */
import { addressOf, follow, frameAddress, isPassing, renewalDelay, signIn } from '../src/front-components/engine';
import { problemOf } from '../src/front-components/problem';

const answering = (body: unknown) => {
  const asked: { url: string; init?: RequestInit }[] = [];
  const fetcher = ((url: string, init?: RequestInit) => {
    asked.push({ url, init });
    return Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body)));
  }) as typeof fetch;
  return { asked, fetcher };
};

test('the token of Twenty goes to the engine in the body, without an Authorization header', async () => {
  const { asked, fetcher } = answering({ data: { signInWithCrm: { secret: 's', expiresAt: '2026-01-01T00:00:00Z' } } });
  expect(await signIn('https://engine.test', 'crm-token', 'CONSOLE', fetcher)).toEqual({
    kind: 'in',
    secret: 's',
    expiresAt: '2026-01-01T00:00:00Z',
  });
  expect(asked[0]?.url).toBe('https://engine.test/graphql');
  expect(asked[0]?.init?.headers).toEqual({ 'Content-Type': 'application/json' });
  expect(JSON.parse(asked[0]?.init?.body as string)).toMatchObject({ variables: { input: { token: 'crm-token', purpose: 'CONSOLE' } } });
});

test('a refusal carries its code and the words of the engine', async () => {
  const { fetcher } = answering({ errors: [{ message: 'You have no agent profile.', extensions: { code: 'FORBIDDEN' } }] });
  expect(await signIn('https://engine.test', 't', 'DESK', fetcher)).toEqual({
    kind: 'refused',
    code: 'FORBIDDEN',
    message: 'You have no agent profile.',
  });
});

test('a page of something else, an empty answer and no answer all mean that the engine is not there', async () => {
  const silent = (() => Promise.reject(new TypeError('fetch failed'))) as typeof fetch;
  expect(await signIn('https://engine.test', 't', 'DESK', answering('<html>').fetcher)).toEqual({ kind: 'unreachable' });
  expect(await signIn('https://engine.test', 't', 'DESK', answering({}).fetcher)).toEqual({ kind: 'unreachable' });
  expect(await signIn('https://engine.test', 't', 'DESK', silent)).toEqual({ kind: 'unreachable' });
});

test('only web addresses count as the address of the engine', () => {
  expect(addressOf(' https://engine.test/ ')).toBe('https://engine.test');
  expect(addressOf('http://127.0.0.1:4400')).toBe('http://127.0.0.1:4400');
  expect([undefined, '', 'engine.test', 'javascript:alert(1)', 'enc:v2:07ec:Zm9v'].map(addressOf)).toEqual([null, null, null, null, null]);
});

test('everything that the page must know stands behind the #, and what is unknown is left out', () => {
  expect(frameAddress('https://engine.test', 'desk/', { token: 'a b', host: 'crm', scheme: 'dark', locale: 'cs-CZ' })).toBe(
    'https://engine.test/desk/#token=a%20b&host=crm&scheme=dark&locale=cs-CZ',
  );
  expect(frameAddress('https://engine.test', 'desk/service.html', { token: 's', customer: undefined })).toBe(
    'https://engine.test/desk/service.html#token=s',
  );
});

test('the next sign-in comes a minute before the token ends, never at once and never later than in twenty minutes', () => {
  const now = Date.parse('2026-01-01T12:00:00Z');
  expect(renewalDelay('2026-01-01T12:10:00Z', now)).toBe(9 * 60_000);
  expect(renewalDelay('2026-01-01T11:00:00Z', now)).toBe(5_000);
  expect(renewalDelay('never', now)).toBe(5_000);
  expect(renewalDelay('2027-01-01T12:00:00Z', now)).toBe(20 * 60_000);
});

test('only silence and a busy engine are worth asking again without being told', () => {
  const refused = (code: string) => ({ kind: 'refused' as const, code, message: '' });
  expect([{ kind: 'unreachable' as const }, refused('UNAVAILABLE'), refused('LIMIT_EXCEEDED')].map(isPassing)).toEqual([true, true, true]);
  expect([refused('FORBIDDEN'), refused('UNAUTHENTICATED')].map(isPassing)).toEqual([false, false]);
});

test('what was refused of a record is asked of Twenty as its user; nothing refused and no answer are two things', async () => {
  const record = (problem: string | null) => answering({ data: { queues: { edges: [{ node: { problem } }] } } });
  const { asked, fetcher } = record('“150” does not fit priority.');
  expect(await problemOf('https://crm.test/', 'user-token', 'queues', 'an-id', fetcher)).toBe('“150” does not fit priority.');
  expect(asked[0]?.url).toBe('https://crm.test/graphql');
  expect(asked[0]?.init?.headers).toMatchObject({ Authorization: 'Bearer user-token' });
  expect(JSON.parse(asked[0]?.init?.body as string)).toMatchObject({ variables: { id: 'an-id' } });
  expect(await problemOf('https://crm.test', 't', 'queues', 'an-id', record('').fetcher)).toBeNull();
  expect(await problemOf('https://crm.test', 't', 'queues', 'an-id', record(null).fetcher)).toBeNull();
  for (const body of ['<html>', { errors: [{ message: 'no' }] }, { data: { queues: { edges: [] } } }])
    expect(await problemOf('https://crm.test', 't', 'queues', 'an-id', answering(body).fetcher)).toBeUndefined();
});

test('what the frame asks for is shown, a ping is answered, and a lost connection is told once', () => {
  const said: unknown[] = [];
  const socket = {
    send: (text: string) => void said.push(JSON.parse(text)),
    close: () => socket.onclose(),
    onclose: () => {},
  } as never as WebSocket & Record<'onopen' | 'onclose', () => void> & { onmessage: (event: { data: string }) => void };
  const shown: unknown[] = [];
  let lost = 0;
  const opened: string[] = [];
  const open = (url: string, protocol: string) => {
    opened.push(url, protocol);
    return socket;
  };
  const hear = (message: object) => socket.onmessage({ data: JSON.stringify(message) });
  follow('https://engine.test', 'pb_1', 'frame-1', (page) => shown.push(page), () => (lost += 1), open); // prettier-ignore
  expect(opened).toEqual(['wss://engine.test/graphql', 'graphql-transport-ws']);
  socket.onopen();
  hear({ type: 'connection_ack' });
  hear({ type: 'ping' });
  const page = { object: 'person', id: '1' };
  hear({ type: 'next', id: 'shown', payload: { data: { shownInCrm: page } } });
  expect(said).toMatchObject([
    { type: 'connection_init', payload: { authorization: 'Bearer pb_1' } },
    { type: 'subscribe', payload: { variables: { frame: 'frame-1' } } },
    { type: 'pong' },
  ]);
  expect(shown).toEqual([page]);
  hear({ type: 'error' });
  socket.onclose();
  expect(lost).toBe(1);
  follow('https://engine.test', 'pb_1', 'frame-1', () => {}, () => (lost += 1), open)(); // prettier-ignore
  expect(lost).toBe(1);
});
