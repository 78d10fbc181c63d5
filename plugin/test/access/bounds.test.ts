/**
 * A right that is bounded to one part of the contact center. Two departments stand side by side; whatever the schema offers is asked
 * for, and nothing of the other department may come back, be changed or be followed.
 */
import fc from 'fast-check';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  getNamedType,
  getNullableType,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { boundsFor, partOf, type Bounds, type Members } from '../../src/access/bounds.js';
import { accessRules, fieldRoles } from '../../src/platform/access.js';
import { namedBy, ruleOf } from '../../src/platform/bounds.js';
import type { Named, Role } from '../../src/platform/generated/graphql.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';
import { Browser, PASSWORD } from './support.js';

const NOWHERE = '00000000-0000-4000-8000-000000000000';
/** Everything of the other department has it in its name or its text. */
const SECRET = 'zzomega';

let test: TestEngine;
let center: ContactCenter;
let schema: GraphQLSchema;
let ours: Department;
let theirs: Department;
let supervisor: Browser;
let lead: Browser;
/** Ids of records that are the other department's alone. */
let secretIds: string[];
let people = 0;

interface Department {
  ids: Record<Named, string>;
  agent: Person;
}

async function department(name: string): Promise<Department> {
  const { admin } = center;
  const { createTeam } = await admin.do<{ createTeam: { team: { id: string } } }>(
    'mutation($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }',
    { input: { idempotencyKey: key(), name: `${name} team` } },
  );
  const teamId = createTeam.team.id;
  const queueId = await center.queue({ name: `${name} queue`, department: name, offerTimeoutSeconds: 3_600 });
  await admin.do('mutation($input: CreateEntryPointInput!) { createEntryPoint(input: $input) { entryPoint { id } } }', {
    input: { idempotencyKey: key(), channel: 'EMAIL', address: `${name}@example.org`, queueId },
  });
  const { createCustomer } = await admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { idempotencyKey: key(), name: `${name} customer`, identities: [{ kind: 'EMAIL', value: `${name}.customer@example.org` }] } },
  );
  const customerId = createCustomer.customer.id;
  const agent = await center.agent([queueId], { name: `${name} agent`, email: `${name}.agent@example.org`, teamId, capacity: 1_000 });
  const open = () =>
    center.open(queueId, { subject: `${name} subject`, customerId, customerAddress: `${name}.customer@example.org` }, 'CHAT');
  const interactionId = await open();
  const { message } = (
    await admin.do<{ addCustomerMessage: { message: { id: string } } }>(
      'mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }',
      { input: { idempotencyKey: key(), interactionId, text: `${name} text` } },
    )
  ).addCustomerMessage;
  const offerOf = (id: string) =>
    until('an offer', async () => {
      const { interaction } = await admin.do<{ interaction: { pendingOffer: { id: string } | null } }>(
        'query($id: UUID!) { interaction(id: $id) { pendingOffer { id } } }',
        { id },
      );
      return interaction.pendingOffer?.id;
    });
  // One is held, one rings.
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: await offerOf(interactionId) });
  const offerId = await offerOf(await open());
  return {
    agent,
    ids: {
      QUEUE: queueId,
      AGENT: agent.id,
      TEAM: teamId,
      INTERACTION: interactionId,
      CUSTOMER: customerId,
      OFFER: offerId,
      MESSAGE: message.id,
    },
  };
}

async function signedIn(
  role: Role,
  bounds: Record<string, unknown> | null,
  more: Record<string, unknown> = {},
): Promise<Browser & { userId: string }> {
  const email = `bounded${(people += 1)}@example.org`;
  const { inviteUser } = await center.admin.do<{ inviteUser: { user: { id: string }; link: { path: string } } }>(
    'mutation($input: InviteUserInput!) { inviteUser(input: $input) { user { id } link { path } } }',
    { input: { idempotencyKey: key(), name: `Person ${people}`, email, role, bounds, ...more } },
  );
  const browser = new Browser(test);
  await browser.do('mutation($input: UseAccessLinkInput!) { useAccessLink(input: $input) { email } }', {
    input: { secret: inviteUser.link.path.split('#link=')[1], password: PASSWORD },
  });
  expect((await browser.signIn(email)).status).toBe(204);
  return Object.assign(browser, { userId: inviteUser.user.id });
}

beforeAll(async () => {
  test = await startTestEngine({ TRUSTED_PROXIES: 'loopback' });
  ({ schema } = test.engine.app.get(GraphQLSchemaHost));
  center = await ContactCenter.on(test);
  await center.admin.do('mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }', {
    input: {
      idempotencyKey: key(),
      name: 'Tell supervisors',
      active: true,
      trigger: { events: ['interaction.opened'] },
      actions: [{ type: 'notify', settings: { roles: ['SUPERVISOR'], text: 'New: {{ interaction.subject }}' } }],
    },
  });
  ours = await department('alpha');
  theirs = await department(SECRET);
  // Somebody serves both.
  await center.agent([ours.ids.QUEUE, theirs.ids.QUEUE], { name: 'Both', email: 'both@example.org', connected: false });
  supervisor = await signedIn('SUPERVISOR', { departments: ['alpha'] });
  lead = await signedIn('TEAM_LEAD', { teamIds: [ours.ids.TEAM] });
  await until('notifications', async () => (await test.database.query('SELECT FROM notifications')).length >= 4);
  const rows = await test.database.query<{ id: string }>(
    `SELECT id::text FROM interactions WHERE queue_id = $1 UNION SELECT o.id::text FROM offers o JOIN interactions i ON i.id = o.interaction_id WHERE i.queue_id = $1
     UNION SELECT m.id::text FROM messages m JOIN interactions i ON i.id = m.interaction_id WHERE i.queue_id = $1`,
    [theirs.ids.QUEUE],
  );
  secretIds = [...rows.map(({ id }) => id), ...Object.values(theirs.ids)];
});

afterAll(async () => {
  await test.stop();
});

interface Operation {
  kind: 'query' | 'mutation' | 'subscription';
  field: GraphQLField<unknown, unknown>;
  isWhole: boolean;
}

const operationsOf = (role: Role): Operation[] => {
  const rules = accessRules(schema);
  return (['query', 'mutation', 'subscription'] as const).flatMap((kind) => {
    const type = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
    return Object.values(type?.getFields() ?? {})
      .filter((field) => rules.get(`${type?.name}.${field.name}`)?.includes(role))
      .map((field) => ({ kind, field, isWhole: Boolean(field.astNode?.directives?.some(({ name }) => name.value === 'whole')) }));
  });
};

/** A value that the contract takes; ids name what `idOf` says. */
function sample(
  type: GraphQLInputType,
  input: GraphQLArgument | GraphQLInputField,
  idOf: (input: GraphQLArgument | GraphQLInputField) => string,
): unknown {
  const named = getNullableType(type);
  if (named instanceof GraphQLList) return namedBy(schema, input) ? [idOf(input)] : [];
  // One that never opens is refused.
  if (named instanceof GraphQLInputObjectType && named.name === 'BusinessCalendarDraftInput')
    return { timeZone: 'UTC', intervals: [{ weekday: 1, from: '09:00', to: '10:00' }] };
  if (named instanceof GraphQLInputObjectType) {
    const fields = Object.values(named.getFields()).filter(
      (field) => field.type instanceof GraphQLNonNull && field.defaultValue === undefined,
    );
    return Object.fromEntries(
      (named.isOneOf ? Object.values(named.getFields()).slice(0, 1) : fields).map((field) => [field.name, sample(field.type, field, idOf)]),
    );
  }
  if (isEnumType(named)) return named.getValues()[0]?.value;
  const samples: Record<string, unknown> = {
    UUID: idOf(input),
    IdempotencyKey: key(),
    Line: 'Europe/Prague',
    Text: '',
    Address: 'x@example.org',
    DateTime: '2026-01-01T00:00:00Z',
    Boolean: true,
    String: { timeZone: 'Europe/Prague', country: 'CZ', localTime: '2026-11-27T09:00' }[input.name] ?? '2026-11-27',
    Settings: {},
    Facts: {},
  };
  return samples[named.name] ?? 1;
}

const idIn =
  ({ ids }: Department) =>
  (input: GraphQLArgument | GraphQLInputField): string => {
    const kind = namedBy(schema, input);
    return kind ? ids[kind] : NOWHERE;
  };

/** Everything below a field that the role may read, so deep. */
function selection(type: GraphQLOutputType, role: Role, depth: number): string | null {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (depth === 0 || !isObjectType(named)) return null;
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const roles = fieldRoles(schema, field);
    if (roles && !roles.includes(role)) return [];
    if (field.args.some((arg) => arg.type instanceof GraphQLNonNull && arg.defaultValue === undefined)) return [];
    const pages = field.args.some(({ name }) => name === 'first') ? '(first: 5)' : '';
    const inner = selection(field.type, role, depth - (isPage(named) ? 0 : 1));
    return inner === null ? [] : [`${field.name}${pages} ${inner}`];
  });
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : null;
}

/** Pages and their edges are no depth of their own. */
const isPage = ({ name }: GraphQLObjectType): boolean => /(Connection|Edge)$/.test(name);

function documentFor({ kind, field }: Operation, role: Role, depth: number, variables: Record<string, unknown>): string {
  const args = field.args.filter((arg) => arg.name in variables);
  const head = args.length > 0 ? `(${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})` : '';
  const calls = [...args.map(({ name }) => `${name}: $${name}`), ...(field.args.some(({ name }) => name === 'first') ? ['first: 20'] : [])];
  const call = calls.length > 0 ? `(${calls.join(', ')})` : '';
  return `${kind}${head} { ${field.name}${call} ${selection(field.type, role, depth) ?? '{ __typename }'} }`;
}

/** Of what is required, and of ids that can be given beside it. */
const variablesFor = ({ field }: Operation, idOf: (input: GraphQLArgument | GraphQLInputField) => string): Record<string, unknown> =>
  Object.fromEntries(
    field.args
      .filter((arg) => (arg.type instanceof GraphQLNonNull && arg.defaultValue === undefined) || namedBy(schema, arg) !== null)
      .map((arg) => [arg.name, sample(arg.type, arg, idOf)]),
  );

/** What was found of the other department in an answer. */
const leaks = (answer: unknown): string[] => {
  const text = JSON.stringify(answer ?? null).toLowerCase();
  return [SECRET, ...secretIds].filter((secret) => text.includes(secret));
};

/** As deep as the engine lets one ask. */
async function askDeep(browser: Browser, operation: Operation, role: Role, variables: Record<string, unknown>) {
  for (let depth = 3; ; depth -= 1) {
    const document = documentFor(operation, role, depth, variables);
    const answer = await browser.ask(document, variables);
    if (depth === 1 || answer.errors?.[0]?.extensions.code !== 'LIMIT_EXCEEDED') return answer;
  }
}

const PEOPLE = [
  ['SUPERVISOR', () => supervisor],
  ['TEAM_LEAD', () => lead],
] as const;

describe.each(PEOPLE)('a bounded %s', (role, who) => {
  it('gets nothing of another department from any query', async () => {
    for (const operation of operationsOf(role).filter(({ kind }) => kind === 'query')) {
      const { field, isWhole } = operation;
      // A team lead knows the queues that the team serves, but their figures are of others' work too.
      const isOthersFigures = role === 'TEAM_LEAD' && field.name === 'board';
      const own = await askDeep(who(), operation, role, isOthersFigures ? {} : variablesFor(operation, idIn(ours)));
      expect({ query: field.name, leaks: leaks(own.data) }).toEqual({ query: field.name, leaks: [] });
      expect({ query: field.name, refused: own.errors?.map(({ message }) => message) ?? [] }).toEqual({
        query: field.name,
        refused: isWhole ? [expect.stringContaining('all of it')] : [],
      });
      for (const place of placesOf(operation)) {
        const foreign = await askDeep(who(), operation, role, withId(operation, place, theirs));
        const where = `${field.name} ${place.join('.')}`;
        expect({ where, code: foreign.errors?.[0]?.extensions.code, data: leaks(foreign.data) }).toEqual({
          where,
          code: isWhole ? 'FORBIDDEN' : 'NOT_FOUND',
          data: [],
        });
      }
    }
  });

  it('changes nothing of another department, whichever id of an input names it', async () => {
    const before = await rowsOf(theirs);
    for (const operation of operationsOf(role).filter(({ kind, isWhole }) => kind === 'mutation' && !isWhole)) {
      for (const place of placesOf(operation)) {
        // These answer for each of the ids.
        if (operation.field.name in BULK && place.at(-1) === 'ids') continue;
        const variables = withId(operation, place, theirs);
        const { errors } = await who().ask(documentFor(operation, role, 1, variables), variables);
        const where = `${operation.field.name} ${place.join('.')}`;
        expect({ where, code: errors?.[0]?.extensions.code }).toEqual({ where, code: 'NOT_FOUND' });
      }
    }
    expect(await rowsOf(theirs)).toEqual(before);
  });
});

const BULK = {
  setInteractionPriorities: () => ({ priority: 66 }),
  transferInteractions: () => ({ queueId: ours.ids.QUEUE }),
  closeInteractions: () => ({ dispositionId: NOWHERE }),
};

/** Each place of an operation's input, as a path of names, that can name a record of a department. */
function placesOf({ field }: Operation): string[][] {
  const inside = (input: GraphQLArgument | GraphQLInputField): string[][] => {
    const type = getNamedType(input.type as GraphQLInputType);
    if (isInputObjectType(type))
      return Object.values(type.getFields()).flatMap((inner) => inside(inner).map((path) => [input.name, ...path]));
    return type.name === 'UUID' && namedBy(schema, input) ? [[input.name]] : [];
  };
  return field.args.flatMap(inside);
}

/** Our own department's ids everywhere but at `place`. */
function withId(operation: Operation, place: string[], foreign: Department): Record<string, unknown> {
  const variables = variablesFor(operation, idIn(ours));
  let at: Record<string, unknown> = variables;
  let fields: readonly (GraphQLArgument | GraphQLInputField)[] = operation.field.args;
  for (const [index, name] of place.entries()) {
    const input = fields.find((field) => field.name === name)!;
    const isList = isListType(getNullableType(input.type));
    const type = getNamedType(input.type as GraphQLInputType);
    if (index === place.length - 1) {
      const id = foreign.ids[namedBy(schema, input)!];
      at[name] = isList ? [id] : id;
    } else {
      const inner = (at[name] ?? sample(type, input, idIn(ours))) as Record<string, unknown>;
      at[name] = isList ? [inner] : inner;
      at = inner;
      fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    }
  }
  return variables;
}

/** All that the other department is made of. */
const rowsOf = ({ ids }: Department) =>
  test.database.query(
    `SELECT (SELECT jsonb_agg(to_jsonb(i) ORDER BY id) FROM interactions i WHERE queue_id = $1) AS interactions,
       (SELECT to_jsonb(q) FROM queues q WHERE id = $1) AS queue, (SELECT jsonb_agg(to_jsonb(m) ORDER BY id) FROM queue_members m WHERE queue_id = $1) AS members,
       (SELECT to_jsonb(a) - 'idle_since' FROM agents a WHERE id = $2) AS agent, (SELECT to_jsonb(c) FROM customers c WHERE id = $3) AS customer`,
    [ids.QUEUE, ids.AGENT, ids.CUSTOMER],
  );

it('shows an administrator what it keeps from the bounded, so that the search for it means something', async () => {
  const admin = center.admin;
  const found = async (document: string): Promise<number> => leaks((await admin.ask(document)).data).length;
  expect(await found('{ interactions { edges { node { id subject customer { name } } } } }')).toBeGreaterThan(0);
  expect(await found('{ queues { edges { node { name } } } }')).toBeGreaterThan(0);
  expect(await found('{ agents { edges { node { name } } } }')).toBeGreaterThan(0);
  expect(await found('{ customers { edges { node { name } } } }')).toBeGreaterThan(0);
  expect(await found('{ teams { name } }')).toBeGreaterThan(0);
  expect(await found('{ entryPoints { address } }')).toBeGreaterThan(0);
  expect(await found('{ board { queues { name } } }')).toBeGreaterThan(0);
});

it('shows the bounded their own part, whole and counted', async () => {
  const ALL = `{
    interactions { edges { node { id } } } queues { totalCount edges { node { name } } } agents { totalCount edges { node { name } } }
    customers { edges { node { name } } } teams { name } notifications { text }
  }`;
  const seen = await supervisor.do<Record<string, { totalCount: number; edges: { node: { name: string } }[] } & { name: string }[]>>(ALL);
  expect(seen.interactions!.edges).toHaveLength(2);
  expect(seen.queues).toEqual({ totalCount: 1, edges: [{ node: { name: 'alpha queue' } }] });
  expect(seen.agents!.edges.map(({ node }) => node.name).sort()).toEqual(['Both', 'alpha agent']);
  expect(seen.agents!.totalCount).toBe(2);
  expect(seen.customers!.edges).toEqual([{ node: { name: 'alpha customer' } }]);
  expect(seen.notifications).toHaveLength(2);
  const led = await lead.do<typeof seen>(ALL);
  expect(led.agents!.edges.map(({ node }) => node.name)).toEqual(['alpha agent']);
  expect(led.teams!.map(({ name }) => name)).toEqual(['alpha team']);
  // What the agent holds; what only rings at the agent is the queue's.
  expect(led.interactions!.edges).toHaveLength(1);
});

it('tells the story of what came from another department without the records there', async () => {
  const id = await center.open(theirs.ids.QUEUE, { subject: 'Came over' }, 'CASE');
  await center.admin.do('mutation($input: TransferInteractionInput!) { transferInteraction(input: $input) { interaction { id } } }', {
    input: { id, queueId: ours.ids.QUEUE },
  });
  const STORY =
    'query($id: UUID!) { interaction(id: $id) { story { edges { node { event { type } queues { name } agents { name } offer { state } } } } } }';
  type Told = { interaction: { story: { edges: { node: { queues: { name: string }[] } }[] } } };
  const namesIn = ({ interaction }: Told) => new Set(interaction.story.edges.flatMap(({ node }) => node.queues.map(({ name }) => name)));
  expect(namesIn(await supervisor.do<Told>(STORY, { id }))).toEqual(new Set(['alpha queue']));
  expect(namesIn(await center.admin.do<Told>(STORY, { id }))).toEqual(new Set(['alpha queue', `${SECRET} queue`]));
});

it('pages through a bounded list without a gap or a short page', async () => {
  const PAGE = 'query($after: Cursor) { agents(first: 1, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }';
  type Page = { agents: { edges: { node: { name: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
  const first = await supervisor.do<Page>(PAGE);
  const second = await supervisor.do<Page>(PAGE, { after: first.agents.pageInfo.endCursor });
  expect([first, second].map(({ agents }) => [agents.edges.length, agents.pageInfo.hasNextPage])).toEqual([
    [1, true],
    [1, false],
  ]);
});

it('sends the bounded the frames and changes of their part only', async () => {
  const board = supervisor.subscribe<{ board: { queues: { queueId: string }[]; totals: { waiting: number; inProgress: number } | null } }>(
    'subscription { board { queues { queueId name } totals { waiting inProgress } } }',
  );
  const changes = supervisor.subscribe<{ interactionChanges: { interaction: { id: string } } }>(
    'subscription { interactionChanges { type interaction { id subject } } }',
  );
  await until('a frame', () => board.items.length > 0);
  // The second subscription has no first answer to wait for: what comes before it began would not be sent to anybody.
  const opened = await until('a change', async () => {
    const id = await center.open(ours.ids.QUEUE, { subject: 'alpha new' }, 'CASE');
    await center.open(theirs.ids.QUEUE, { subject: `${SECRET} new` }, 'CASE');
    return changes.items.length > 0 ? id : null;
  });
  await until('the last change', () => changes.items.some(({ interactionChanges }) => interactionChanges.interaction.id === opened));
  expect(leaks([board.items, changes.items])).toEqual([]);
  expect([...board.errors, ...changes.errors]).toEqual([]);
  expect(new Set(board.items.flatMap(({ board: { queues } }) => queues.map(({ queueId }) => queueId)))).toEqual(new Set([ours.ids.QUEUE]));
  board.stop();
  changes.stop();
  const none = lead.subscribe<{ board: { queues: unknown[] } }>('subscription { board { queues { queueId } } }');
  await until('a frame', () => none.items.length > 0);
  expect(none.items[0]).toEqual({ board: { queues: [] } });
  none.stop();
});

it("keeps another department's files from the bounded", async () => {
  const file = async ({ ids }: Department): Promise<string> => {
    const [row] = await test.database.query<{ id: string }>(
      `INSERT INTO attachments (id, message_id, file_name, content_type, size_bytes, content)
       VALUES (gen_random_uuid(), $1, 'a.txt', 'text/plain', 1, 'x') RETURNING id::text`,
      [ids.MESSAGE],
    );
    return row!.id;
  };
  const statusOf = async (department: Department) => (await supervisor.send('GET', `/attachments/${await file(department)}`)).status;
  expect(await statusOf(theirs)).toBe(404);
  expect(await statusOf(ours)).toBe(200);
  expect((await supervisor.send('GET', `/messages/${theirs.ids.MESSAGE}/original`)).status).toBe(404);
});

it('follows a department as it grows: an open board begins again with the new queue', async () => {
  const board = supervisor.subscribe('subscription { board { queues { queueId } } }');
  await until('a frame', () => board.items.length > 0);
  const added = await center.queue({ department: 'alpha', name: 'alpha second' });
  await until('the end of the old board', () => board.closed !== null);
  expect(board.closed).toBe(1013);
  const again = supervisor.subscribe<{ board: { queues: { queueId: string }[] } }>('subscription { board { queues { queueId } } }');
  await until('the new queue', () => again.items.some(({ board: { queues } }) => queues.some(({ queueId }) => queueId === added)));
  again.stop();
});

it('does for many what belongs to the part, and answers for the rest as for what does not exist', async () => {
  const before = await rowsOf(theirs);
  const mine = await center.open(ours.ids.QUEUE, { subject: 'alpha of many' }, 'CASE');
  for (const [name, more] of Object.entries(BULK)) {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const { [name]: answer } = await supervisor.do<
      Record<string, { results: { id: string; interaction: object | null; refusal: { code: string; message: string } | null }[] }>
    >(`mutation($input: ${type}!) { ${name}(input: $input) { results { id interaction { id } refusal { code message } } } }`, {
      input: { ids: [theirs.ids.INTERACTION, mine, NOWHERE], ...more() },
    });
    const [foreign, own, none] = answer!.results;
    expect([name, foreign!.refusal?.code, foreign!.interaction]).toEqual([name, 'NOT_FOUND', null]);
    expect(foreign!.refusal!.message.replace(foreign!.id, NOWHERE)).toBe(none!.refusal!.message);
    // The center has no such disposition, and the interaction is in that queue already.
    if (name === 'setInteractionPriorities') expect(own).toEqual({ id: own!.id, interaction: { id: own!.id }, refusal: null });
  }
  expect(await rowsOf(theirs)).toEqual(before);
});

it('shows a shared view only to who sees all that it names, and its owner', async () => {
  const owner = await signedIn('SUPERVISOR', null);
  const save = (browser: Browser, name: string, query: string, shared = true) =>
    browser.do('mutation($input: CreateSavedViewInput!) { createSavedView(input: $input) { savedViews { id } } }', {
      input: { idempotencyKey: key(), name, query, shared },
    });
  await save(owner, 'of ours', `queue=${ours.ids.QUEUE}&agent=${ours.ids.AGENT}&state=QUEUED&sort=-priority`);
  await save(owner, 'of both', `queue=${ours.ids.QUEUE}&queue=${theirs.ids.QUEUE}`);
  await save(owner, 'of their agent', `agent=${theirs.ids.AGENT}`);
  await save(owner, 'of their team', `team=${theirs.ids.TEAM}`);
  await save(owner, 'of a customer', 'customer=Novak');
  await save(supervisor, 'my own', 'customer=Novak', false);
  const LIST = '{ savedViews { id name } }';
  type Views = { savedViews: { id: string; name: string }[] };
  expect((await supervisor.do<Views>(LIST)).savedViews.map(({ name }) => name)).toEqual(['my own', 'of ours']);
  const all = (await owner.do<Views>(LIST)).savedViews;
  expect(all.map(({ name }) => name)).toEqual(['of a customer', 'of both', 'of ours', 'of their agent', 'of their team']);
  const choose = (name: string) =>
    supervisor.ask('mutation($id: UUID) { chooseSavedView(id: $id) { savedViews { id } } }', {
      id: all.find((one) => one.name === name)!.id,
    });
  expect((await choose('of both')).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  expect((await choose('of ours')).errors).toBeUndefined();
});

describe('what people are bounded to', () => {
  const CHANGE =
    'mutation($input: UpdateUserInput!) { updateUser(input: $input) { user { role bounds { departments queues { id } teams { id } } } } }';

  it('is said at the invitation, by the role', async () => {
    const invite = (role: Role, bounds: unknown) =>
      center.admin.ask('mutation($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }', {
        input: { idempotencyKey: key(), name: 'X', email: `x${(people += 1)}@example.org`, role, bounds },
      });
    const codes = await Promise.all([
      invite('TEAM_LEAD', null),
      invite('ADMIN', { departments: ['alpha'] }),
      invite('SUPERVISOR', {}),
      invite('SUPERVISOR', { departments: ['nowhere'] }),
      invite('SUPERVISOR', { queueIds: [NOWHERE] }),
      invite('ANALYST', { queueIds: [ours.ids.QUEUE] }),
    ]);
    expect(codes.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
      'NOT_FOUND',
      undefined,
    ]);
  });

  it('ends what the person has open when it changes', async () => {
    const somebody = await signedIn('SUPERVISOR', null);
    const board = somebody.subscribe('subscription { board { kind } }');
    await until('a frame', () => board.items.length > 0);
    const { updateUser } = await center.admin.do<{ updateUser: { user: object } }>(CHANGE, {
      input: { id: somebody.userId, bounds: { departments: ['alpha'] } },
    });
    expect(updateUser.user).toEqual({ role: 'SUPERVISOR', bounds: { departments: ['alpha'], queues: [], teams: [] } });
    await until('the end of the socket', () => board.closed !== null);
    expect((await somebody.ask('{ me { role } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is kept by a person who becomes a team lead, and dropped by one who becomes an administrator', async () => {
    const { userId } = await signedIn('SUPERVISOR', { departments: ['alpha'] });
    const become = async (role: Role) =>
      (await center.admin.do<{ updateUser: { user: { bounds: object | null } } }>(CHANGE, { input: { id: userId, role } })).updateUser.user
        .bounds;
    expect(await become('TEAM_LEAD')).toMatchObject({ departments: ['alpha'] });
    expect(await become('ADMIN')).toBeNull();
  });
});

/** What everybody does about their own sign-in. */
const OWN_SIGN_IN = [
  ...['beginSecondFactor', 'confirmSecondFactor', 'renewRecoveryCodes', 'turnOffSecondFactor'],
  ...['changePassword', 'endMyOtherSessions', 'endSession'],
];

it('lets an outside party see who it is, and nothing else', async () => {
  const client = await signedIn('CLIENT', null);
  const names = operationsOf('CLIENT').map(({ field }) => field.name);
  expect(names.sort()).toEqual([...OWN_SIGN_IN, 'me', 'mySecondFactor', 'mySessions'].sort());
  expect((await client.do<{ me: { role: string } }>('{ me { role } }')).me.role).toBe('CLIENT');
  expect((await client.ask('{ queues { totalCount } }')).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

it('lets an analyst read figures and stories without words of customers, and change nothing', async () => {
  const analyst = await signedIn('ANALYST', null);
  expect(
    operationsOf('ANALYST')
      .filter(({ kind }) => kind === 'mutation')
      .map(({ field }) => field.name)
      .sort(),
  ).toEqual([...OWN_SIGN_IN, 'actFor', 'delegate', 'endDelegation'].sort());
  await analyst.do('{ board { queues { name } } interactions { edges { node { number state events { edges { node { type } } } } } } }');
  for (const field of ['subject', 'description', 'customerAddress', 'customer { name }', 'messages { edges { node { text } } }'])
    expect((await analyst.ask(`{ interactions { edges { node { ${field} } } } }`)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  for (const filter of ['search: "invoice"', 'customer: "jana"'])
    expect((await analyst.ask(`{ interactions(filter: { ${filter} }) { totalCount } }`)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

describe('a delegated right', () => {
  const LEND = 'mutation($input: DelegateInput!) { delegate(input: $input) { delegations { id until from { name } to { name } } } }';
  const ACT = 'mutation($id: UUID) { actFor(delegationId: $id) { me { name role bounds { departments } actingFor { id } } } }';
  const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

  async function lent(): Promise<{ from: Browser & { userId: string }; to: Browser & { userId: string }; id: string }> {
    const from = await signedIn('SUPERVISOR', { departments: ['alpha'] });
    const to = await signedIn('AGENT', undefined as never, { agentId: (await center.agent([], { connected: false })).id });
    const { delegate } = await from.do<{ delegate: { delegations: { id: string }[] } }>(LEND, {
      input: { idempotencyKey: key(), toUserId: to.userId, until: inDays(7) },
    });
    return { from, to, id: delegate.delegations[0]!.id };
  }

  it('is used by the colleague, within its bounds and in both names', async () => {
    const { from, to, id } = await lent();
    const { actFor } = await to.do<{ actFor: { me: { name: string; role: string } } }>(ACT, { id });
    expect(actFor.me).toEqual({
      name: expect.stringMatching(/^Person \d+ for Person \d+$/),
      role: 'SUPERVISOR',
      bounds: { departments: ['alpha'] },
      actingFor: { id },
    });
    expect(leaks(await to.do('{ queues { edges { node { id name } } } }'))).toEqual([]);
    await to.do('mutation($input: SetInteractionPriorityInput!) { setInteractionPriority(input: $input) { interaction { id } } }', {
      input: { id: ours.ids.INTERACTION, priority: 77 },
    });
    const [event] = await test.database.query<{ actor_id: string; actor_name: string }>(
      "SELECT actor_id::text, actor_name FROM events WHERE type = 'interaction.priority_set' ORDER BY seq DESC LIMIT 1",
    );
    expect(event).toEqual({ actor_id: to.userId, actor_name: actFor.me.name });
    // It is the colleague's sign-in alone that acts so, and only until told otherwise.
    expect((await from.do<{ me: { actingFor: null } }>('{ me { actingFor { id } } }')).me.actingFor).toBeNull();
    expect((await to.do<{ actFor: { me: { role: string } } }>(ACT, { id: null })).actFor.me.role).toBe('AGENT');
  });

  it('ends within a second when it is taken back, in what is open too', async () => {
    const { from, to, id } = await lent();
    await to.do(ACT, { id });
    const board = to.subscribe('subscription { board { kind } }');
    await until('a frame', () => board.items.length > 0);
    await from.do('mutation($id: UUID!) { endDelegation(id: $id) { delegations { id } } }', { id });
    await until('the end of the socket', () => board.closed !== null);
    expect(board.closed).toBe(1013);
    expect((await to.do<{ me: { role: string } }>('{ me { role } }')).me.role).toBe('AGENT');
    expect((await to.ask(ACT, { id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('ends at its date', async () => {
    const { to, id } = await lent();
    await to.do(ACT, { id });
    await test.database.query("UPDATE delegations SET until = now() + interval '1 second' WHERE id = $1", [id]);
    await to.do(ACT, { id: null });
    await to.do(ACT, { id }).catch(() => undefined);
    await until('the own right', async () => (await to.do<{ me: { role: string } }>('{ me { role } }')).me.role === 'AGENT');
  });

  it('ends at once with the right of who lent it, in what is open too', async () => {
    const { from, to, id } = await lent();
    await to.do(ACT, { id });
    expect(await to.role()).toBe('SUPERVISOR');
    const board = to.subscribe('subscription { board { kind } }');
    await until('a frame', () => board.items.length > 0);
    await center.admin.do('mutation($id: UUID!) { deactivateUser(id: $id) { user { id } } }', { id: from.userId });
    await until('the end of the socket', () => board.closed !== null);
    expect(board.closed).toBe(1013);
    await until('the own right', async () => (await to.do<{ me: { role: string } }>('{ me { role } }')).me.role === 'AGENT');
  });

  it('is what its owner may do now, and is over when there is nothing to lend any more', async () => {
    const { from, to, id } = await lent();
    await to.do(ACT, { id });
    expect(leaks(await to.do('{ queues { edges { node { name } } } }'))).toEqual([]);
    const become = (input: Record<string, unknown>) =>
      center.admin.do('mutation($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }', {
        input: { id: from.userId, ...input },
      });
    await become({ bounds: { departments: [SECRET] } });
    await until('the other bounds', async () => leaks(await to.do('{ queues { edges { node { name } } } }')).length > 0);
    await become({ role: 'AGENT', agentId: (await center.agent([], { connected: false })).id });
    await until('the own right', async () => (await to.role()) === 'AGENT');
    expect((await to.do<{ delegations: object[] }>('{ delegations { id } }')).delegations).toEqual([]);
  });

  it('needs the second factor that its role needs', async () => {
    const { to, id } = await lent();
    await test.database.query("UPDATE sign_in_settings SET second_factor_roles = '{SUPERVISOR}'");
    try {
      expect((await to.ask(ACT, { id })).errors?.[0]?.extensions.code).toBe('REFUSED');
    } finally {
      await test.database.query("UPDATE sign_in_settings SET second_factor_roles = '{}'");
    }
  });

  it('is lent by people who have one to lend, to colleagues, for a time that will come', async () => {
    const { from, to, id } = await lent();
    const lend = (browser: Browser, input: Record<string, unknown>) =>
      browser.ask(LEND, { input: { idempotencyKey: key(), toUserId: to.userId, until: inDays(1), ...input } });
    const outsider = await signedIn('CLIENT', null);
    const code = async (answer: Promise<{ errors?: { extensions: { code: string } }[] }>) => (await answer).errors?.[0]?.extensions.code;
    expect(await code(lend(from, { until: inDays(-1) }))).toBe('INVALID');
    expect(await code(lend(from, { until: inDays(500) }))).toBe('INVALID');
    expect(await code(lend(from, { toUserId: from.userId }))).toBe('INVALID');
    expect(await code(lend(from, { toUserId: outsider.userId }))).toBe('REFUSED');
    expect(await code(lend(from, { fromUserId: to.userId, toUserId: from.userId }))).toBe('FORBIDDEN');
    expect(await code(lend(to, { toUserId: from.userId }))).toBe('FORBIDDEN');
    // What was lent to somebody is not lent on.
    await to.do(ACT, { id });
    expect(await code(lend(to, { toUserId: from.userId }))).toBe('FORBIDDEN');
  });
});

describe('the schema', () => {
  /** Types whose rows need no rule of their own, by the reason. */
  const OF_NO_PART = new Set(
    Object.values({
      'told to the person alone, or to an administrator':
        'Me Bounds Colleague Delegation User Session Token SignInMethods SignInSettings SecondFactor NewFactor IdentityProvider ProviderGroup ProviderTrial SignInProvider AccessLink LinkMail OpenedLink Draft MyWork SavedView',
      'a setting of the whole contact center that says nothing of its work':
        'Skill PresenceStatus Disposition ChannelSettings WrapUpRule SlaPolicy SlaMilestone SlaTarget SlaWarning EscalationRung BusinessCalendar HolidayRegion HolidayCountry HolidayCountryRegion Holiday DueTime DueStep OwnDay DayInterval RuleAction RuleActionKind ConditionField EventType ConditionProblem RuleTerm RuleTermField',
      'reached only below a row that has a rule':
        'NameTranslation AgentSkill Presence Connection PresenceDay PresenceTime SkillRequirement RelaxationStep Overflow OpeningHours OpeningInterval QueueWrapUp ServiceLevel LastContact CustomerIdentity CustomerCandidate CandidateReason Message MailOriginal ReplyProposal Consent ContactPreferences DoNotContactEntry ReplyRecipient Attachment Event Actor Told Offer SlaClock RuleRun RuleEffect RuleSkip CrmPage InteractionChange BulkResult Refusal StoryLine StoryCause StoryOffer',
      'made for the queues of the part, or about a record whose id was checked':
        'BoardFrame AgentsLive ChannelLive FlowMinute BoardTotals ContactAnswer ContactReason Explanation ExplanationPoint SlaMigration SlaMove',
      'of an operation that is refused to the bounded':
        'AutomationRule RuleCounts RuleVersion RuleReference DryRunDay DryRunMiss RuleTrigger RuleSchedule RuleDryRun DryRunTerm DryRunTouch LatePromises LatePromise Crm CrmReading CrmWaiting AuditEntry AuditRecord AuditChange AuditCause Health HealthFinding HealthEngine HealthReader HealthJobs HealthMailIn HealthMailOut HealthWebhooks HealthDatabase HealthCrm HealthDisk',
      'of an operation for administrators alone':
        'ConfigurationFile ConfigurationPlan ConfigurationEntry FieldChange PolicyClocks WebhookDelivery IntakeSource CrmProblem CrmRecordHere CrmTask CrmTaskStep CrmPlan CrmPlanGroup CrmPlanLine CrmFinding',
      'no record': 'PageInfo',
    }).flatMap((names) => names.split(' ')),
  );

  it('says of each type whether its rows belong to a part', () => {
    const undecided = Object.values(schema.getTypeMap()).filter(
      (type) =>
        isObjectType(type) &&
        !type.name.startsWith('__') &&
        !['Query', 'Mutation', 'Subscription'].includes(type.name) &&
        !/(Connection|Edge|Payload)$/.test(type.name) &&
        !ruleOf(schema, type) &&
        !OF_NO_PART.has(type.name),
    );
    expect(undecided.map(({ name }) => name)).toEqual([]);
  });

  it('says of each id that the bounded may send what it stands for', () => {
    const CENTER = /^(statusId|skillId|dispositionIds?|slaPolicyId|calendarId|policyId|hostId|toUserId|fromUserId|delegationId)$/;
    const OWN = [
      'endSession.id',
      'endDelegation.id',
      'markNotificationRead.id',
      'updateSavedView.input.id',
      'deleteSavedView.id',
      'chooseSavedView.id',
    ];
    const undecided: string[] = [];
    for (const { field, isWhole } of [...operationsOf('SUPERVISOR'), ...operationsOf('TEAM_LEAD'), ...operationsOf('ANALYST')]) {
      if (isWhole) continue;
      const look = (input: GraphQLArgument | GraphQLInputField, path: string): void => {
        const type = getNamedType(input.type as GraphQLInputType);
        if (isInputObjectType(type)) for (const inner of Object.values(type.getFields())) look(inner, `${path}.${inner.name}`);
        else if (type.name === 'UUID' && !namedBy(schema, input) && !CENTER.test(input.name) && !OWN.includes(path)) undecided.push(path);
      };
      for (const arg of field.args) look(arg, `${field.name}.${arg.name}`);
    }
    expect([...new Set(undecided)]).toEqual([]);
  });
});

describe('a part', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd');
  const members: fc.Arbitrary<Members> = fc.record({
    queues: fc.uniqueArray(fc.record({ id, department: id }), { selector: (queue) => queue.id }),
    agents: fc.uniqueArray(fc.record({ id, teamId: id }), { selector: (agent) => agent.id }),
    memberships: fc.array(fc.record({ queueId: id, agentId: id }), { maxLength: 8 }),
  });
  const bounds: fc.Arbitrary<Bounds> = fc.record({
    departments: fc.subarray(['a', 'b', 'c', 'd']),
    queueIds: fc.subarray(['a', 'b', 'c', 'd']),
    teamIds: fc.subarray(['a', 'b', 'c', 'd']),
  });

  it('holds exactly what its queues, departments and teams give', () => {
    fc.assert(
      fc.property(members, bounds, (all, own) => {
        const sets = partOf(own, all);
        const inQueue = (queueId: string): boolean =>
          own.queueIds.includes(queueId) || all.queues.some((queue) => queue.id === queueId && own.departments.includes(queue.department));
        const inTeam = (agentId: string): boolean => all.agents.some((agent) => agent.id === agentId && own.teamIds.includes(agent.teamId));
        for (const one of ['a', 'b', 'c', 'd']) {
          expect(sets.queue.has(one)).toBe(inQueue(one));
          expect(sets.holder.has(one)).toBe(inTeam(one));
          expect(sets.agent.has(one)).toBe(
            inTeam(one) || all.memberships.some(({ queueId, agentId }) => agentId === one && inQueue(queueId)),
          );
          expect(sets.servedQueue.has(one)).toBe(
            inQueue(one) || all.memberships.some(({ queueId, agentId }) => queueId === one && inTeam(agentId)),
          );
          expect(sets.team.has(one)).toBe(own.teamIds.includes(one));
        }
      }),
    );
  });

  it('is kept in one form, whatever order it was given in', () => {
    const given = { departments: ['b', 'a', 'b'], queueIds: [], teamIds: [] };
    expect(boundsFor('SUPERVISOR', given)).toEqual({ departments: ['a', 'b'], queueIds: [], teamIds: [] });
  });
});
