/**
 * Who changed what: every mutation of the schema leaves one audited change with what was before and after, or has a reason here
 * why not, so that a new one fails until somebody decides; and who may see what of it.
 */
import { getNamedType, isObjectType, type GraphQLEnumType, type GraphQLOutputType } from 'graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { plainState } from '../../src/platform/plain-state.js';
import { Browser, PASSWORD } from '../access/support.js';
import { until } from '../support/until.js';
import { key, startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';

interface Entry {
  seq: string;
  type: string;
  actor: { kind: string; name: string };
  source: string | null;
  record: { kind: string; id: string; name: string | null };
  changes: { path: string[]; before: unknown; after: unknown; hidden: boolean }[];
  cause: { seq: string; type: string } | null;
}

const AUDIT = `query($filter: AuditFilter, $first: PageSize! = 200, $after: Cursor) {
  audit(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    edges { node { seq type actor { kind name } source record { kind id name } changes { path before after hidden } cause { seq type } } }
  }
}`;

const SECRET = `whsec_${Buffer.from('a secret of thirty-two bytes....').toString('base64')}`;
const NEW_SECRET = `whsec_${Buffer.from('another secret of 32 bytes......').toString('base64')}`;

let test: TestEngine;
let center: ContactCenter;
let admin: TestClient;
let supervisor: TestClient;
let agent: Person;
let queueId: string;
let iva: Browser;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  admin = center.admin;
  supervisor = test.client(await test.token('SUPERVISOR'));
  queueId = await center.queue({ name: 'Claims' });
  agent = await center.agent([queueId], { connected: false, available: false });
  iva = new Browser(test);
  await iva.signIn((await person('Iva')).email);
});

afterAll(async () => {
  await test.stop();
});

async function entries(client: TestClient, filter: Record<string, unknown> = {}, first = 200): Promise<Entry[]> {
  const { audit } = await client.do<{ audit: { edges: { node: Entry }[] } }>(AUDIT, { filter, first });
  return audit.edges.map(({ node }) => node);
}

/** Every kind but sign-ins, which a change of a person may bring along. */
const kindsOfChanges = (): string[] =>
  (test.engine.app.get(GraphQLSchemaHost).schema.getType('AuditKind') as GraphQLEnumType)
    .getValues()
    .map(({ name }) => name)
    .filter((name) => name !== 'SIGN_IN');

/** What one mutation leaves in the audit. */
async function left(
  by: Pick<TestClient, 'do'>,
  name: string,
  args: Record<string, unknown>,
): Promise<{ entries: Entry[]; answer: unknown }> {
  const [last] = await test.database.query<{ seq: string }>('SELECT coalesce(max(seq), 0)::text AS seq FROM events');
  const { [name]: answer } = await by.do(documentOf(name), args);
  const found = await entries(
    admin,
    { kinds: ['updateSignInSettings', 'updateIdentityProvider'].includes(name) ? ['SIGN_IN'] : kindsOfChanges() },
    20,
  );
  return { entries: found.filter(({ seq }) => BigInt(seq) > BigInt(last!.seq)), answer };
}

/** Calls a mutation and asks for the id of each record that it answers. */
function documentOf(name: string): string {
  const field = test.engine.app.get(GraphQLSchemaHost).schema.getMutationType()!.getFields()[name]!;
  const payload = getNamedType(field.type);
  const records = (isObjectType(payload) ? Object.values(payload.getFields()) : []).filter(({ type }) => isRecord(type));
  const head = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const call = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `mutation(${head}) { ${name}(${call}) { __typename ${records.map((record) => `${record.name} { id }`).join(' ')} } }`;
}

const isRecord = (type: GraphQLOutputType): boolean => {
  const named = getNamedType(type);
  return isObjectType(named) && 'id' in named.getFields();
};

/** The id of the record in a payload. */
const idOf = (answer: unknown): string => Object.values(answer as Record<string, { id?: string }>).flatMap(({ id }) => id ?? [])[0] ?? '';

/** Somebody who can sign in. */
async function person(name: string): Promise<{ id: string; email: string }> {
  const email = `${fresh().replace(' ', '')}@example.org`;
  const { inviteUser } = await admin.do<{ inviteUser: { user: { id: string }; link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { user { id } link { path } } }',
    { input: { idempotencyKey: key(), name, email, role: 'ADMIN' } },
  );
  await new Browser(test).do('mutation($input: UseAccessLinkInput!) { useAccessLink(input: $input) { email } }', {
    input: { secret: inviteUser.link.path.split('#link=')[1], password: PASSWORD },
  });
  return { id: inviteUser.user.id, email };
}

interface Audited {
  kind: string;
  /** The person Iva does it, because a token cannot. */
  byPerson?: true;
  args: () => Promise<Record<string, unknown>> | Record<string, unknown>;
  /** One of the changes. */
  change: Partial<Entry['changes'][number]>;
}

const make = async (name: string, input: Record<string, unknown>): Promise<string> => {
  const { answer } = await left(admin, name, { input: { idempotencyKey: key(), ...input } });
  return idOf(answer);
};
let count = 0;
const fresh = (): string => `Record ${(count += 1)}`;

const WEBHOOK = { type: 'call-webhook', settings: { url: 'https://example.org/hook', secret: SECRET } };
const rule = () => ({ name: fresh(), trigger: { events: ['interaction.opened'] }, actions: [WEBHOOK] });
const newUser = () => ({ name: 'Jana Malá', email: `${fresh().replace(' ', '')}@example.org`, role: 'SUPERVISOR' });
const MILESTONE = { kind: 'TIME_TO_ACCEPT', targetSeconds: 30 };
const WEEK = { timeZone: 'Europe/Prague', intervals: [{ weekday: 1, from: '08:00', to: '16:00' }] };
const input = (values: Record<string, unknown>) => ({ input: { idempotencyKey: key(), ...values } });

const AUDITED: Record<string, Audited> = {
  createQueue: {
    kind: 'QUEUE',
    args: () => input({ name: 'Sales', department: 'Sales' }),
    change: { path: ['name'], before: null, after: 'Sales' },
  },
  updateQueue: {
    kind: 'QUEUE',
    args: () => ({ input: { id: queueId, offerTimeoutSeconds: 45 } }),
    change: { path: ['offerTimeoutSeconds'], before: 20, after: 45 },
  },
  setQueueMember: {
    kind: 'QUEUE',
    args: () => ({ input: { queueId, agentId: agent.id, level: 2 } }),
    change: { path: ['members', 'Agent 2'], before: 1, after: 2 },
  },
  removeQueueMember: {
    kind: 'QUEUE',
    args: () => ({ input: { queueId, agentId: agent.id } }),
    change: { path: ['members', 'Agent 2'], before: 2, after: null },
  },
  updateChannelSettings: {
    kind: 'CHANNEL',
    args: () => ({ input: { channel: 'CHAT', wrapUp: { mode: 'TIMED', seconds: 60 } } }),
    change: { path: ['wrapUp', 'seconds'], before: 0, after: 60 },
  },
  resetChannelSettings: {
    kind: 'CHANNEL',
    args: () => ({ channel: 'CHAT' }),
    change: { path: ['wrapUp', 'seconds'], before: 60, after: 0 },
  },
  createAgent: {
    kind: 'AGENT',
    args: async () => {
      const skillId = await center.skill('Czech');
      return input({ name: 'Petr', email: 'petr@example.org', skills: [{ skillId, level: 3 }] });
    },
    change: { path: ['skills', 'Czech'], before: null, after: 3 },
  },
  updateAgent: {
    kind: 'AGENT',
    args: async () => ({ input: { id: agent.id, teamId: await make('createTeam', { name: 'North' }) } }),
    change: { path: ['team'], before: null, after: 'North' },
  },
  createSkill: { kind: 'SKILL', args: () => input({ name: 'German' }), change: { path: ['name'], before: null, after: 'German' } },
  createTeam: { kind: 'TEAM', args: () => input({ name: 'South', maxAtOnce: 3 }), change: { path: ['maxAtOnce'], before: null, after: 3 } },
  updateTeam: {
    kind: 'TEAM',
    args: async () => ({ input: { id: await make('createTeam', { name: 'East' }), name: 'West' } }),
    change: { path: ['name'], before: 'East', after: 'West' },
  },
  createPresenceStatus: {
    kind: 'PRESENCE_STATUS',
    args: () => input({ name: 'Lunch', availability: 'AWAY' }),
    change: { path: ['availability'], before: null, after: 'AWAY' },
  },
  updatePresenceStatus: {
    kind: 'PRESENCE_STATUS',
    args: () => ({ input: { id: center.statuses.get('AWAY'), reasons: ['Doctor'] } }),
    change: { path: ['reasons'], before: [], after: ['Doctor'] },
  },
  createDisposition: { kind: 'DISPOSITION', args: () => input({ name: 'Sold' }), change: { path: ['name'], before: null, after: 'Sold' } },
  updateDisposition: {
    kind: 'DISPOSITION',
    args: async () => ({ input: { id: await center.disposition(), active: false } }),
    change: { path: ['active'], before: true, after: false },
  },
  createEntryPoint: {
    kind: 'ENTRY_POINT',
    args: () => input({ channel: 'EMAIL', address: 'a@example.org', queueId }),
    change: { path: ['queue'], before: null, after: 'Claims' },
  },
  updateEntryPoint: {
    kind: 'ENTRY_POINT',
    args: async () => ({
      input: { id: await make('createEntryPoint', { channel: 'EMAIL', address: 'b@example.org', queueId }), priority: 70 },
    }),
    change: { path: ['priority'], before: null, after: 70 },
  },
  removeEntryPoint: {
    kind: 'ENTRY_POINT',
    args: async () => ({ id: await make('createEntryPoint', { channel: 'EMAIL', address: 'c@example.org', queueId }) }),
    change: { path: ['address'], before: 'c@example.org', after: null },
  },
  createIntakeSource: {
    kind: 'INTAKE_SOURCE',
    args: () => input({ name: 'Portal' }),
    change: { path: ['name'], before: null, after: 'Portal' },
  },
  rotateIntakeSource: {
    kind: 'INTAKE_SOURCE',
    args: async () => input({ id: await make('createIntakeSource', { name: fresh() }), oldValidSeconds: 0 }),
    change: { path: ['secrets'], before: null, after: null, hidden: true },
  },
  revokeIntakeSource: {
    kind: 'INTAKE_SOURCE',
    args: async () => ({ id: await make('createIntakeSource', { name: fresh() }) }),
    change: { path: ['revokedAt'], before: null },
  },
  createToken: {
    kind: 'TOKEN',
    args: () => input({ name: 'Telephones', role: 'INTAKE' }),
    change: { path: ['role'], before: null, after: 'INTAKE' },
  },
  revokeToken: {
    kind: 'TOKEN',
    args: async () => ({ id: await make('createToken', { name: fresh(), role: 'INTAKE' }) }),
    change: { path: ['revokedAt'], before: null },
  },
  inviteUser: { kind: 'USER', args: () => input(newUser()), change: { path: ['email'], before: null, after: null, hidden: true } },
  updateUser: {
    kind: 'USER',
    args: async () => ({ input: { id: await make('inviteUser', newUser()), role: 'ADMIN' } }),
    change: { path: ['role'], before: 'SUPERVISOR', after: 'ADMIN' },
  },
  deactivateUser: {
    kind: 'USER',
    args: async () => ({ id: await make('inviteUser', newUser()) }),
    change: { path: ['active'], before: true, after: false },
  },
  activateUser: {
    kind: 'USER',
    args: async () => {
      const id = await make('inviteUser', newUser());
      await left(admin, 'deactivateUser', { id });
      return { id };
    },
    change: { path: ['active'], before: false, after: true },
  },
  updateSignInSettings: {
    kind: 'SIGN_IN',
    args: async () => {
      await test.database.query("UPDATE sign_in_settings SET second_factor_roles = '{ADMIN}'");
      return { input: { secondFactorRoles: [] } };
    },
    change: { path: ['secondFactorRoles'], before: ['ADMIN'], after: [] },
  },
  updateIdentityProvider: {
    kind: 'SIGN_IN',
    args: async () => {
      await test.database.query("UPDATE sign_in_settings SET address = 'https://center.example.org'");
      const provider = { enabled: false, name: 'Company', issuer: 'https://login.example.org', clientId: 'patchbay' };
      return {
        input: { ...provider, clientSecret: SECRET, scopes: ['openid'], groupsClaim: 'groups', groups: [{ group: 'all', role: 'AGENT' }] },
      };
    },
    change: { path: ['secrets'], before: null, after: null, hidden: true },
  },
  delegate: {
    kind: 'DELEGATION',
    byPerson: true,
    args: async () => input({ toUserId: (await person('Eva Nová')).id, until: new Date(Date.now() + 86_400_000).toISOString() }),
    change: { path: ['to'], before: null, after: 'Eva Nová' },
  },
  endDelegation: {
    kind: 'DELEGATION',
    args: async () => {
      const [{ id } = { id: '' }] = await test.database.query<{ id: string }>('SELECT id FROM delegations');
      return { id };
    },
    change: { path: ['endedAt'], before: null },
  },
  mergeCustomers: {
    kind: 'CUSTOMER',
    args: async () => ({
      input: { intoId: await make('createCustomer', { name: 'Left' }), fromIds: [await make('createCustomer', { name: 'Merged' })] },
    }),
    change: { path: ['mergedInto'], before: null, after: 'Left' },
  },
  unmergeCustomer: {
    kind: 'CUSTOMER',
    args: async () => {
      const [{ id } = { id: '' }] = await test.database.query<{ id: string }>("SELECT id FROM customers WHERE name = 'Merged'");
      return { input: { id } };
    },
    change: { path: ['mergedInto'], before: 'Left', after: null },
  },
  createSlaPolicy: {
    kind: 'SLA_POLICY',
    args: () => input({ name: 'Gold', milestones: [MILESTONE] }),
    change: { path: ['milestones', 'TIME_TO_ACCEPT', 'targetSeconds'], before: null, after: 30 },
  },
  updateSlaPolicy: {
    kind: 'SLA_POLICY',
    args: async () => ({
      input: {
        id: await make('createSlaPolicy', { name: fresh(), milestones: [MILESTONE] }),
        milestones: [{ ...MILESTONE, targetSeconds: 60 }],
      },
    }),
    change: { path: ['milestones', 'TIME_TO_ACCEPT', 'targetSeconds'], before: 30, after: 60 },
  },
  createBusinessCalendar: {
    kind: 'BUSINESS_CALENDAR',
    args: () => input({ name: 'Office', ...WEEK }),
    change: { path: ['timeZone'], before: null, after: 'Europe/Prague' },
  },
  updateBusinessCalendar: {
    kind: 'BUSINESS_CALENDAR',
    args: async () => ({ input: { id: await make('createBusinessCalendar', { name: fresh(), ...WEEK }), timeZone: 'Europe/London' } }),
    change: { path: ['timeZone'], before: 'Europe/Prague', after: 'Europe/London' },
  },
  createAutomationRule: {
    kind: 'RULE',
    args: () => input(rule()),
    change: { path: ['trigger', 'events'], before: null, after: ['interaction.opened'] },
  },
  updateAutomationRule: {
    kind: 'RULE',
    args: async () => ({ input: { id: await make('createAutomationRule', rule()), condition: 'interaction.priority > 50', rank: 1 } }),
    change: { path: ['condition'], before: '', after: 'interaction.priority > 50' },
  },
  deleteAutomationRule: {
    kind: 'RULE',
    args: async () => ({ id: await make('createAutomationRule', rule()) }),
    change: { path: ['actions'], before: [{ type: 'call-webhook', settings: { url: 'https://example.org/hook' } }], after: null },
  },
  applyConfiguration: {
    kind: 'BUSINESS_CALENDAR',
    args: () => ({
      input: {
        document: 'calendars:\n  - name: From a file\n    timeZone: Europe/Prague\n    hours:\n      monday: 08:00-16:00\n',
      },
    }),
    change: { path: ['name'], before: null, after: 'From a file' },
  },
  transferInteraction: {
    kind: 'INTERACTION',
    args: async () => ({ input: { id: await center.open(queueId), queueId: await center.queue({ name: 'Night' }) } }),
    change: { path: ['queue'], before: 'Claims', after: 'Night' },
  },
  escalateInteraction: {
    kind: 'INTERACTION',
    args: async () => ({ input: { id: await center.open(queueId), note: 'Angry' } }),
    change: { path: ['level'], before: null, after: 1 },
  },
  setInteractionPriority: {
    kind: 'INTERACTION',
    args: async () => ({ input: { id: await center.open(queueId), priority: 90 } }),
    change: { path: ['priority'], before: 50, after: 90 },
  },
  updateInteraction: {
    kind: 'INTERACTION',
    args: async () => ({ input: { id: await center.open(queueId), subject: 'About her health' } }),
    change: { path: ['subject'], before: null, after: null, hidden: true },
  },
  setInteractionSlaPolicy: {
    kind: 'INTERACTION',
    args: async () => ({
      input: {
        id: await center.open(queueId),
        slaPolicyId: await make('createSlaPolicy', { name: 'Platinum', milestones: [MILESTONE] }),
      },
    }),
    change: { path: ['slaPolicy'], before: null, after: 'Platinum' },
  },
};

const WORK = 'an ordinary step of work, told by the story of the interaction';
const CUSTOMER = 'about a customer, whose data stay out of the log';
const VIEW = 'a way to look at a list, which changes nothing of what it shows';
const SIGN_IN = 'a sign-in: listed as such, and nothing of a record changes';
const NOT_AUDITED: Record<string, string> = {
  useAccessLink: SIGN_IN,
  tryIdentityProvider: 'asks the provider, and changes nothing',
  resendWebhook: 'sends once more what was sent before',
  createAccessLink: SIGN_IN,
  changePassword: SIGN_IN,
  endSession: SIGN_IN,
  endMyOtherSessions: SIGN_IN,
  actFor: SIGN_IN,
  beginSecondFactor: 'begins what is listed once it is confirmed',
  confirmSecondFactor: SIGN_IN,
  turnOffSecondFactor: SIGN_IN,
  removeSecondFactor: SIGN_IN,
  renewRecoveryCodes: 'other codes for the same second factor',
  signInWithCrm: 'gives an agent or administrator of the CRM a token for a page, for as long as it is open',
  setPresence: "an agent's working time has lists of its own",
  saveDraft: 'what an agent has not sent yet is nobody else’s business',
  markNotificationRead: 'says nothing about what anybody set up',
  showInCrm: 'shows a page',
  retryCrmProblems: 'tries again what is written to the CRM',
  startCrmTask: 'begins work with the CRM; to be connected and disconnected is listed',
  migrateSlaClocks: 'listed, but moves running clocks and leaves the policy as it is',
  setCustomerCalendar: CUSTOMER,
  createCustomer: CUSTOMER,
  updateCustomer: CUSTOMER,
  linkCustomer: 'listed, without the customer',
  recordConsent: 'listed; consents.test.ts says how',
  setContactPreferences: 'listed; consents.test.ts says how',
  addDoNotContact: 'listed for each address; consents.test.ts says how',
  endDoNotContact: 'listed; consents.test.ts says how',
  switchOffLatePromises: 'each clock says by whom it was switched off',
  mergeInteractions: 'listed; the story of both says what was merged',
  splitInteraction: 'listed; the story of both says what was split',
  splitOffMessages: 'listed; the story of both says what was split',
  reopenInteraction: 'listed; no more than its state changes',
  transferInteractions: 'each transfer is listed, as that of one',
  setInteractionPriorities: 'each change is listed, as that of one',
  closeInteractions: WORK,
  createSavedView: VIEW,
  updateSavedView: VIEW,
  deleteSavedView: VIEW,
  chooseSavedView: VIEW,
  openInteraction: WORK,
  enqueueInteraction: WORK,
  holdInteraction: WORK,
  resumeInteraction: WORK,
  awaitCustomer: WORK,
  endInteraction: WORK,
  closeInteraction: WORK,
  extendWrapUp: WORK,
  finishWrapUp: WORK,
  abandonInteraction: WORK,
  sendMessage: WORK,
  addNote: WORK,
  addCustomerMessage: WORK,
  acceptOffer: WORK,
  declineOffer: WORK,
  withdrawOffer: WORK,
  pullWork: WORK,
};

it('knows of every mutation whether it is audited', () => {
  const { schema } = test.engine.app.get(GraphQLSchemaHost);
  const known = [...Object.keys(AUDITED), ...Object.keys(NOT_AUDITED)].sort();
  expect(known).toEqual(Object.keys(schema.getMutationType()!.getFields()).sort());
});

it.each(Object.entries(AUDITED))(
  '%s leaves one change, with who made it, and before and after',
  async (name, { kind, byPerson, args, change }) => {
    const { entries: found } = await left(byPerson ? iva : admin, name, await args());
    expect(found).toHaveLength(1);
    const [entry] = found;
    expect(entry).toMatchObject({ actor: byPerson ? { kind: 'USER', name: 'Iva' } : { kind: 'CLIENT', name: 'ADMIN' }, record: { kind } });
    expect(entry!.source).toBe(name === 'applyConfiguration' ? 'FILE' : null);
    expect(entry!.changes).toContainEqual(expect.objectContaining(change));
  },
);

it('lists no change where nothing changed', async () => {
  const { entries: found } = await left(admin, 'updateQueue', { input: { id: queueId, offerTimeoutSeconds: 45 } });
  expect(found).toEqual([]);
});

it('keeps no secret and no address of a person, and says that they changed', async () => {
  const { answer } = await left(admin, 'createAutomationRule', input(rule()));
  const actions = [{ ...WEBHOOK, settings: { ...WEBHOOK.settings, secret: NEW_SECRET } }];
  const { entries: found } = await left(admin, 'updateAutomationRule', { input: { id: idOf(answer), actions } });
  expect(found[0]!.changes).toEqual([{ path: ['secrets'], before: null, after: null, hidden: true }]);

  const { tokenSecret, sourceSecret, link } = await admin.do<
    Record<'tokenSecret' | 'sourceSecret', { secret: string }> & { link: { link: { path: string } } }
  >(
    `mutation($token: CreateTokenInput!, $source: CreateIntakeSourceInput!, $user: InviteUserInput!) {
      tokenSecret: createToken(input: $token) { secret }
      sourceSecret: createIntakeSource(input: $source) { secret }
      link: inviteUser(input: $user) { link { path } }
    }`,
    {
      token: { idempotencyKey: key(), name: 'Secret', role: 'INTAKE' },
      source: { idempotencyKey: key(), name: 'Secret' },
      user: { idempotencyKey: key(), ...newUser(), email: 'private@example.org' },
    },
  );
  const [{ log } = { log: '' }] = await test.database.query<{ log: string }>("SELECT string_agg(e::text, '') AS log FROM events e");
  const secrets = [SECRET, NEW_SECRET, tokenSecret.secret, sourceSecret.secret, link.link.path.split('=')[1]!];
  const hashes = await test.database.query<{ hash: string }>("SELECT encode(hash, 'hex') AS hash FROM tokens");
  for (const secret of [...secrets, 'private@example.org', 'agent2@example.org', ...hashes.map(({ hash }) => hash)])
    expect(log).not.toContain(secret);
});

it('hides what the actions themselves call secret', async () => {
  const { ruleActionKinds } = await admin.do<{ ruleActionKinds: { settings: { properties?: Record<string, { secret?: boolean }> } }[] }>(
    '{ ruleActionKinds { settings } }',
  );
  const names = ruleActionKinds.flatMap(({ settings }) =>
    Object.entries(settings.properties ?? {}).flatMap(([name, { secret }]) => (secret ? [name] : [])),
  );
  expect(names.length).toBeGreaterThan(0);
  const settings = Object.fromEntries(names.map((name) => [name, 'a secret']));
  expect(plainState({ actions: [{ type: 'x', settings }] }, new Map())).toMatchObject({ actions: [{ type: 'x', settings: {} }] });
});

it('shows a supervisor nothing of people, tokens and sign-ins, whatever the filter, and an agent nothing at all', async () => {
  const hidden = ['USER', 'TOKEN', 'SIGN_IN', 'DELEGATION'];
  const all = await entries(admin);
  expect(new Set(all.map(({ record }) => record.kind))).toContain('USER');
  for (const filter of [{}, { kinds: hidden }, { actorName: 'ADMIN' }, { kinds: kindsOfChanges() }]) {
    const seen = (await entries(supervisor, filter)).map(({ record }) => record.kind);
    expect(seen.filter((kind) => hidden.includes(kind))).toEqual([]);
  }
  expect((await entries(supervisor)).length).toBeGreaterThan(0);
  for (const { record } of all.filter((entry) => hidden.includes(entry.record.kind)).slice(0, 3))
    expect(await entries(supervisor, { recordId: record.id })).toEqual([]);
  expect((await agent.client.ask(AUDIT)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('names as actors to a supervisor only those who changed something that a supervisor sees', async () => {
  const { createToken } = await admin.do<{ createToken: { secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { idempotencyKey: key(), name: 'Inviter', role: 'ADMIN' } },
  );
  await test
    .client(createToken.secret)
    .do('mutation($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }', input(newUser()));
  const actors = async (client: TestClient) => (await client.do<{ auditActors: string[] }>('{ auditActors }')).auditActors;
  expect(await actors(admin)).toEqual(expect.arrayContaining(['ADMIN', 'Inviter', 'test']));
  expect(await actors(supervisor)).toContain('ADMIN');
  expect(await actors(supervisor)).not.toContain('Inviter');
});

it('finds by record, person, kind and time, and a page goes on where the one before ended', async () => {
  const all = await entries(admin, { kinds: kindsOfChanges() });
  const byRecord = await entries(admin, { recordId: queueId });
  expect(byRecord.map(({ seq }) => seq)).toEqual(all.filter(({ record }) => record.id === queueId).map(({ seq }) => seq));
  expect(await entries(admin, { actorName: 'Nobody' })).toEqual([]);
  expect((await entries(admin, { kinds: ['TEAM'] })).every(({ record }) => record.kind === 'TEAM')).toBe(true);
  expect(await entries(admin, { until: '2020-01-01T00:00:00Z' })).toEqual([]);

  const paged: Entry[] = [];
  for (let after: string | null = null; ;) {
    const { audit }: { audit: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Entry }[] } } = await admin.do(
      AUDIT,
      {
        filter: { kinds: ['QUEUE'] },
        first: 2,
        after,
      },
    );
    paged.push(...audit.edges.map(({ node }) => node));
    after = audit.pageInfo.endCursor;
    if (!audit.pageInfo.hasNextPage) break;
  }
  expect(paged).toEqual(await entries(admin, { kinds: ['QUEUE'] }));
});

it('tells what a rule did, by the rule and by the event that set it off', async () => {
  const raise = { ...rule(), active: true, actions: [{ type: 'set-priority', settings: { to: 77 } }] };
  const { answer } = await left(admin, 'createAutomationRule', input(raise));
  const id = await center.open(queueId);
  const found = await until('the rule', async () => (await entries(admin, { recordId: id }))[0]);
  expect(found).toMatchObject({
    actor: { kind: 'RULE', name: raise.name },
    record: { kind: 'INTERACTION', id },
    changes: [{ path: ['priority'], before: 50, after: 77 }],
    cause: { type: 'interaction.opened' },
  });
  expect(await entries(admin, { actorId: idOf(answer) })).toEqual([found]);
  expect(await entries(admin, { causeSeq: found.cause!.seq })).toEqual([found]);
  // Without any condition the log is about what was set up.
  expect((await entries(admin)).some(({ record }) => record.kind === 'INTERACTION')).toBe(false);
});
