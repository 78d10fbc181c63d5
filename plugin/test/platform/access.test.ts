/** Each operation of the schema × each role: who may not call is refused before anything happens. */
import {
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLScalarType,
  isEnumType,
  isLeafType,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { accessRules } from '../../src/platform/access.js';
import type { Role } from '../../src/platform/generated/graphql.js';
import { startTestEngine, type TestClient, type TestEngine } from '../support/engine.js';
import { ContactCenter } from '../support/contact-center.js';
import { until } from '../support/until.js';

const ROLES: Role[] = ['ADMIN', 'SUPERVISOR', 'AGENT', 'WALLBOARD', 'INTAKE'];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

let test: TestEngine;
const clients = new Map<Role, TestClient>();

beforeAll(async () => {
  test = await startTestEngine();
  const center = await ContactCenter.on(test);
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
    Address: 'x@example.org',
    DateTime: '2026-01-01T00:00:00Z',
    Boolean: true,
    String: 'x',
  };
  return samples[(type as GraphQLScalarType).name] ?? 1;
}

function selection(type: GraphQLOutputType): string {
  const named = type instanceof GraphQLNonNull || type instanceof GraphQLList ? null : type;
  if (!named) return selection((type as GraphQLNonNull<GraphQLOutputType>).ofType);
  return isLeafType(named) ? '' : '{ __typename }';
}

function operations() {
  const { schema } = test.engine.app.get(GraphQLSchemaHost);
  const rules = accessRules(schema);
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => {
      const variables = Object.fromEntries(
        field.args.filter((arg) => arg.type instanceof GraphQLNonNull).map((arg) => [arg.name, sample(arg.type)]),
      );
      const declared = field.args.filter((arg) => arg.name in variables);
      const kind = type?.name.toLowerCase() ?? '';
      const head = declared.length > 0 ? `(${declared.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})` : '';
      const call = declared.length > 0 ? `(${declared.map((arg) => `${arg.name}: $${arg.name}`).join(', ')})` : '';
      return {
        kind,
        name: field.name,
        roles: rules.get(`${type?.name}.${field.name}`) ?? [],
        variables,
        document: `${kind}${head} { ${field.name}${call} ${selection(field.type)} }`,
      };
    }),
  );
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

it('ends the open subscriptions of a token at once when it is revoked', async () => {
  const admin = clients.get('ADMIN')!;
  const { createToken } = await admin.do<{ createToken: { token: { id: string }; secret: string } }>(
    'mutation { createToken(input: { idempotencyKey: "revoke-me-soon", name: "wall", role: WALLBOARD }) { token { id } secret } }',
  );
  const wall = test.client(createToken.secret);
  const feed = wall.subscribe('subscription { board { kind } }');
  await until('a first frame', () => feed.items.length > 0);
  await admin.do('mutation($id: UUID!) { revokeToken(id: $id) { token { id } } }', { id: createToken.token.id });
  await until('the end of the subscription', () => feed.errors.length > 0);
  expect((feed.errors[0] as { code?: number }).code).toBe(4403);
  const { errors } = await wall.ask('{ me { name } }');
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

it('keeps no token, only its hash', async () => {
  const rows = await test.database.query<{ row: string }>('SELECT row_to_json(t)::text AS row FROM tokens t');
  for (const client of clients.values()) expect(rows.some(({ row }) => row.includes(client.token))).toBe(false);
});
