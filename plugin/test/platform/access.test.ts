/**
 * Each operation of the schema × each role × whose record it is; and what each role can reach below an operation. All of
 * it is made from the schema, so that an operation or a personal field without a decision fails here.
 */
import {
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLScalarType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { accessRules, fieldRoles } from '../../src/platform/access.js';
import type { Role } from '../../src/platform/generated/graphql.js';
import { key, startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { ContactCenter } from '../support/contact-center.js';
import { documentOf } from '../support/documents.js';
import { until } from '../support/until.js';

/** Those of tokens; team leads and outside parties are people, and bounds.test.ts asks as they do. */
const ROLES: Role[] = ['ADMIN', 'SUPERVISOR', 'AGENT', 'ANALYST', 'WALLBOARD', 'INTAKE'];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

let test: TestEngine;
let center: ContactCenter;
const clients = new Map<Role, TestClient>();

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  const agent = await center.agent([await center.queue()], { connected: false });
  for (const role of ROLES) clients.set(role, test.client(await test.token(role, role === 'AGENT' ? agent.id : undefined)));
});

afterAll(async () => {
  await test.stop();
});

/** Some value that the contract takes for this type; ids name nothing. */
function sample(type: GraphQLInputType): unknown {
  if (type instanceof GraphQLNonNull) return sample(type.ofType);
  if (type instanceof GraphQLList) return [];
  if (type instanceof GraphQLInputObjectType) {
    if (type.isOneOf)
      return Object.fromEntries(
        Object.values(type.getFields())
          .slice(0, 1)
          .map(({ name, type: inner }) => [name, sample(inner)]),
      );
    return Object.fromEntries(
      Object.values(type.getFields())
        .filter((field) => field.type instanceof GraphQLNonNull)
        .map((field) => [field.name, sample(field.type)]),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]?.value;
  const samples: Record<string, unknown> = {
    UUID: NOWHERE,
    IdempotencyKey: 'sample-key-1',
    Line: 'x',
    Text: 'x',
    Document: 'x',
    Address: 'x@example.org',
    DateTime: '2026-01-01T00:00:00Z',
    Boolean: true,
    String: 'x',
  };
  return samples[(type as GraphQLScalarType).name] ?? 1;
}

function operations() {
  const { schema } = test.engine.app.get(GraphQLSchemaHost);
  const rules = accessRules(schema);
  const guarded = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => {
      const required = field.args.filter((arg) => arg.type instanceof GraphQLNonNull && arg.defaultValue === undefined);
      const kind = type?.name.toLowerCase() ?? '';
      return {
        kind,
        path: `${type?.name}.${field.name}`,
        name: field.name,
        args: field.args,
        type: field.type,
        roles: rules.get(`${type?.name}.${field.name}`) ?? [],
        variables: Object.fromEntries(required.map((arg) => [arg.name, sample(arg.type)])),
        document: documentOf(kind, field.name, required, field.type),
      };
    }),
  );
  return guarded.filter(({ path }) => rules.get(path) !== null);
}

it('answers callers who do not say who they are where the operation finds out by itself, and nowhere else', async () => {
  const { schema } = test.engine.app.get(GraphQLSchemaHost);
  const open = [...accessRules(schema)].filter(([, roles]) => roles === null).map(([path]) => path);
  expect(open.sort()).toEqual(['Mutation.signInWithCrm', 'Mutation.useAccessLink', 'Query.accessLink', 'Query.signInMethods']);
  const links = await test.client('').ask('{ accessLink(secret: "nobody has it") { purpose } }');
  expect(links.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  const { errors } = await test.client('').ask('mutation { signInWithCrm(input: { token: "somebody" }) { secret } }');
  expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
});

/** Whether a value of this type can name a record: an id, somewhere in it. */
function namesRecord(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).some((field) => namesRecord(field.type));
  return named.name === 'UUID';
}

const codeOf = (errors: unknown[]): string | undefined => (errors[0] as { extensions?: { code?: string } } | undefined)?.extensions?.code;

it('lets exactly the roles in that the schema names, for every query and mutation', async () => {
  for (const { kind, name, roles, variables, document } of operations().filter((one) => one.kind !== 'subscription')) {
    for (const role of ROLES) {
      const { errors, status } = await clients.get(role)!.ask(document, variables);
      const code = errors?.[0]?.extensions.code;
      const where = `${kind} ${name} as ${role}`;
      expect({ where, status }).toEqual({ where, status: 200 });
      if (roles.includes(role)) expect({ where, code }).not.toEqual({ where, code: 'UNAUTHENTICATED' });
      else expect({ where, code }).toEqual({ where, code: 'FORBIDDEN' });
      expect({ where, code }).not.toEqual({ where, code: 'INTERNAL' });
    }
    const { errors } = await test.client('').ask(document, variables);
    expect({ name, code: errors?.[0]?.extensions.code }).toEqual({ name, code: 'UNAUTHENTICATED' });
  }
});

it('lets exactly the roles in that the schema names, for every subscription', async () => {
  for (const { name, roles, variables, document } of operations().filter((one) => one.kind === 'subscription')) {
    for (const role of ROLES.filter((one) => !roles.includes(one))) {
      const { errors, stop } = clients.get(role)!.subscribe(document, variables);
      await until(`a refusal of ${name} to ${role}`, () => errors.length > 0);
      expect({ name, role, code: codeOf(errors) }).toEqual({ name, role, code: 'FORBIDDEN' });
      stop();
    }
  }
});

/** An agent's standing with the records that an operation names. */
interface Rule {
  /** own: what this agent holds, is offered or is; any: everybody's; none: names no record; person: refused to every token. */
  rule: 'own' | 'any' | 'none' | 'person';
  why: string;
  /** What is named, for the operations that name records: asked for the caller's own, and for another agent's. */
  names?: (of: Standing) => Promise<Record<string, unknown>>;
}

interface Standing {
  agentId: string;
  customerId: string;
  queueId: string;
  /** A fresh one of these each time. */
  held(): Promise<string>;
  ringing(): Promise<string>;
  closed(): Promise<string>;
  unqueued(): Promise<string>;
}

const HISTORY = 'whoever serves a customer sees the whole history, whoever served before';
const HOLDER = 'work is changed by who holds it';
const LIST = 'a list of the house, not of a person';
const held = async ({ held }: Standing) => ({ id: await held() });
const heldInput =
  (rest: Record<string, unknown> = {}) =>
  async ({ held }: Standing) => ({ input: { id: await held(), ...rest } });
const writing = async ({ held }: Standing) => ({ input: { idempotencyKey: key(), interactionId: await held(), text: 'x' } });

const wrappingUp = async ({ held, agentId }: Standing) => {
  const [row] = await test.database.query<{ id: string }>(
    `INSERT INTO wrap_ups (id, interaction_id, agent_id, channel, after_transfer, started_at, ends_at, extension_seconds)
     VALUES (gen_random_uuid(), $1, $2, 'VOICE', true, now(), now() + interval '1 hour', 60) RETURNING id`,
    [await held(), agentId],
  );
  return { id: row?.id };
};

/** Each operation that the role AGENT may call. */
const AGENT_RULES: Record<string, Rule> = {
  'Query.me': { rule: 'none', why: 'the token itself' },
  'Query.agents': {
    rule: 'any',
    why: 'colleagues are found by name, to transfer to',
    names: async ({ queueId }) => ({ filter: { queueId } }),
  },
  'Query.agent': { rule: 'any', why: 'as agents', names: async ({ agentId }) => ({ id: agentId }) },
  'Query.skills': { rule: 'none', why: LIST },
  'Query.teams': { rule: 'none', why: LIST },
  'Query.presenceStatuses': { rule: 'none', why: LIST },
  'Query.queues': { rule: 'none', why: LIST },
  'Query.queue': { rule: 'any', why: LIST, names: async ({ queueId }) => ({ id: queueId }) },
  'Query.channelSettings': { rule: 'none', why: LIST },
  'Query.dispositions': { rule: 'none', why: LIST },
  'Query.customer': { rule: 'any', why: HISTORY, names: async ({ customerId }) => ({ id: customerId }) },
  'Query.customers': { rule: 'none', why: HISTORY },
  'Query.interaction': { rule: 'any', why: HISTORY, names: held },
  'Query.interactions': { rule: 'any', why: HISTORY, names: async ({ agentId }) => ({ filter: { agentIds: [agentId] } }) },
  'Query.explainInteraction': { rule: 'any', why: 'says why something waits, which everybody may know', names: held },
  'Query.explainAgent': { rule: 'own', why: 'says what a person does all day', names: async ({ agentId }) => ({ id: agentId }) },
  'Query.myWork': { rule: 'none', why: "the token's own agent, and no other can be named" },
  'Query.drafts': { rule: 'none', why: "the token's own agent, and no other can be named" },
  'Query.notifications': { rule: 'none', why: "the token's own agent, and no other can be named" },
  'Mutation.markNotificationRead': {
    rule: 'own',
    why: 'told to one person, who has not read it before they say so',
    names: async ({ agentId }) => {
      const [told] = await test.database.query<{ id: string }>(
        "INSERT INTO notifications (id, agent_id, text, created_at) VALUES (gen_random_uuid(), $1, 'x', now()) RETURNING id",
        [agentId],
      );
      return { id: told!.id };
    },
  },
  'Query.customerOfCrm': { rule: 'any', why: HISTORY, names: async () => ({ hostId: NOWHERE }) },
  'Query.presenceTimes': {
    rule: 'own',
    why: 'how long somebody was on break is theirs and their supervisor’s to know',
    names: async ({ agentId }) => ({ agentIds: [agentId], from: '2026-11-27', timeZone: 'Europe/Prague' }),
  },
  'Mutation.saveDraft': { rule: 'none', why: "the token's own agent, and no other can be named" },
  'Mutation.setPresence': {
    rule: 'own',
    why: 'presence is chosen by the person',
    names: async ({ agentId }) => ({ input: { agentId, statusId: center.statuses.get('AVAILABLE') } }),
  },
  'Mutation.createCustomer': { rule: 'none', why: 'a new one' },
  'Mutation.updateCustomer': {
    rule: 'any',
    why: 'customers belong to the house',
    names: async ({ customerId }) => ({ input: { id: customerId, note: 'x' } }),
  },
  'Query.mayContact': {
    rule: 'any',
    why: HISTORY,
    names: async ({ customerId }) => ({ customerId, channel: 'SMS', purpose: 'SURVEY' }),
  },
  'Mutation.recordConsent': {
    rule: 'own',
    why: 'an agent writes down what the customer says whose work is in hand',
    names: async ({ customerId, held }) => {
      await center.admin.do('mutation($input: LinkCustomerInput!) { linkCustomer(input: $input) { interaction { id } } }', {
        input: { id: await held(), customerId },
      });
      return { input: { idempotencyKey: key(), customerId, purpose: 'SURVEY', state: 'GIVEN', source: 'CALL' } };
    },
  },
  'Mutation.openInteraction': {
    rule: 'any',
    why: 'new work may follow from any that went before',
    names: async ({ held }) => ({ input: { idempotencyKey: key(), channel: 'CASE', parentId: await held() } }),
  },
  'Mutation.enqueueInteraction': {
    rule: 'any',
    why: 'what is in no queue yet has no holder',
    names: async ({ unqueued, queueId }) => ({ input: { id: await unqueued(), queueId } }),
  },
  'Mutation.holdInteraction': { rule: 'own', why: HOLDER, names: held },
  'Mutation.resumeInteraction': {
    rule: 'own',
    why: HOLDER,
    names: async ({ held }) => {
      const id = await held();
      await center.admin.do('mutation($id: UUID!) { holdInteraction(id: $id) { interaction { id } } }', { id });
      return { id };
    },
  },
  'Mutation.awaitCustomer': { rule: 'own', why: HOLDER, names: held },
  'Mutation.endInteraction': { rule: 'own', why: HOLDER, names: held },
  'Mutation.closeInteraction': {
    rule: 'own',
    why: HOLDER,
    names: async ({ held }) => ({ input: { id: await held(), dispositionId: await center.disposition() } }),
  },
  'Mutation.transferInteraction': {
    rule: 'own',
    why: HOLDER,
    names: async ({ held, queueId }) => ({ input: { id: await held(), queueId } }),
  },
  'Mutation.escalateInteraction': { rule: 'own', why: HOLDER, names: heldInput({ note: 'x' }) },
  'Mutation.reopenInteraction': {
    rule: 'any',
    why: 'whoever the customer reaches next takes it up; it goes to its queue, not to the caller',
    names: async ({ closed }) => ({ input: { id: await closed() } }),
  },
  'Mutation.updateInteraction': { rule: 'own', why: HOLDER, names: heldInput({ subject: 'x' }) },
  'Mutation.mergeInteractions': {
    rule: 'own',
    why: HOLDER,
    names: async ({ held }) => ({ input: { fromId: await held(), intoId: await held(), acrossCustomers: true } }),
  },
  'Mutation.splitInteraction': {
    rule: 'own',
    why: 'whoever holds the one it went into',
    names: async ({ held }) => {
      const id = await held();
      await center.admin.do('mutation($input: MergeInteractionsInput!) { mergeInteractions(input: $input) { interaction { id } } }', {
        input: { fromId: id, intoId: await held(), acrossCustomers: true },
      });
      return { input: { id } };
    },
  },
  'Mutation.splitOffMessages': {
    rule: 'own',
    why: HOLDER,
    names: async ({ held }) => {
      const interactionId = await held();
      const say = async (text: string): Promise<string> => {
        const { sendMessage } = await center.admin.do<{ sendMessage: { message: { id: string } } }>(
          'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
          { input: { idempotencyKey: key(), interactionId, text } },
        );
        return sendMessage.message.id;
      };
      await say('One thing');
      return { input: { idempotencyKey: key(), interactionId, messageIds: [await say('Another')] } };
    },
  },
  'Mutation.linkCustomer': {
    rule: 'own',
    why: HOLDER,
    names: async ({ held, customerId }) => ({ input: { id: await held(), customerId } }),
  },
  'Mutation.sendMessage': { rule: 'own', why: 'speaks to the customer in the name of who holds it', names: writing },
  'Mutation.addNote': { rule: 'any', why: 'a note helps the colleague who holds it, and bears its author', names: writing },
  'Mutation.acceptOffer': { rule: 'own', why: 'an offer is made to one agent', names: async ({ ringing }) => ({ id: await ringing() }) },
  'Mutation.declineOffer': {
    rule: 'own',
    why: 'an offer is made to one agent',
    names: async ({ ringing }) => ({ input: { id: await ringing(), reason: 'x' } }),
  },
  'Mutation.extendWrapUp': { rule: 'own', why: 'it is the time of one agent', names: wrappingUp },
  'Mutation.finishWrapUp': { rule: 'own', why: 'it is the time of one agent', names: wrappingUp },
  'Query.mySessions': { rule: 'none', why: 'the own sessions of a person, and a token has none' },
  'Mutation.changePassword': { rule: 'none', why: 'the own password of a person, and a token has none' },
  'Mutation.endSession': {
    rule: 'own',
    why: 'a sign-in is of one person',
    names: async ({ agentId }) => ({ id: await sessionOf(agentId) }),
  },
  'Query.mySecondFactor': { rule: 'none', why: 'the own sign-in of a person, and a token has none' },
  'Mutation.beginSecondFactor': { rule: 'none', why: 'the own sign-in of a person, and a token has none' },
  'Mutation.confirmSecondFactor': { rule: 'none', why: 'the own sign-in of a person, and a token has none' },
  'Mutation.turnOffSecondFactor': { rule: 'none', why: 'the own sign-in of a person, and a token has none' },
  'Mutation.renewRecoveryCodes': { rule: 'none', why: 'the own sign-in of a person, and a token has none' },
  'Mutation.endMyOtherSessions': { rule: 'none', why: 'the own sessions of a person, and a token has none' },
  'Query.delegations': { rule: 'none', why: 'what a person lent or was lent, and a token was lent nothing' },
  'Mutation.endDelegation': {
    rule: 'person',
    why: 'people lend rights to people',
    names: async () => ({ id: NOWHERE }),
  },
  'Mutation.actFor': {
    rule: 'person',
    why: 'people lend rights to people',
    names: async () => ({ delegationId: NOWHERE }),
  },
  'Mutation.pullWork': { rule: 'none', why: "the token's own agent, and no other can be named" },
  'Query.interactionOfCrm': { rule: 'any', why: HISTORY, names: async () => ({ hostId: NOWHERE }) },
  'Mutation.showInCrm': {
    rule: 'any',
    why: HISTORY,
    names: async () => ({ input: { frame: NOWHERE, customerId: NOWHERE } }),
  },
  'Subscription.shownInCrm': { rule: 'none', why: "the token's own agent, and the frame is a name that its page made up" },
  'Subscription.myWork': { rule: 'none', why: "the token's own agent, and no other can be named" },
  'Subscription.interactionChanges': { rule: 'own', why: 'what follows along all day is own work only', names: async () => ({}) },
};

/** Where the person who is this agent is signed in. */
async function sessionOf(agentId: string): Promise<string> {
  const [session] = await test.database.query<{ id: string }>(
    `WITH person AS (
       INSERT INTO users (id, name, email, role, agent_id, created_at) VALUES (gen_random_uuid(), 'Somebody', $1 || '@example.org', 'AGENT', $1::uuid, now())
       ON CONFLICT (agent_id) DO UPDATE SET name = excluded.name RETURNING id)
     INSERT INTO sessions (id, user_id, hash, created_at, last_seen_at, expires_at, address, device)
     SELECT gen_random_uuid(), id, decode(md5(random()::text), 'hex'), now(), now(), now() + interval '1 day', '', '' FROM person RETURNING id::text`,
    [agentId],
  );
  return session!.id;
}

/** Every agent of these tests has a queue alone, and room for all that is opened there. */
async function standing(): Promise<Standing & { client: TestClient }> {
  const queueId = await center.queue({ offerTimeoutSeconds: 3_600 });
  const { id: agentId, client } = await center.agent([queueId], { capacity: 10_000 });
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { idempotencyKey: key(), name: 'Karel' } },
  );
  const offered = async (): Promise<{ id: string; offerId: string }> => {
    const id = await center.open(queueId, {}, 'CHAT');
    const offer = await until('an offer', async () => {
      const { interaction } = await center.admin.do<{ interaction: { pendingOffer: { id: string } | null } }>(
        'query($id: UUID!) { interaction(id: $id) { pendingOffer { id } } }',
        { id },
      );
      return interaction.pendingOffer;
    });
    return { id, offerId: offer.id };
  };
  const accepted = async (): Promise<string> => {
    const { id, offerId } = await offered();
    await client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offerId });
    return id;
  };
  return {
    agentId,
    client,
    queueId,
    customerId: createCustomer.customer.id,
    held: accepted,
    ringing: async () => (await offered()).offerId,
    closed: async () => {
      const id = await accepted();
      await client.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
        input: { id, dispositionId: await center.disposition() },
      });
      return id;
    },
    unqueued: () => center.open(null, {}, 'CASE'),
  };
}

describe('an agent and the records of others', () => {
  let own: Standing & { client: TestClient };
  let others: Standing & { client: TestClient };

  beforeAll(async () => {
    [own, others] = [await standing(), await standing()];
  });

  const ofAgents = () => operations().filter(({ roles }) => roles.includes('AGENT'));

  it('has a rule for each operation that the role may call, and for no other', () => {
    expect(Object.keys(AGENT_RULES).sort()).toEqual(
      ofAgents()
        .map(({ path }) => path)
        .sort(),
    );
  });

  it('has no rule "none" for an operation that names a record', () => {
    for (const { path, args } of ofAgents().filter(({ path }) => AGENT_RULES[path]?.rule === 'none')) {
      expect({ path, named: args.filter((arg) => namesRecord(arg.type)).map(({ name }) => name) }).toEqual({ path, named: [] });
    }
  });

  const eventCount = async () =>
    (await test.database.query<{ n: string }>('SELECT count(*) AS n FROM events WHERE actor_id = $1', [own.agentId]))[0]?.n;

  it('follows the rule of each query and mutation', async () => {
    for (const { path, kind, name, args, type } of ofAgents().filter(({ kind }) => kind !== 'subscription')) {
      const { rule, names } = AGENT_RULES[path]!;
      if (rule === 'none') continue;
      const document = documentOf(kind, name, args, type);
      const foreign = await names!(others);
      const before = await eventCount();
      const refused = await own.client.ask(document, foreign);
      const told = { path, of: 'another', code: refused.errors?.[0]?.extensions.code };
      expect(told).toEqual({ path, of: 'another', code: rule === 'any' ? undefined : 'FORBIDDEN' });
      if (rule !== 'any') expect({ path, events: await eventCount() }).toEqual({ path, events: before });
      if (rule === 'person') continue;
      const allowed = await own.client.ask(document, await names!(own));
      expect({ path, of: 'self', errors: allowed.errors }).toEqual({ path, of: 'self', errors: undefined });
    }
  });

  it('follows own work only, also when asked for another queue or interaction', async () => {
    const foreign = await others.held();
    const CHANGES =
      'subscription($q: UUID, $i: UUID, $after: String) { interactionChanges(queueId: $q, interactionId: $i, after: $after) { type interaction { id } } }';
    const feeds = [{}, { q: others.queueId }, { i: foreign }].map((variables) =>
      own.client.subscribe<{ interactionChanges: { interaction: { id: string } } }>(CHANGES, { ...variables, after: '0' }),
    );
    const mine = await own.held();
    await until('the own change', () => feeds[0]!.items.some(({ interactionChanges }) => interactionChanges.interaction.id === mine));
    const { rows } = {
      rows: await test.database.query<{ id: string }>('SELECT id FROM interactions WHERE queue_id = $1', [others.queueId]),
    };
    const theirs = new Set(rows.map(({ id }) => id));
    for (const { items, errors, stop } of feeds) {
      expect(errors).toEqual([]);
      expect(items.filter(({ interactionChanges }) => theirs.has(interactionChanges.interaction.id))).toEqual([]);
      stop();
    }
  });
});

/** Where persons are: what a wall or a web form must not lead to. */
const PERSONAL = ['Agent', 'Attachment', 'Customer', 'CustomerIdentity', 'Event', 'IntakeSource', 'Message', 'MyWork', 'Offer', 'Token'];

const AGENT = [
  'active',
  'capacity',
  'channels',
  'connection',
  'email',
  'extension',
  'holding',
  'id',
  'idleSince',
  'name',
  'notRespondingSince',
  'skills',
  'team',
].map((field) => `Agent.${field}`);

/** Every field of these types that a role gets to; a new one is in here or names its roles in the schema. */
const REACHED: Partial<Record<Role, string[]>> = {
  // Only by way of `me`, whose agent is null for a wall.
  WALLBOARD: AGENT,
  // Who takes a call, for a telephone system; of the customer what a menu needs; of messages the one just reported.
  INTAKE: [
    ...AGENT,
    ...['createdAt', 'id', 'language', 'tier'].map((field) => `Customer.${field}`),
    ...[
      'author',
      'automatic',
      'cc',
      'createdAt',
      'delivery',
      'deliveryError',
      'deliveryTold',
      'direction',
      'from',
      'id',
      'internal',
      'purpose',
      'sentAt',
      'subject',
      'text',
      'to',
    ].map((field) => `Message.${field}`),
    ...['agent', 'declineReason', 'expiresAt', 'id', 'interaction', 'offeredAt', 'queue', 'respondedAt', 'state', 'why'].map(
      (field) => `Offer.${field}`,
    ),
  ],
};

describe('below an operation', () => {
  /** Each `Type.field` that this role gets to, with one way there. */
  function reach(role: Role): Map<string, string> {
    const { schema } = test.engine.app.get(GraphQLSchemaHost);
    const found = new Map<string, string>();
    const seen = new Set<string>();
    const walk = (type: GraphQLOutputType, way: string): void => {
      const named = getNamedType(type);
      if (!isObjectType(named) || seen.has(named.name)) return;
      seen.add(named.name);
      for (const field of Object.values(named.getFields())) {
        if (fieldRoles(schema, field)?.includes(role) === false) continue;
        found.set(`${named.name}.${field.name}`, `${way}.${field.name}`);
        walk(field.type, `${way}.${field.name}`);
      }
    };
    for (const { roles, path, type } of operations()) if (roles.includes(role)) walk(type, path);
    return found;
  }

  it.each(['WALLBOARD', 'INTAKE'] as const)('leads a token of the role %s to no person but as listed here', (role) => {
    const reached = [...reach(role)].filter(([field]) => PERSONAL.includes(field.split('.')[0] ?? ''));
    expect(reached.map(([field]) => field).sort()).toEqual([...(REACHED[role] ?? [])].sort());
  });

  it('leads nobody but an administrator to tokens or intake sources, and nobody to a secret twice', () => {
    for (const role of ROLES.filter((one) => one !== 'ADMIN')) {
      expect([...reach(role).keys()].filter((field) => /^(Token|IntakeSource)\./.test(field))).toEqual([]);
    }
    expect([...reach('ADMIN').keys()].filter((field) => /secret|hash|password/i.test(field)).sort()).toEqual([
      'CreateIntakeSourcePayload.secret',
      'CreateTokenPayload.secret',
      'IdentityProvider.hasSecret',
      'IntakeSource.oldSecretSeenAt',
      'IntakeSource.oldSecretUntil',
      // To whoever sets up a telephone, until its first code.
      'NewFactor.secret',
    ]);
  });

  it('refuses each field that names roles to all others, wherever it is asked for', async () => {
    const interactionId = await center.open(await center.queue(), { customerAddress: '+420601999888' });
    const asked: [Role, string][] = [
      ['WALLBOARD', '{ queues { edges { node { members { agent { name } } } } } }'],
      ['WALLBOARD', '{ queues { edges { node { overflow { queue { members { level } } } members { level } } } } }'],
      ...['customer { name }', 'customer { identities { value } }', 'customer { interactions { edges { node { id } } } }'].map(
        (fields): [Role, string] => ['INTAKE', `{ interaction(id: "${interactionId}") { ${fields} } }`],
      ),
      ...['messages { edges { node { text } } }', 'events { edges { node { facts } } }', 'parent { id }', 'children { id }'].map(
        (fields): [Role, string] => ['INTAKE', `{ interaction(id: "${interactionId}") { ${fields} } }`],
      ),
    ];
    for (const [role, document] of asked) {
      const { data, errors } = await clients.get(role)!.ask(document);
      expect({ document, code: errors?.[0]?.extensions.code }).toEqual({ document, code: 'FORBIDDEN' });
      expect(JSON.stringify(data)).not.toContain('601999888');
    }
    expect((await clients.get('WALLBOARD')!.do('{ me { agent { email } } }')).me).toEqual({ agent: null });
  });
});
