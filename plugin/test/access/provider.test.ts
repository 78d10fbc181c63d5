/** Sign-in at a real OpenID Connect provider: who comes in and as whom, and all that must not let anybody in. */
import fc from 'fast-check';
import { groupsIn, personIn, rightOf, type ProviderGroup } from '../../src/access/provider-claims.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { CLIENT, IdentityProvider, type Account } from '../support/identity-provider.js';
import { until } from '../support/until.js';
import { Browser, inviteBy, PASSWORD, personBy } from './support.js';

const GROUPS = [
  { group: 'center-admins', role: 'ADMIN' },
  { group: 'center-leads', role: 'SUPERVISOR' },
  { group: 'center-agents', role: 'AGENT' },
];
const HOUR_S = 3_600;

let engine: TestEngine;
let admin: TestClient;
let provider: IdentityProvider;
let center: ContactCenter;
let count = 0;

const UPDATE =
  'mutation($input: UpdateIdentityProviderInput!) { updateIdentityProvider(input: $input) { settings { provider { hasSecret redirectUri } } } }';
const setUp = (change: Record<string, unknown> = {}) => admin.do(UPDATE, { input: { ...provider.settings(GROUPS), ...change } });

beforeAll(async () => {
  engine = await startTestEngine();
  admin = engine.client(await engine.token('ADMIN'));
  center = await ContactCenter.on(engine);
  provider = await IdentityProvider.start(engine.engine.url);
  await expect(setUp()).rejects.toThrow('at which address');
  await admin.do('mutation($input: UpdateSignInSettingsInput!) { updateSignInSettings(input: $input) { settings { address } } }', {
    input: { address: engine.engine.url },
  });
  expect(await setUp()).toEqual({
    updateIdentityProvider: { settings: { provider: { hasSecret: true, redirectUri: `${engine.engine.url}/session/provider/callback` } } },
  });
});
afterAll(async () => {
  await engine.stop();
  await provider.stop();
});
afterEach(() => {
  provider.spoil = null;
  provider.isForging = false;
});

/** A browser that keeps the cookies of the engine and of the provider, and does not follow by itself. */
class Visitor extends Browser {
  private readonly jar = new Map<string, Map<string, string>>();

  async open(url: string, form?: Record<string, string>): Promise<Response> {
    const { origin } = new URL(url);
    const cookies = this.jar.get(origin) ?? new Map<string, string>();
    this.jar.set(origin, cookies);
    const answer = await fetch(url, {
      redirect: 'manual',
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : null,
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0]!.split('=') as [string, string];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const own = this.jar.get(engine.engine.url)?.get('patchbay');
    if (own) this.cookie = `patchbay=${own}`;
    return answer;
  }

  /** As far as `until` says, else to the console. @returns where it stands in the end */
  async follow(url: string, who: string, stop: (url: string) => boolean = () => false): Promise<string> {
    let at = url;
    for (let n = 0; n < 20; n += 1) {
      if (stop(at) || new URL(at).pathname.startsWith('/console/')) return at;
      const isForm = new URL(at).pathname.startsWith('/interaction/');
      const answer = await this.open(at, isForm ? { who } : undefined);
      const next = answer.headers.get('location');
      if (!next) throw new Error(`${at} answered ${answer.status}: ${await answer.text()}`);
      at = new URL(next, at).href;
    }
    throw new Error('It goes round in circles.');
  }
}

const START = '/session/provider?to=/console/queues';

/** @returns what the sign-in page is told: `signed` or a problem */
async function signIn(who: string, visitor = new Visitor(engine)): Promise<{ visitor: Visitor; said: string }> {
  const at = new URL(await visitor.follow(`${engine.engine.url}${START}`, who));
  expect([at.pathname, at.searchParams.get('to')]).toEqual(['/console/sign-in', '/console/queues']);
  const said = new URLSearchParams(at.hash.slice(1));
  return { visitor, said: said.get('problem') ?? `signed ${said.get('signed')}` };
}

/** Somebody of the company, by what the provider says of them. */
function somebody(account: Account = {}): string {
  const who = `somebody${(count += 1)}`;
  provider.accounts.set(who, {
    email: `${who}@company.example`,
    email_verified: true,
    name: `Somebody ${count}`,
    groups: ['center-leads'],
    ...account,
  });
  return who;
}

const of = async (email: string) =>
  (
    await admin.do<{ users: { edges: { node: Record<string, unknown> }[] } }>(
      'query($search: Line) { users(filter: { search: $search }) { edges { node { id name role state byProvider } } } }',
      { search: email },
    )
  ).users.edges.map(({ node }) => node);

describe('a sign-in at the provider', () => {
  test('makes the person at the first one, knows them at the next, and gives the role of today', async () => {
    const who = somebody({ groups: ['staff', 'center-leads'] });
    const { visitor, said } = await signIn(who);
    expect([said, await visitor.role()]).toEqual(['signed in', 'SUPERVISOR']);
    const [made] = await of(who);
    expect(made).toMatchObject({ name: `Somebody ${count}`, role: 'SUPERVISOR', state: 'ACTIVE', byProvider: true });
    provider.accounts.set(who, { ...provider.accounts.get(who), name: 'Renamed', groups: ['center-leads', 'center-admins'] });
    const again = await signIn(who);
    expect(await again.visitor.role()).toBe('ADMIN');
    expect(await of(who)).toEqual([{ ...made, name: 'Renamed', role: 'ADMIN' }]);
    // With another role the sessions of before are over.
    expect(await visitor.role()).toBe('UNAUTHENTICATED');
  });

  test('has a session like any other: found in the list, and signed out at the provider too', async () => {
    const { visitor } = await signIn(somebody());
    const answer = await visitor.send('DELETE', '/session');
    expect(answer.status).toBe(200);
    const { to } = (await answer.json()) as { to: string };
    const url = new URL(to);
    expect([url.origin, url.pathname, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
      provider.issuer,
      '/session/end',
      `${engine.engine.url}/console/sign-in`,
    ]);
    expect((await visitor.open(to)).status).toBe(200);
    expect(await visitor.role()).toBe('UNAUTHENTICATED');
  });

  test('of an agent leads to the agent with that address, and to nobody where there is none', async () => {
    const email = 'agent.of.the.company@company.example';
    const who = somebody({ groups: ['center-agents'], email });
    expect((await signIn(who)).said).toBe('NO_AGENT');
    const agent = await center.agent([], { connected: false, available: false });
    await engine.database.query('UPDATE agents SET email = $1 WHERE id = $2', [email, agent.id]);
    const unproven = somebody({ groups: ['center-agents'], email, email_verified: false });
    expect((await signIn(unproven)).said).toBe('NO_AGENT');
    const { visitor } = await signIn(who);
    expect((await visitor.ask('{ me { role agent { id } } }')).data).toEqual({ me: { role: 'AGENT', agent: { id: agent.id } } });
  });

  test('is bounded to what the groups of today with that role are bounded to, and ends what was open where that changes', async () => {
    const [mine, other] = [await center.queue({ department: 'Care' }), await center.queue({ department: 'Sales' })];
    await setUp({
      groups: [
        { group: 'care', role: 'SUPERVISOR', bounds: { departments: ['Care'] } },
        { group: 'sales', role: 'SUPERVISOR', bounds: { queueIds: [other] } },
        { group: 'readers', role: 'ANALYST' },
        { group: 'center-leads', role: 'SUPERVISOR' },
      ],
    });
    const bounded = async (visitor: Visitor) => {
      const { me } = await visitor.do<{ me: { role: string; bounds: { departments: string[]; queues: { id: string }[] } | null } }>(
        '{ me { role bounds { departments queues { id } } } }',
      );
      return [me.role, me.bounds && { departments: me.bounds.departments, queues: me.bounds.queues.map(({ id }) => id) }];
    };
    const seen = async (visitor: Visitor) =>
      (
        await visitor.do<{ queues: { edges: { node: { id: string } }[] } }>('{ queues(first: 200) { edges { node { id } } } }')
      ).queues.edges.map(({ node }) => node.id);
    try {
      // A group for reading the whole center does not widen what another lets its people change.
      const who = somebody({ groups: ['care', 'readers'] });
      const { visitor } = await signIn(who);
      expect(await bounded(visitor)).toEqual(['SUPERVISOR', { departments: ['Care'], queues: [] }]);
      expect(await seen(visitor)).toEqual([mine]);
      const [{ id }] = (await of(who)) as [{ id: string }];

      const move = async (groups: string[]) => {
        provider.accounts.set(who, { ...provider.accounts.get(who), groups });
        return (await signIn(who)).visitor;
      };
      const both = await move(['care', 'sales']);
      expect(await bounded(both)).toEqual(['SUPERVISOR', { departments: ['Care'], queues: [other] }]);
      await until('the end of the session with the right of before', async () => (await visitor.role()) === 'UNAUTHENTICATED');
      const [logged] = await engine.database.query<{ facts: unknown }>(
        "SELECT facts FROM events WHERE type = 'user.updated' AND subject_id = $1 ORDER BY seq DESC LIMIT 1",
        [id],
      );
      expect(logged!.facts).toMatchObject({
        changed: ['bounds'],
        before: { bounds: { queueIds: [] } },
        after: { bounds: { queueIds: [other] } },
      });
      expect(await bounded(await move(['sales', 'center-leads']))).toEqual(['SUPERVISOR', null]);

      // What an administrator sets by hand stays where the groups say nothing, and gives way where they do.
      await admin.do('mutation($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }', {
        input: { id, bounds: { queueIds: [mine] } },
      });
      expect(await bounded(await move(['center-leads']))).toEqual(['SUPERVISOR', { departments: [], queues: [mine] }]);
      expect(await bounded(await move(['care']))).toEqual(['SUPERVISOR', { departments: ['Care'], queues: [] }]);
      expect(await bounded(await move(['center-leads']))).toEqual(['SUPERVISOR', null]);
    } finally {
      await setUp();
    }
  });

  test('by the same person from two browsers at once makes one user', async () => {
    const who = somebody();
    const both = await Promise.all([signIn(who), signIn(who)]);
    expect(both.map(({ said }) => said)).toEqual(['signed in', 'signed in']);
    expect(await of(who)).toHaveLength(1);
  });
});

describe('somebody who is here already', () => {
  test('is joined where the provider has checked the address, and signs in with no password any more', async () => {
    const { email, id } = await personBy(admin, engine);
    const before = new Browser(engine);
    await before.signIn(email);
    const who = somebody({ email: email.toUpperCase() });
    expect((await signIn(who)).said).toBe('signed in');
    expect(await of(email)).toMatchObject([{ id, byProvider: true, state: 'ACTIVE' }]);
    expect((await new Browser(engine).signIn(email)).status).toBe(401);
    expect(
      (await admin.ask('mutation($id: UUID!) { createAccessLink(userId: $id) { link { path } } }', { id })).errors?.[0]?.message,
    ).toContain('signs in at the identity provider');
    // Another account with that address is not the same person.
    expect((await signIn(somebody({ email }))).said).toBe('TAKEN');
  });

  test.each([[false], [undefined]])('is not joined by an address of which the provider says verified: %s', async (email_verified) => {
    const { email, id } = await inviteBy(admin);
    const who = somebody({ email, email_verified });
    expect((await signIn(who)).said).toBe('NOT_VERIFIED');
    expect(await of(email)).toMatchObject([{ id, byProvider: false, state: 'INVITED' }]);
  });

  test('keeps a password as an administrator, for when the provider is down', async () => {
    const { email } = await personBy(admin, engine, { role: 'ADMIN' });
    expect((await signIn(somebody({ email, groups: ['center-admins'] }))).said).toBe('signed in');
    expect((await new Browser(engine).signIn(email, PASSWORD)).status).toBe(204);
  });

  test('and deactivated here stays out, however valid there', async () => {
    const who = somebody();
    const { visitor } = await signIn(who);
    const [{ id }] = (await of(who)) as [{ id: string }];
    await admin.do('mutation($id: UUID!) { deactivateUser(id: $id) { user { id } } }', { id });
    expect(await visitor.role()).toBe('UNAUTHENTICATED');
    const again = await signIn(who);
    expect([again.said, await again.visitor.role()]).toEqual(['DEACTIVATED', 'UNAUTHENTICATED']);
    const invited = await inviteBy(admin);
    await admin.do('mutation($id: UUID!) { deactivateUser(id: $id) { user { id } } }', { id: invited.id });
    expect((await signIn(somebody({ email: invited.email }))).said).toBe('DEACTIVATED');
  });

  test('and out of the groups since then does not come in, and is out everywhere', async () => {
    const who = somebody();
    const { visitor } = await signIn(who);
    const socket = visitor.subscribe('subscription { board { kind } }');
    await until('a frame', () => socket.items.length > 0);
    provider.accounts.set(who, { ...provider.accounts.get(who), groups: ['staff'] });
    const again = await signIn(who);
    expect([again.said, await again.visitor.role()]).toEqual(['NO_GROUP', 'UNAUTHENTICATED']);
    await until('the end of what is open', () => socket.closed === 4403);
    expect(await visitor.role()).toBe('UNAUTHENTICATED');
    provider.accounts.set(who, { ...provider.accounts.get(who), groups: ['center-leads'] });
    expect((await signIn(who)).said).toBe('signed in');
  });
});

describe('nobody comes in', () => {
  test('who is in none of the groups, or has no address', async () => {
    const stranger = somebody({ groups: [] });
    expect((await signIn(stranger)).said).toBe('NO_GROUP');
    expect(await of(stranger)).toEqual([]);
    expect((await signIn(somebody({ email: undefined }))).said).toBe('NO_EMAIL');
  });

  const now = () => Math.floor(Date.now() / 1_000);
  test.each<[string, string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['an expired token', 'CLOCK', (claims) => ({ ...claims, exp: now() - 90 })],
    ['a token of a time to come', 'CLOCK', (claims) => ({ ...claims, nbf: now() + HOUR_S })],
    ['a token for somebody else', 'UNTRUSTED', (claims) => ({ ...claims, aud: 'another client' })],
    ['a token of another issuer', 'UNTRUSTED', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['a token of another visit', 'UNTRUSTED', (claims) => ({ ...claims, nonce: 'of another visit' })],
    ['a token without the nonce', 'UNTRUSTED', ({ nonce: _, ...claims }) => claims],
  ])('with %s', async (_, problem, spoil) => {
    provider.spoil = spoil;
    const { visitor, said } = await signIn(somebody());
    expect([said, await visitor.role()]).toEqual([problem, 'UNAUTHENTICATED']);
  });

  test('with a token that somebody else signed', async () => {
    provider.isForging = true;
    expect((await signIn(somebody())).said).toBe('UNTRUSTED');
  });

  test('while clocks that differ by half a minute keep nobody out', async () => {
    for (const spoil of [
      (claims: Record<string, unknown>) => ({ ...claims, exp: now() - 30 }),
      (claims: Record<string, unknown>) => ({ ...claims, iat: now() + 30, nbf: now() + 30 }),
    ]) {
      provider.spoil = spoil;
      expect((await signIn(somebody())).said).toBe('signed in');
    }
  });

  test('with a visit that began in another browser, or an answer used twice', async () => {
    const who = somebody();
    const isBack = (url: string) => url.includes('/session/provider/callback');
    const visitor = new Visitor(engine);
    const back = await visitor.follow(`${engine.engine.url}${START}`, who, isBack);
    const victim = new Visitor(engine);
    expect(await victim.follow(back, who)).toMatch(/#problem=OVER$/);
    expect(await victim.role()).toBe('UNAUTHENTICATED');
    const changed = await visitor.follow(back.replace(/state=[^&]+/, 'state=another'), who);
    expect(changed).toMatch(/#problem=UNTRUSTED$/);
    const second = new Visitor(engine);
    const once = await second.follow(`${engine.engine.url}${START}`, who, isBack);
    expect(await second.follow(once, who)).toMatch(/#signed=in$/);
    expect(await second.follow(once, who)).toMatch(/#problem=OVER$/);
  });

  test('who gives up at the provider', async () => {
    expect((await signIn('')).said).toBe('CANCELLED');
  });

  test('while the provider is down, refuses our client, or is switched off', async () => {
    const other = await IdentityProvider.start(engine.engine.url);
    await other.stop();
    try {
      await setUp({ issuer: other.issuer });
      expect((await signIn(somebody())).said).toBe('DOWN');
      await setUp({ clientSecret: 'not the secret' });
      expect((await signIn(somebody())).said).toBe('SETUP');
      await setUp({ enabled: false });
      expect((await signIn(somebody())).said).toBe('OFF');
      expect((await engine.client('').ask('{ signInMethods { provider { name } } }')).data).toEqual({ signInMethods: { provider: null } });
    } finally {
      await setUp();
    }
    expect((await engine.client('').ask('{ signInMethods { provider { name url } } }')).data).toEqual({
      signInMethods: { provider: { name: 'Company', url: `${engine.engine.url}/session/provider` } },
    });
  });
});

describe('an administrator', () => {
  const attempt = async () =>
    (
      await admin.do<{ tryIdentityProvider: { problem: string | null; signsOut: boolean } }>(
        'mutation { tryIdentityProvider { problem signsOut } }',
      )
    ).tryIdentityProvider;

  test('tries it, and hears what is wrong', async () => {
    expect(await attempt()).toEqual({ problem: null, signsOut: true });
    const cases: [Record<string, unknown>, string][] = [
      [{ clientSecret: 'not the secret' }, 'does not know this client'],
      [{ clientId: 'another' }, 'does not know this client'],
      [{ scopes: ['openid', 'moon'] }, 'does not know the scopes moon'],
      [{ issuer: `${provider.issuer}/deeper` }, 'does not answer as'],
      [{ issuer: provider.issuer.replace('127.0.0.1', 'localhost') }, 'another issuer'],
      [{ issuer: 'http://127.0.0.1:9' }, 'cannot be reached'],
    ];
    try {
      for (const [change, words] of cases) {
        await setUp(change);
        expect((await attempt()).problem).toContain(words);
      }
    } finally {
      await setUp();
    }
  });

  test.each<[Record<string, unknown>, string, string]>([
    [{ issuer: 'company' }, 'issuer', 'address of the issuer'],
    [{ issuer: 'http://company.example' }, 'issuer', 'HTTPS'],
    [{ clientId: ' ' }, 'clientId', 'name of the client'],
    [{ scopes: ['email'] }, 'scopes', 'openid'],
    [{ groups: [] }, 'groups', 'at least one group'],
    [{ groups: [{ group: 'a', role: 'INTAKE' }] }, 'groups', 'given by hand'],
    [{ groups: [{ group: 'a', role: 'TEAM_LEAD' }] }, 'groups', 'a: Say which departments'],
    [{ groups: [{ group: 'a', role: 'AGENT', bounds: { departments: ['Care'] } }] }, 'groups', 'a: The role AGENT is not bounded'],
    [{ groups: [{ group: 'a', role: 'ANALYST', bounds: { departments: ['Nowhere'] } }] }, 'bounds', 'No queue is in a department'],
  ])('cannot save %j', async (change, field, words) => {
    const { errors } = await admin.ask(UPDATE, { input: { ...provider.settings(GROUPS), ...change } });
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining(words) as string, extensions: { facts: { field } } });
  });

  test('never sees the secret again, and neither does who reads the database', async () => {
    const rows = await engine.database.query<{ row: string }>('SELECT s::text AS row FROM sign_in_settings s');
    const events = await engine.database.query<{ row: string }>('SELECT e::text AS row FROM events e');
    for (const { row } of [...rows, ...events]) {
      expect(row).not.toContain(CLIENT.secret);
      expect(row).not.toContain(Buffer.from(CLIENT.secret).toString('hex'));
    }
  });
});

describe('what a provider says', () => {
  test('is read whatever its shape', () => {
    expect(groupsIn({ realm_access: { roles: ['a', 7, '', 'b'] } }, 'realm_access.roles')).toEqual(['a', 'b']);
    expect(groupsIn({ 'https://x.example/groups': 'one' }, 'https://x.example/groups')).toEqual(['one']);
    expect(groupsIn({ groups: { a: true } }, 'groups')).toEqual([]);
    expect(personIn({ iss: 'i', sub: 's', email: 'No Address', email_verified: 'true' }, 'groups')).toEqual({
      issuer: 'i',
      subject: 's',
      name: 'No Address',
      email: null,
      emailVerified: false,
      groups: [],
    });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (claims, path) => {
        const { groups, email } = personIn({ ...claims, iss: 'i', sub: 's' } as never, path);
        expect(groups.every((group) => typeof group === 'string')).toBe(true);
        expect(email === null || email.includes('@')).toBe(true);
      }),
    );
  });

  test('gives the role of the first of our groups that the person is in, over all that the groups with it are bounded to', () => {
    const some = (words: string) => fc.subarray(words.split(' '));
    const group = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const bounds = fc.option(fc.record({ departments: some('x y'), queueIds: some('1 2 3'), teamIds: some('t') }));
    const ours = fc.array(fc.record({ group, role: fc.constantFrom('ADMIN' as const, 'SUPERVISOR' as const), bounds }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(group), ours, (theirs, list) => {
        const first = (rest: ProviderGroup[]): string | null =>
          rest.length === 0 ? null : theirs.some((one) => one === rest[0]!.group) ? rest[0]!.role : first(rest.slice(1));
        const right = rightOf(theirs, list);
        expect(right?.role ?? null).toBe(first(list));
        if (!right) return;
        // A thing is within the right where it is within the bounds of any group that gives it.
        const giving = list.filter((one) => theirs.some((name) => name === one.group) && one.role === right.role);
        for (const [kind, things] of [
          ['departments', 'x y z'],
          ['queueIds', '1 2 3 4'],
          ['teamIds', 't u'],
        ] as const)
          for (const thing of things.split(' ')) {
            const naive = giving.some((one) => !one.bounds || one.bounds[kind].includes(thing));
            expect(right.bounds === null || right.bounds[kind].includes(thing)).toBe(naive);
          }
      }),
    );
  });
});
