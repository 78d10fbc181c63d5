/** What browsers are told: who may frame the pages, call from elsewhere, connect; and how strangers' files are served. */
import { randomUUID } from 'node:crypto';
import { readConfig } from '../../src/platform/config.js';
import type { Role } from '../../src/platform/generated/graphql.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { RawSocket } from '../support/raw-socket.js';

const CRM = 'https://crm.example.org';
const TOOL = 'https://tool.example.org';
const STRANGER = 'https://stranger.example';

let embedded: TestEngine;
let alone: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  embedded = await startTestEngine({ EMBEDDING_ORIGINS: CRM, ALLOWED_ORIGINS: TOOL });
  alone = await startTestEngine();
  center = await ContactCenter.on(embedded);
});
afterAll(async () => {
  await embedded.stop();
  await alone.stop();
});

const directives = (response: Response): Map<string, string> =>
  new Map(
    (response.headers.get('content-security-policy') ?? '').split(';').map((part) => {
      const [name = '', ...values] = part.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );

describe.each(['/desk/', '/wallboard/', '/', '/health', '/graphql', '/intake/v1/interactions', '/nowhere'])('%s', (path) => {
  test('runs its own scripts only, is not sniffed, tells no referrer', async () => {
    const response = await fetch(`${alone.engine.url}${path}`, { redirect: 'manual' });
    const policy = directives(response);
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('object-src')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'self'");
    expect(policy.get('form-action')).toBe("'self'");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect([response.headers.get('x-powered-by'), response.headers.get('server'), response.headers.get('set-cookie')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('is framed by itself alone, or also by the CRM that the configuration names', async () => {
    const own = await fetch(`${alone.engine.url}${path}`, { redirect: 'manual' });
    expect(directives(own).get('frame-ancestors')).toBe("'self'");
    expect(own.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const framed = await fetch(`${embedded.engine.url}${path}`, { redirect: 'manual' });
    expect(directives(framed).get('frame-ancestors')).toBe(`'self' ${CRM}`);
    expect(framed.headers.get('x-frame-options')).toBeNull();
  });
});

describe('a page of another origin', () => {
  const ask = (origin: string, method: string, headers: Record<string, string> = {}) =>
    fetch(`${embedded.engine.url}/graphql`, {
      method,
      headers: { origin, ...headers },
      ...(method === 'POST' && { body: '{"query":"{ me { role } }"}' }),
    });
  const preflight = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' };

  // A sandboxed panel of a CRM has the origin "null", which anybody can have: it is let in because nothing rides along
  // with it, no cookie and no other credential, only the token that its page was given.
  test.each([
    ['null', true],
    [TOOL, true],
    [CRM, false],
    [STRANGER, false],
    [`${TOOL}.stranger.example`, false],
    ['http://tool.example.org', false],
  ])('%s: may call %s', async (origin, allowed) => {
    const before = await ask(origin, 'OPTIONS', preflight);
    const call = await ask(origin, 'POST', { 'content-type': 'application/json', authorization: `Bearer ${center.admin.token}` });
    for (const response of [before, call]) {
      expect(response.headers.get('access-control-allow-origin')).toBe(allowed ? origin : null);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('vary')?.toLowerCase()).toContain('origin');
    }
    if (allowed) expect(before.headers.get('access-control-allow-headers')?.toLowerCase()).toBe('authorization, content-type');
  });

  test.each([
    ['null', true],
    [TOOL, true],
    [STRANGER, false],
    ['not an origin', false],
  ])('%s: may connect %s', async (origin, allowed) => {
    const socket = RawSocket.signedIn(embedded.engine.url, center.admin.token, { origin });
    if (!allowed) return expect(socket).rejects.toThrow('403');
    (await socket).close();
  });

  test('the own pages may connect', async () => {
    (await RawSocket.signedIn(embedded.engine.url, center.admin.token, { origin: embedded.engine.url })).close();
  });

  test('has no rights but by the bearer token: no cookie, no query, no basic sign-in', async () => {
    const { token } = center.admin;
    const others: Record<string, string>[] = [
      { cookie: `token=${token}; authorization=Bearer ${token}` },
      { authorization: `Basic ${btoa(`admin:${token}`)}` },
    ];
    for (const headers of others) {
      const response = await ask('null', 'POST', { 'content-type': 'application/json', ...headers });
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    const byQuery = await fetch(
      `${embedded.engine.url}/graphql?query=${encodeURIComponent('{ me { role } }')}&token=${token}&authorization=${token}`,
      {
        headers: { 'content-type': 'application/json' },
      },
    );
    expect(await byQuery.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

test.each(['EMBEDDING_ORIGINS', 'ALLOWED_ORIGINS'])('%s takes origins, and nothing that would open a policy', (name) => {
  const read = (value: string) => readConfig({ DATABASE_URL: 'postgresql://x/y', [name]: value });
  for (const wrong of [
    '*',
    'null',
    'crm.example.org',
    'https://crm.example.org/',
    "https://a.example; script-src 'unsafe-inline'",
    'https:',
  ]) {
    expect(() => read(wrong)).toThrow(name);
  }
  expect(read(`${CRM}, ${TOOL}`)).toMatchObject({ [name]: [CRM, TOOL] });
});

describe('a file that came with a mail', () => {
  const PAGE = '<script>fetch("https://stranger.example")</script>';

  async function attachment(fileName: string, contentType: string): Promise<string> {
    const interactionId = await center.open(null, {}, 'EMAIL');
    const [message, id] = [randomUUID(), randomUUID()];
    await embedded.database.query(
      `INSERT INTO messages (id, interaction_id, direction, to_addresses, cc_addresses, text, reference_ids, delivery, created_at)
       VALUES ($1, $2, 'INBOUND', '{}', '{}', 'x', '{}', 'NONE', now())`,
      [message, interactionId],
    );
    await embedded.database.query(
      'INSERT INTO attachments (id, message_id, file_name, content_type, size_bytes, content) VALUES ($1, $2, $3, $4, $5, $6)',
      [id, message, fileName, contentType, PAGE.length, Buffer.from(PAGE)],
    );
    return id;
  }
  const fetchFile = (id: string, token: string, headers: Record<string, string> = {}) =>
    fetch(`${embedded.engine.url}/attachments/${id}`, { headers: { authorization: `Bearer ${token}`, ...headers } });

  test.each([
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['page.xhtml', 'application/xhtml+xml'],
    ['script.js', 'text/javascript'],
    ['style.css', 'text/css'],
    ['page.html', 'image/png'],
    ['x', 'text/html; charset=utf-7'],
    ['x', 'nonsense\u00e9'],
  ])('%s of the type %s is downloaded, never shown or run', async (fileName, contentType) => {
    const response = await fetchFile(await attachment(fileName, contentType), center.admin.token);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(response.headers.get('content-type')).toBe(contentType === 'image/png' ? 'image/png' : 'application/octet-stream');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(response.headers.get('cache-control')).toContain('private');
    expect(await response.text()).toBe(PAGE);
  });

  test.each(['a"; filename="b.exe', 'a\\"b', '../../etc/passwd', 'smlouva č. 5.pdf', '\u202efdp.exe', "a';*=x", '%0d%0aX-Evil: 1', '%'])(
    'its name %p writes no header of its own',
    async (fileName) => {
      const response = await fetchFile(await attachment(fileName, 'application/pdf'), center.admin.token);
      expect(response.status).toBe(200);
      expect(response.headers.get('x-evil')).toBeNull();
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="[^"\\]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*$/,
      );
    },
  );

  test('is for those who see the interaction: agents all of them, as they see the whole history', async () => {
    const id = await attachment('a.pdf', 'application/pdf');
    const agent = await center.agent([], { connected: false });
    const statuses: [Role | 'nobody', number][] = [];
    for (const role of ['ADMIN', 'SUPERVISOR', 'AGENT', 'WALLBOARD', 'INTAKE'] as const) {
      const token = role === 'AGENT' ? agent.client.token : await embedded.token(role);
      statuses.push([role, (await fetchFile(id, token)).status]);
    }
    statuses.push(['nobody', (await fetchFile(id, '')).status]);
    expect(statuses).toEqual([
      ['ADMIN', 200],
      ['SUPERVISOR', 200],
      ['AGENT', 200],
      ['WALLBOARD', 403],
      ['INTAKE', 403],
      ['nobody', 401],
    ]);
  });

  test.each([
    '..%2f..%2fpackage.json',
    '....//package.json',
    '%2e%2e/%2e%2e/etc/passwd',
    `${randomUUID()}%00.html`,
    `${randomUUID()}'--`,
    randomUUID(),
    'x'.repeat(5_000),
  ])('there is none of the id %p', async (id) => {
    const response = await fetchFile(id, center.admin.token);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.text()).not.toContain('"workspaces"');
  });

  test.each(['desk', 'wallboard'])('nor do the pages of the %s lead out of their folder', async (page) => {
    for (const path of ['..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', '..%5c..%5cpackage.json', '.%2e/package.json']) {
      const response = await fetch(`${embedded.engine.url}/${page}/${path}`, { redirect: 'manual' });
      expect(response.status).not.toBe(200);
      expect(await response.text()).not.toContain('"name"');
    }
  });
});
