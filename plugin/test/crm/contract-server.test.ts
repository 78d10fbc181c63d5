/**
 * The facts of Twenty 2.21, one by one, as the contract server tells them. Those under "read only" are also asked of a
 * real Twenty where TWENTY_URL and TWENTY_API_KEY name one: about thirty of its hundred operations a minute.
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startContractServer, type ContractServer, type ContractServerOptions } from '../support/twenty/server.js';
import { until } from '../support/until.js';

interface Answer {
  status: number;
  data?: Record<string, never> | null;
  errors?: { message: string; locations?: unknown; extensions?: Record<string, unknown> }[];
}

async function send(
  url: string,
  path: string,
  token: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** Data of any shape, read by a path: the answers here are as many as the tests. */
function at<T>(answer: unknown, path: string): T {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], answer) as T;
}

const refusal = (code: string, subCode: string, message?: unknown) =>
  expect.objectContaining({
    ...(message !== undefined && { message }),
    extensions: expect.objectContaining({ code, subCode }) as unknown,
  }) as unknown;

const NOBODY = '00000000-0000-4000-8000-000000000000';

let running: { stop(): Promise<unknown> }[] = [];
async function start(options?: ContractServerOptions): Promise<ContractServer> {
  const server = await startContractServer(options);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  running = [];
});

const ask = (server: ContractServer, query: string, variables?: Record<string, unknown>, token = server.apiKey) =>
  send(server.url, '/graphql', token, query, variables);
const meta = (server: ContractServer, query: string, variables?: Record<string, unknown>, token: string | null = server.apiKey) =>
  send(server.url, '/metadata', token, query, variables);

interface Places {
  name: string;
  open(): Promise<{ url: string; key: string }>;
}

const places: Places[] = [
  {
    name: 'the contract server',
    open: async () => {
      const server = await start();
      const company = server.store.create('company', { name: 'Acme' });
      for (const { id } of server.seedPeople(4)) server.store.edit('person', id as string, { companyId: company.id });
      return { url: server.url, key: server.apiKey };
    },
  },
];
const { TWENTY_URL, TWENTY_API_KEY } = process.env;
if (TWENTY_URL && TWENTY_API_KEY)
  places.push({ name: 'a real Twenty', open: () => Promise.resolve({ url: TWENTY_URL, key: TWENTY_API_KEY }) });

describe.each(places)('read only, of $name', ({ open }) => {
  test('health and version are told without a token', async () => {
    const { url } = await open();
    expect((await (await fetch(`${url}/healthz`)).json()) as unknown).toMatchObject({ status: 'ok' });
    const { appVersion } = (await (await fetch(`${url}/client-config`)).json()) as { appVersion: string };
    expect(appVersion).toMatch(/^2\.21\.\d+$/);
    const { version } = (await (await fetch(`${url}/.well-known/mcp/server-card.json`)).json()) as { version: string };
    expect(version).toBe(appVersion);
  });

  test('a page has edges, cursors, page information and a count; the order without one is by id', async () => {
    const { url, key } = await open();
    const query =
      'query($after: String) { people(first: 2, after: $after) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } } }';
    const first = await send(url, '/graphql', key, query);
    const edges = at<{ cursor: string; node: { id: string } }[]>(first, 'data.people.edges');
    expect(edges).toHaveLength(2);
    expect(at(first, 'data.people.pageInfo')).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[1]?.cursor,
    });
    expect(at<number>(first, 'data.people.totalCount')).toBeGreaterThan(3);
    const second = await send(url, '/graphql', key, query, { after: edges[1]?.cursor });
    const ids = [...edges, ...at<typeof edges>(second, 'data.people.edges')].map(({ node }) => node.id);
    expect(ids).toEqual([...new Set(ids)].sort());
    // Backwards is never told apart from the start: only `before` knows what lies in front.
    expect(at(second, 'data.people.pageInfo.hasPreviousPage')).toBe(false);
  });

  test('answers are not checked against a schema: unknown is null, and a nested alias is lost', async () => {
    const { url, key } = await open();
    const answer = await send(
      url,
      '/graphql',
      key,
      '{ mine: people(first: 1) { edges { node { bogus mail: emails { primaryEmail } } } } }',
    );
    expect(at(answer, 'data.mine.edges.0.node')).toEqual({ bogus: null, emails: { primaryEmail: expect.any(String) as unknown } });
  });

  test('composite fields nest in a filter, and relations are filtered by column or one hop away', async () => {
    const { url, key } = await open();
    const one = await send(
      url,
      '/graphql',
      key,
      '{ people(first: 1, filter: { companyId: { is: NOT_NULL } }) { edges { node { emails { primaryEmail } companyId company { id name } } } } }',
    );
    const person = at<{ emails: { primaryEmail: string }; companyId: string; company: { id: string; name: string } }>(
      one,
      'data.people.edges.0.node',
    );
    expect(person.company.id).toBe(person.companyId);
    for (const filter of [
      { emails: { primaryEmail: { eq: person.emails.primaryEmail } } },
      { companyId: { eq: person.companyId } },
      { company: { name: { eq: person.company.name } } },
      { or: [{ id: { eq: NOBODY } }, { not: { id: { eq: NOBODY } } }] },
    ]) {
      const answer = await send(url, '/graphql', key, 'query($filter: PersonFilterInput) { people(filter: $filter) { totalCount } }', {
        filter,
      });
      expect(at<number>(answer, 'data.people.totalCount')).toBeGreaterThan(0);
    }
  });

  test.each([
    [
      'an unknown field in a filter',
      '{ people(filter: { bogus: { eq: 1 } }) { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_ARGS_FILTER', 'Object person doesn\'t have any "bogus" field.'),
    ],
    [
      'two operators on one field',
      '{ people(filter: { createdAt: { gte: "2020-01-01T00:00:00Z", lt: "2030-01-01T00:00:00Z" } }) { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_ARGS_FILTER', 'Filter for field "createdAt" must have exactly one operator'),
    ],
    [
      'an operator that the type lacks',
      '{ people(filter: { jobTitle: { foo: "x" } }) { totalCount } }',
      refusal(
        'BAD_USER_INPUT',
        'INVALID_ARGS_FILTER',
        'Operator "foo" is not valid for field "jobTitle" of type TEXT - Allowed operators: eq, neq, gt, gte, lt, lte, in, is, like, ilike, startsWith, endsWith',
      ),
    ],
    [
      'a composite field asked as a whole',
      '{ people(filter: { emails: { eq: "x" } }) { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_ARGS_FILTER', 'Sub field "eq" not found for composite type: EMAILS'),
    ],
    [
      'an id that is none',
      '{ people(filter: { id: { eq: "nope" } }) { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_ARGS_FILTER', 'Invalid UUID value \'nope\' for field "id"'),
    ],
    [
      'an empty list',
      '{ people(filter: { id: { in: [] } }) { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_QUERY_INPUT', 'Invalid filter value for field id. Expected non-empty array'),
    ],
    [
      'an argument that is none (limit)',
      '{ people(first: 1, limit: 3) { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_QUERY_INPUT', 'Argument not allowed: limit'),
    ],
    [
      'a cursor that is none',
      '{ people(first: 2, after: "zzz") { totalCount } }',
      refusal('BAD_USER_INPUT', 'INVALID_CURSOR', 'Invalid cursor: zzz'),
    ],
    [
      'an order by nothing',
      '{ people(first: 2, orderBy: { bogus: DescNullsLast }) { totalCount } }',
      refusal('BAD_USER_INPUT', 'FIELD_NOT_FOUND'),
    ],
    [
      'a list inside a list',
      '{ companies(first: 1) { edges { node { people { edges { node { noteTargets { edges { node { id } } } } } } } } } }',
      refusal('BAD_USER_INPUT', 'TOO_COMPLEX_QUERY'),
    ],
    ['nobody', `{ person(filter: { id: { eq: "${NOBODY}" } }) { id } }`, refusal('NOT_FOUND', 'RECORD_NOT_FOUND', 'Record not found')],
  ])('%s is refused with HTTP 200, a code, and null for its field', async (_what, query, expected) => {
    const { url, key } = await open();
    const answer = await send(url, '/graphql', key, query);
    expect(answer.status).toBe(200);
    expect(answer.errors).toEqual([expected]);
    expect(Object.values(answer.data ?? {})).toEqual([null]);
  });

  test('a root field stands once in a document, whatever its alias, and twenty are the most', async () => {
    const { url, key } = await open();
    expect(await send(url, '/graphql', key, '{ a: people(first: 1) { totalCount } b: people(first: 1) { totalCount } }')).toEqual({
      status: 200,
      data: {},
      errors: [{ message: 'Duplicate root resolver: "people"', extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('an unknown root field and bad GraphQL have a place and no code; records and others do not go together', async () => {
    const { url, key } = await open();
    expect(await send(url, '/graphql', key, '{ bogus { id } }')).toEqual({
      status: 200,
      errors: [{ message: 'Cannot query field "bogus" on type "Query".', locations: [{ line: 1, column: 3 }] }],
    });
    expect((await send(url, '/graphql', key, '{ people( ')).errors).toEqual([
      { message: 'Syntax Error: Expected Name, found <EOF>.', locations: [{ line: 1, column: 11 }] },
    ]);
    expect((await send(url, '/graphql', key, '{ people(first: 1) { totalCount } __typename }')).errors?.[0]?.message).toBe(
      'This query cannot be executed as a single request. Please split it into separate queries.',
    );
  });

  test('without a token records are unknown; a false one is unauthenticated with HTTP 200', async () => {
    const { url } = await open();
    expect((await send(url, '/graphql', null, '{ people { totalCount } }')).errors).toEqual([
      { message: 'Cannot query field "people" on type "Query".', locations: [{ line: 1, column: 3 }] },
    ]);
    for (const path of ['/graphql', '/metadata'])
      expect(await send(url, path, 'garbage', '{ people { totalCount } }')).toEqual({
        status: 200,
        errors: [refusal('UNAUTHENTICATED', 'UNAUTHENTICATED', 'Token invalid.')],
      });
    expect(await send(url, '/metadata', null, '{ currentUser { id } }')).toEqual({
      status: 200,
      data: null,
      errors: [{ message: 'Forbidden resource', extensions: { code: 'FORBIDDEN', userFriendlyMessage: 'An error occurred.' } }],
    });
  });

  test('a key knows its workspace, is nobody, and makes no keys', async () => {
    const { url, key } = await open();
    expect(at(await send(url, '/metadata', key, '{ currentWorkspace { id } }'), 'data.currentWorkspace.id')).toEqual(expect.any(String));
    expect((await send(url, '/metadata', key, '{ currentUser { id } }')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const made = await send(
      url,
      '/metadata',
      key,
      `mutation { createApiKey(input: { name: "x", expiresAt: "2030-01-01T00:00:00Z", roleId: "${NOBODY}" }) { id } }`,
    );
    expect(made.errors).toEqual([refusal('FORBIDDEN', 'FORBIDDEN_EXCEPTION', 'This endpoint requires a session access token')]);
  });

  test('the data model is read by objects and their fields; the person of 2.21 has no city', async () => {
    const { url, key } = await open();
    const answer = await send(
      url,
      '/metadata',
      key,
      '{ objects(paging: { first: 1000 }) { edges { node { nameSingular namePlural universalIdentifier fieldsList { name type isUnique relation { type targetObjectMetadata { nameSingular } } } } } } }',
    );
    const objects = at<
      { node: { nameSingular: string; universalIdentifier: string; fieldsList: { name: string; isUnique: boolean }[] } }[]
    >(answer, 'data.objects.edges');
    const person = objects.find(({ node }) => node.nameSingular === 'person')?.node;
    expect(person?.universalIdentifier).toBe('20202020-e674-48e5-a542-72570eee7213');
    expect(person?.fieldsList.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['id', 'name', 'emails', 'phones', 'jobTitle', 'company', 'createdBy']),
    );
    expect(person?.fieldsList.map(({ name }) => name)).not.toContain('city');
    expect(person?.fieldsList.filter(({ isUnique }) => isUnique).map(({ name }) => name)).toEqual(['emails']);
  });
});

describe('writing', () => {
  const create = async (server: ContractServer, data: Record<string, unknown>) =>
    at<Record<string, unknown>>(
      await ask(
        server,
        'mutation($data: PersonCreateInput!) { createPerson(data: $data) { id jobTitle deletedAt emails { primaryEmail additionalEmails } phones { primaryPhoneNumber primaryPhoneCountryCode primaryPhoneCallingCode additionalPhones } createdBy { source name workspaceMemberId } } }',
        { data },
      ),
      'data.createPerson',
    );
  const update = (server: ContractServer, id: unknown, data: Record<string, unknown>, token?: string) =>
    ask(
      server,
      'mutation($id: UUID!, $data: PersonUpdateInput!) { updatePerson(id: $id, data: $data) { id updatedAt jobTitle } }',
      { id, data },
      token,
    );

  test('an address becomes lower-case, a number national; what is empty is an empty text or list, not null', async () => {
    const server = await start();
    expect(
      await create(server, { emails: { primaryEmail: 'ZZ.Probe@Example.org' }, phones: { primaryPhoneNumber: '+420 601 001 234' } }),
    ).toEqual({
      id: expect.any(String) as unknown,
      jobTitle: '',
      deletedAt: null,
      emails: { primaryEmail: 'zz.probe@example.org', additionalEmails: [] },
      phones: { primaryPhoneNumber: '601001234', primaryPhoneCountryCode: 'CZ', primaryPhoneCallingCode: '+420', additionalPhones: [] },
      createdBy: { source: 'API', name: 'contract', workspaceMemberId: null },
    });
  });

  test.each([
    ['an unknown field', { bogus: 1 }, 'INVALID_ARGS_DATA', 'Object person doesn\'t have any "bogus" field.'],
    ['no text', { jobTitle: 5 }, 'INVALID_ARGS_DATA', 'Invalid string value 5 for text field "jobTitle"'],
    ['an unknown sub-field', { emails: { bogus: 'x' } }, 'INVALID_ARGS_DATA', 'Invalid subfield bogus for emails field "emails"'],
    [
      'no address',
      { emails: { primaryEmail: 'notmail' } },
      'INVALID_ARGS_DATA',
      'Invalid string value \'notmail\' for email field "emails.primaryEmail"',
    ],
    ['no number', { phones: { primaryPhoneNumber: 'abc' } }, 'INVALID_PHONE_NUMBER', 'Provided phone number is invalid abc'],
    [
      'a national number without its country',
      { phones: { primaryPhoneNumber: '601001999' } },
      'INVALID_PHONE_NUMBER',
      'Provided phone number is invalid 601001999',
    ],
    ['no id in a relation', { companyId: 'nope' }, 'INVALID_ARGS_DATA', 'Invalid UUID value \'nope\' for field "companyId"'],
    [
      'no time',
      { createdAt: 'yesterday' },
      'INVALID_ARGS_DATA',
      "Invalid value 'yesterday' for date-time field \"createdAt\". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'",
    ],
    ['no position', { position: 'x' }, 'INVALID_ARGS_DATA', 'Invalid position value \'x\' for field "position"'],
  ])('%s is refused', async (_what, data, subCode, message) => {
    const server = await start();
    const { id } = await create(server, {});
    expect((await update(server, id, data)).errors).toEqual([refusal('BAD_USER_INPUT', subCode, message)]);
  });

  test('a value that is taken names the record that has it, unless that is soft-deleted', async () => {
    const server = await start();
    const { id } = await create(server, { emails: { primaryEmail: 'a@example.org' } });
    const again = () => ask(server, 'mutation { createPerson(data: { emails: { primaryEmail: "A@example.org" } }) { id } }');
    expect((await again()).errors).toEqual([
      {
        message: 'A duplicate entry was detected',
        extensions: {
          code: 'BAD_USER_INPUT',
          userFriendlyMessage: 'This Emails value is already in use. Please check your data and try again.',
          conflictingRecordId: id,
          conflictingObjectNameSingular: 'person',
        },
      },
    ]);
    server.store.remove('person', id as string);
    expect((await again()).errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      userFriendlyMessage: 'This record already exists. Please check your data and try again.',
    });
  });

  test('a relation to nobody violates a foreign key, and has no sub-code', async () => {
    const server = await start();
    const { id } = await create(server, {});
    const [error] = (await update(server, id, { companyId: NOBODY })).errors ?? [];
    expect(error?.message).toMatch(/^insert or update on table "person" violates foreign key constraint/);
    expect(error?.extensions).not.toHaveProperty('subCode');
  });

  test('a sub-field alone leaves the others; an id that is none reads as if it were missing', async () => {
    const server = await start();
    const { id } = await create(server, { name: { firstName: 'Ada', lastName: 'Last' } });
    await update(server, id, { name: { firstName: 'Eva' } });
    expect(server.store.record('person', id as string)?.name).toEqual({ firstName: 'Eva', lastName: 'Last' });
    expect((await update(server, 'nope', {})).errors?.[0]?.message).toBe('Missing required argument: "id" (UUID)');
    expect((await update(server, NOBODY, {})).errors).toEqual([refusal('NOT_FOUND', 'RECORD_NOT_FOUND')]);
  });

  test('more than 200 records are neither created nor updated at once', async () => {
    const server = await start();
    const data = Array.from({ length: 201 }, () => ({ jobTitle: 'Many' }));
    const many = 'mutation($data: [PersonCreateInput!]!) { createPeople(data: $data) { id } }';
    expect((await ask(server, many, { data })).errors).toEqual([
      refusal('BAD_USER_INPUT', 'TOO_MANY_RECORDS_TO_UPDATE', 'Maximum number of records to upsert is 200.'),
    ]);
    await ask(server, many, { data: data.slice(1) });
    server.store.create('person', { jobTitle: 'Many' });
    const [error] =
      (await ask(server, 'mutation { updatePeople(filter: { jobTitle: { eq: "Many" } }, data: { jobTitle: "x" }) { id } }')).errors ?? [];
    expect(error).toMatchObject({ message: 'Cannot update more than 200 records at once', extensions: { code: 'BAD_USER_INPUT' } });
    expect(server.store.records('person').filter(({ jobTitle }) => jobTitle === 'Many')).toHaveLength(201);
  });

  test('a page has 200 records where nothing is said, and as many as are asked for', async () => {
    const server = await start();
    server.seedPeople(205);
    expect(at(await ask(server, '{ people { edges { node { id } } } }'), 'data.people.edges')).toHaveLength(200);
    expect(at(await ask(server, '{ people(first: 1000) { edges { node { id } } } }'), 'data.people.edges')).toHaveLength(205);
  });

  test('of two that compare and set one wins, and the rows tell which', async () => {
    const server = await start();
    const { id } = await create(server, { jobTitle: 'A' });
    const set = (to: string) =>
      ask(
        server,
        'mutation($filter: PersonFilterInput!, $to: String) { updatePeople(filter: $filter, data: { jobTitle: $to }) { jobTitle } }',
        { filter: { id: { eq: id }, jobTitle: { eq: 'A' } }, to },
      );
    const answers = await Promise.all([set('B'), set('C')]);
    expect(answers.map((answer) => at<unknown[]>(answer, 'data.updatePeople').length).sort()).toEqual([0, 1]);
  });

  test('deleted is hidden unless the filter names it; restored it is back; destroyed it is gone', async () => {
    const server = await start();
    const { id } = await create(server, {});
    const count = async (filter: unknown) =>
      at(
        await ask(server, 'query($filter: PersonFilterInput) { people(filter: $filter) { totalCount } }', { filter }),
        'data.people.totalCount',
      );
    await ask(server, `mutation { deletePerson(id: "${String(id)}") { id deletedAt } }`);
    expect(await count({ id: { eq: id } })).toBe(0);
    expect(await count({ and: [{ id: { eq: id } }, { deletedAt: { is: 'NOT_NULL' } }] })).toBe(1);
    expect((await update(server, id, { jobTitle: 'Still written' })).errors).toBeUndefined();
    await ask(server, `mutation { restorePeople(filter: { id: { in: ["${String(id)}"] } }) { id } }`);
    expect(await count({ id: { eq: id } })).toBe(1);
    await ask(server, `mutation { destroyPerson(id: "${String(id)}") { id } }`);
    expect(await count({ deletedAt: { is: 'NOT_NULL' } })).toBe(0);
    expect((await ask(server, `mutation { destroyPerson(id: "${String(id)}") { id } }`)).errors).toEqual([
      refusal('NOT_FOUND', 'RECORD_NOT_FOUND'),
    ]);
  });

  test('an empty text beside other conditions undoes those before it: the OR that it needs has no brackets', async () => {
    const server = await start();
    const { id } = await create(server, {});
    await create(server, {});
    await create(server, { jobTitle: 'Boss' });
    const count = async (filter: unknown) =>
      at(
        await ask(server, 'query($filter: PersonFilterInput) { people(filter: $filter) { totalCount } }', { filter }),
        'data.people.totalCount',
      );
    expect(await count({ id: { eq: id }, jobTitle: { eq: '' } })).toBe(2);
    expect(await count({ jobTitle: { eq: '' }, id: { eq: id } })).toBe(1);
    expect(await count({ and: [{ id: { eq: id } }, { jobTitle: { eq: '' } }] })).toBe(1);
    expect(await count({ id: { eq: id }, jobTitle: { is: 'NULL' } })).toBe(1);
  });

  test('an upsert finds by id or address, revives what was deleted, and answers the updated ones first', async () => {
    const server = await start();
    const { id } = await create(server, { emails: { primaryEmail: 'a@example.org' } });
    server.store.remove('person', id as string);
    const data = [
      { emails: { primaryEmail: 'new@example.org' } },
      // The id that is sent is not the one that is found.
      { id: '0f7a9c52-52c3-4b0e-8c05-0b0b6f6b8a11', emails: { primaryEmail: 'a@example.org' }, jobTitle: 'Again' },
    ];
    const answer = await ask(
      server,
      'mutation($data: [PersonCreateInput!]!) { createPeople(data: $data, upsert: true) { id deletedAt jobTitle } }',
      { data },
    );
    expect(at<unknown[]>(answer, 'data.createPeople')).toEqual([
      { id, deletedAt: null, jobTitle: 'Again' },
      { id: expect.not.stringMatching(id as string) as unknown, deletedAt: null, jobTitle: '' },
    ]);
  });

  test('a merge keeps one, joins addresses, turns what pointed at the others, and destroys them', async () => {
    const server = await start();
    const winner = await create(server, { emails: { primaryEmail: 'a@example.org' } });
    const loser = await create(server, { emails: { primaryEmail: 'b@example.org' }, jobTitle: 'Boss' });
    const deal = server.store.create('opportunity', { name: 'Deal', pointOfContactId: loser.id });
    const answer = await ask(
      server,
      'mutation($ids: [UUID!]!) { mergePeople(ids: $ids, conflictPriorityIndex: 0) { id emails { primaryEmail additionalEmails } } }',
      { ids: [winner.id, loser.id] },
    );
    expect(at(answer, 'data.mergePeople')).toEqual({
      id: winner.id,
      emails: { primaryEmail: 'a@example.org', additionalEmails: ['b@example.org'] },
    });
    expect(server.store.record('person', loser.id as string)).toBeNull();
    expect(server.store.record('opportunity', deal.id as string)?.pointOfContactId).toBe(winner.id);
    // What the answer did not ask for was not merged.
    expect(server.store.record('person', winner.id as string)?.jobTitle).toBe('');
  });

  test('what the role lacks is refused', async () => {
    const server = await start();
    server.forbid('person', 'update');
    expect((await ask(server, 'mutation { createPerson(data: {}) { id } }')).errors).toEqual([
      refusal('FORBIDDEN', 'PERMISSION_DENIED', 'Entity performing the request does not have permission'),
    ]);
    expect((await ask(server, '{ people { totalCount } }')).errors).toBeUndefined();
  });
});

describe('limits', () => {
  test('of 130 operations 100 pass; the others are told so with HTTP 200, and users and the data model are not counted', async () => {
    const server = await start({ now: () => 1_800_000_000_000 });
    const answers: Answer[] = [];
    for (let count = 0; count < 130; count += 1) answers.push(await ask(server, '{ people(first: 1) { totalCount } }'));
    const refused = answers.filter(({ errors }) => errors);
    expect(refused).toHaveLength(30);
    expect(refused[0]).toEqual({
      status: 200,
      data: { people: null },
      errors: [
        {
          message: 'Limit reached (100 tokens per 1000 ms)',
          extensions: {
            code: 'BAD_USER_INPUT',
            subCode: 'LIMIT_REACHED',
            userFriendlyMessage: 'Rate limit reached. Please try again later.',
          },
        },
      ],
    });
    const member = server.member('Una User');
    for (const token of [server.userToken(member), server.appToken(member)])
      expect((await ask(server, '{ people { totalCount } }', {}, token)).errors).toBeUndefined();
    expect((await meta(server, '{ webhooks { id } }')).errors).toBeUndefined();
  });

  test('each root field costs one, all keys share, and a second later the long bucket refuses', async () => {
    let now = 1_800_000_000_000;
    const server = await start({ now: () => now });
    const other = server.newApiKey().token;
    for (let count = 0; count < 50; count += 1)
      await ask(server, '{ people(first: 1) { totalCount } companies(first: 1) { totalCount } }', {}, count % 2 ? other : server.apiKey);
    now += 599;
    expect((await ask(server, '{ people { totalCount } }')).errors?.[0]?.message).toBe('Limit reached (100 tokens per 60000 ms)');
    now += 1;
    const two = await ask(server, '{ people { totalCount } companies { totalCount } }');
    expect(two.data).toEqual({ people: { totalCount: 0 }, companies: null });
    expect(server.requests.flatMap(({ rootFields }) => rootFields)).toHaveLength(103);
  });
});

/** Collects what the server posts. */
async function receiver(answer: (respond: () => void) => void = (respond) => respond()) {
  const received: { headers: Record<string, string>; raw: string; body: Record<string, unknown> }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      received.push({ headers: request.headers as Record<string, string>, raw, body: JSON.parse(raw) as Record<string, unknown> });
      answer(() => response.end('ok'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push({
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

describe('webhooks', () => {
  const hook = (server: ContractServer, targetUrl: string, operations = ['person.*'], secret = 's3cret') =>
    meta(server, 'mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { id targetUrl operations secret deletedAt } }', {
      input: { targetUrl, operations, secret },
    });

  test('a record is posted, signed over the raw body, with who did it and what changed', async () => {
    const server = await start();
    const { url, received } = await receiver();
    const id = at(await hook(server, url), 'data.createWebhook.id');
    const person = server.store.create('person', { name: { firstName: 'Ada' } });
    server.store.edit('person', person.id as string, { jobTitle: 'Boss' });
    await until('two posts', () => received.length === 2);
    const updated = received.find(({ body }) => body.eventName === 'person.updated');
    const created = received.find(({ body }) => body.eventName === 'person.created');
    expect(Object.keys(updated?.body ?? {})).toEqual([
      'targetUrl',
      'eventName',
      'objectMetadata',
      'workspaceId',
      'webhookId',
      'eventDate',
      'userId',
      'workspaceMemberId',
      'record',
      'updatedFields',
    ]);
    expect(updated?.body).toMatchObject({
      targetUrl: url,
      objectMetadata: { id: expect.any(String) as unknown, nameSingular: 'person' },
      workspaceId: server.workspaceId,
      webhookId: id,
      updatedFields: ['jobTitle'],
      record: {
        id: person.id,
        jobTitle: 'Boss',
        companyId: null,
        name: { firstName: 'Ada', lastName: '' },
        updatedBy: { source: 'MANUAL' },
      },
    });
    expect(created?.body).not.toHaveProperty('updatedFields');
    const {
      'x-twenty-webhook-timestamp': timestamp = '',
      'x-twenty-webhook-signature': signature,
      'x-twenty-webhook-nonce': nonce,
    } = updated?.headers ?? {};
    expect(createHmac('sha256', 's3cret').update(`${timestamp}:${updated?.raw}`).digest('hex')).toBe(signature);
    expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });

  test('which events there are, and which there are not', async () => {
    let now = 1_800_000_000_000;
    const server = await start({ now: () => (now += 1) });
    const { url, received } = await receiver();
    await hook(server, url, ['*.*'], '');
    const events = async () => {
      await server.webhooksSettled();
      return received.splice(0).map(({ body }) => `${String(body.eventName)} ${((body.updatedFields ?? []) as string[]).join()}`.trim());
    };
    const user = { by: 'user' } as const;
    const { id } = server.store.create('person', { jobTitle: 'A' }) as { id: string };
    const company = server.store.create('company', { name: 'Acme' });
    expect((await events()).sort()).toEqual(['company.created', 'person.created']);
    server.store.edit('person', id, { jobTitle: 'A' }, user);
    expect(await events()).toEqual([]);
    // Another hand on the same values is a change of `updatedBy`.
    server.store.edit('person', id, { jobTitle: 'A' }, { by: 'api' });
    expect(await events()).toEqual(['person.updated updatedBy']);
    server.store.edit('person', id, { companyId: company.id }, { by: 'api' });
    expect(await events()).toEqual(['person.updated company,companyId']);
    // The update changes a column that the filter names.
    await ask(server, `mutation { updatePeople(filter: { id: { eq: "${id}" }, jobTitle: { eq: "A" } }, data: { jobTitle: "B" }) { id } }`);
    expect(await events()).toEqual([]);
    await ask(server, `mutation { updatePeople(filter: { id: { eq: "${id}" }, jobTitle: { eq: "B" } }, data: { avatarUrl: "x" }) { id } }`);
    expect(await events()).toEqual(['person.updated avatarUrl']);
    server.store.remove('person', id);
    server.store.remove('person', id);
    server.store.restore('person', id);
    server.store.restore('person', id);
    // Deleting again stamps it anew; restoring what is there changes nothing.
    expect((await events()).sort()).toEqual(['person.deleted deletedAt', 'person.deleted deletedAt', 'person.restored deletedAt']);
    server.store.remove('person', id);
    await ask(server, `mutation { createPerson(data: { id: "${id}", jobTitle: "C" }, upsert: true) { id } }`);
    // Back to life by an upsert: that is an update, not a restoration.
    expect((await events()).sort()).toEqual(['person.deleted deletedAt', 'person.updated deletedAt,jobTitle']);
    server.store.create('timelineActivity', { name: 'called', targetPersonId: id });
    expect(await events()).toEqual([]);
    server.store.destroy('person', id);
    expect(await events()).toEqual(['person.destroyed']);
  });

  test('a merge says that the others are destroyed and the first is updated, and nothing of what it turned', async () => {
    const server = await start();
    const { url, received } = await receiver();
    const [winner, loser] = server.seedPeople(2) as [{ id: string }, { id: string }];
    server.store.create('opportunity', { name: 'Deal', pointOfContactId: loser.id });
    await hook(server, url, ['*.*']);
    server.store.merge('person', [winner.id, loser.id]);
    await server.webhooksSettled();
    expect(received.map(({ body }) => [body.eventName, at(body, 'record.id')]).sort()).toEqual([
      ['person.destroyed', loser.id],
      ['person.updated', winner.id],
    ]);
  });

  test('a batch comes one record a post, in no order, the same for the same seed', async () => {
    const orders: string[][] = [];
    for (const seed of [7, 7, 8]) {
      const server = await start({ seed });
      const { url } = await receiver();
      await hook(server, url);
      const data = Array.from({ length: 12 }, (_, index) => ({ jobTitle: `J${index}` }));
      const made = await ask(server, 'mutation($data: [PersonCreateInput!]!) { createPeople(data: $data) { id } }', { data });
      const ids = at<{ id: string }[]>(made, 'data.createPeople').map((each) => each.id);
      await server.webhooksSettled();
      orders.push(server.deliveries.map(({ recordId }) => String(ids.indexOf(recordId))));
    }
    const [first, again, other] = orders;
    expect(first).toHaveLength(12);
    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(first).not.toEqual([...(first ?? [])].sort((left, right) => Number(left) - Number(right)));
  });

  test('what is not answered in time, or refused, or lost, is not sent again', async () => {
    const server = await start({ webhookTimeoutMs: 50 });
    const mute = await receiver(() => undefined);
    await hook(server, mute.url);
    await hook(server, 'http://127.0.0.1:9/closed');
    server.seedPeople(1);
    await server.webhooksSettled();
    server.loseWebhooks(true);
    server.seedPeople(1);
    expect(server.deliveries.map(({ outcome }) => outcome).sort()).toEqual(['failed', 'failed', 'lost', 'lost']);
    expect(mute.received).toHaveLength(1);
  });

  test('they are listed, changed and removed; a target that is no URL and an unknown id are refused', async () => {
    const server = await start();
    const id = at<string>(await hook(server, 'http://127.0.0.1:9/x'), 'data.createWebhook.id');
    const change = await meta(server, 'mutation($input: UpdateWebhookInput!) { updateWebhook(input: $input) { operations secret } }', {
      input: { id, update: { operations: ['*.created'] } },
    });
    expect(at(change, 'data.updateWebhook')).toEqual({ operations: ['*.created'], secret: 's3cret' });
    const remove = () => meta(server, 'mutation($id: UUID!) { deleteWebhook(id: $id) { id deletedAt } }', { id });
    expect(at(await remove(), 'data.deleteWebhook')).toEqual({ id, deletedAt: null });
    expect(await remove()).toEqual({ status: 200, data: null, errors: [refusal('NOT_FOUND', 'WEBHOOK_NOT_FOUND', 'Webhook not found')] });
    expect(at(await meta(server, '{ webhooks { id } }'), 'data.webhooks')).toEqual([]);
    expect((await hook(server, 'not a url')).errors?.[0]?.extensions).toMatchObject({
      code: 'METADATA_VALIDATION_FAILED',
      summary: { totalErrors: 1, webhook: 1 },
    });
  });
});

describe('tokens', () => {
  test("an application's token that carries a user is that user, on both endpoints", async () => {
    const server = await start();
    const member = server.member('Una User', 'una@example.org');
    const token = server.appToken(member);
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({
      type: 'APPLICATION_ACCESS',
      workspaceId: server.workspaceId,
      applicationId: expect.any(String) as unknown,
      userId: member.userId,
      userWorkspaceId: member.userWorkspaceId,
    });
    expect(at(await meta(server, '{ currentUser { id email workspaceMember { id } } }', {}, token), 'data.currentUser')).toEqual({
      id: member.userId,
      email: 'una@example.org',
      workspaceMember: { id: member.id },
    });
    const made = await ask(server, 'mutation { createPerson(data: {}) { createdBy { source name workspaceMemberId } } }', {}, token);
    expect(at(made, 'data.createPerson.createdBy')).toEqual({ source: 'MANUAL', name: 'Una User', workspaceMemberId: member.id });
    expect((await meta(server, '{ currentUser { id } }', {}, server.appToken(null))).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  test('a token that ran out is unauthenticated; a key that was revoked or ran out is forbidden', async () => {
    let now = 1_800_000_000_000;
    const server = await start({ now: () => now });
    const user = server.userToken(server.member('Una User'));
    const key = server.newApiKey({ expiresInMs: 1_000 });
    now += 30 * 60_000;
    expect((await ask(server, '{ people { totalCount } }', {}, user)).errors).toEqual([
      refusal('UNAUTHENTICATED', 'UNAUTHENTICATED', 'Token has expired.'),
    ]);
    expect((await ask(server, '{ people { totalCount } }', {}, key.token)).errors).toEqual([
      refusal('FORBIDDEN', 'FORBIDDEN_EXCEPTION', 'This API Key is expired'),
    ]);
    server.revokeApiKey(key.id);
    expect((await ask(server, '{ people { totalCount } }', {}, key.token)).errors).toEqual([
      refusal('FORBIDDEN', 'FORBIDDEN_EXCEPTION', 'This API Key is revoked'),
    ]);
  });
});

describe('applications', () => {
  const APP = '11111111-1111-4111-8111-111111111111';
  const QUEUE = '22222222-2222-4222-8222-222222222222';
  const INTERACTION = '33333333-3333-4333-8333-333333333333';
  const uuid = (digit: string, count: number) => `${digit.repeat(8)}-0000-4000-8000-${String(count).padStart(12, '0')}`;
  const fieldOf = (count: number, name: string, type: string, more: Record<string, unknown> = {}) => ({
    universalIdentifier: uuid('4', count),
    name,
    label: name,
    type,
    ...more,
  });
  const many = (count: number, name: string, target: string, inverse: number, relationType = 'MANY_TO_ONE') =>
    fieldOf(count, name, 'RELATION', {
      relationTargetObjectMetadataUniversalIdentifier: target,
      relationTargetFieldMetadataUniversalIdentifier: uuid('4', inverse),
      universalSettings:
        relationType === 'MANY_TO_ONE' ? { relationType, onDelete: 'SET_NULL', joinColumnName: `${name}Id` } : { relationType },
    });
  const object = (universalIdentifier: string, nameSingular: string, namePlural: string, fields: unknown[]) => ({
    universalIdentifier,
    nameSingular,
    namePlural,
    labelSingular: nameSingular,
    labelPlural: namePlural,
    labelIdentifierFieldMetadataUniversalIdentifier: uuid('4', 1),
    fields,
  });
  const PERSON = '20202020-e674-48e5-a542-72570eee7213';
  const manifest = {
    application: {
      universalIdentifier: APP,
      displayName: 'Probe',
      description: 'For a test',
      defaultRoleUniversalIdentifier: uuid('5', 1),
      applicationVariables: { PROBE_URL: { universalIdentifier: uuid('6', 1), description: 'Where', value: 'https://a.example' } },
    },
    objects: [
      object(QUEUE, 'queue', 'queues', [
        fieldOf(1, 'name', 'TEXT'),
        fieldOf(2, 'active', 'BOOLEAN', { defaultValue: true }),
        many(3, 'interactions', INTERACTION, 6, 'ONE_TO_MANY'),
      ]),
      object(INTERACTION, 'interaction', 'interactions', [
        fieldOf(4, 'name', 'TEXT'),
        fieldOf(5, 'status', 'SELECT', {
          defaultValue: "'OPEN'",
          options: [
            { id: uuid('7', 1), value: 'OPEN', label: 'Open', color: 'blue', position: 0 },
            { id: uuid('7', 2), value: 'CLOSED', label: 'Closed', color: 'red', position: 1 },
          ],
        }),
        many(6, 'queue', QUEUE, 3),
        many(7, 'person', PERSON, 8),
        fieldOf(10, 'number', 'NUMBER', { isUnique: true }),
        fieldOf(11, 'skills', 'ARRAY'),
      ]),
    ],
    fields: [
      { ...many(8, 'interactions', INTERACTION, 7, 'ONE_TO_MANY'), objectUniversalIdentifier: PERSON },
      { ...fieldOf(9, 'openInteractions', 'NUMBER', { defaultValue: 0 }), objectUniversalIdentifier: PERSON },
    ],
    roles: [{ universalIdentifier: uuid('5', 1), label: 'Probe role', canReadAllObjectRecords: true }],
  };
  const sync = (server: ContractServer, what: unknown = manifest, dryRun?: boolean) =>
    meta(
      server,
      'mutation($manifest: JSON!, $dryRun: Boolean) { syncApplication(manifest: $manifest, dryRun: $dryRun) { applicationUniversalIdentifier actions } }',
      { manifest: what, dryRun },
    );
  async function upload(server: ContractServer): Promise<Answer> {
    const form = new FormData();
    const query =
      'mutation($file: Upload!, $app: String!, $folder: FileFolder!, $path: String!) { uploadApplicationFile(file: $file, applicationUniversalIdentifier: $app, fileFolder: $folder, filePath: $path) { path size } }';
    form.append('operations', JSON.stringify({ query, variables: { file: null, app: APP, folder: 'Dependencies', path: 'package.json' } }));
    form.append('map', JSON.stringify({ '0': ['variables.file'] }));
    form.append('0', new Blob([JSON.stringify({ version: '1.2.3' })]), 'package.json');
    const response = await fetch(`${server.url}/metadata`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}` },
      body: form,
    });
    return { status: response.status, ...((await response.json()) as object) };
  }
  async function install(server: ContractServer): Promise<Answer> {
    await meta(
      server,
      'mutation($input: CreateApplicationRegistrationInput!) { createApplicationRegistration(input: $input) { clientSecret } }',
      { input: { name: 'Probe', universalIdentifier: APP } },
    );
    await meta(server, `mutation { createDevelopmentApplication(universalIdentifier: "${APP}", name: "Probe") { id } }`);
    await upload(server);
    return sync(server);
  }

  test('registration, application, files, manifest: each step refuses without the one before', async () => {
    const server = await start();
    const noRegistration = refusal(
      'NOT_FOUND',
      'APPLICATION_NOT_FOUND',
      `No registration found for "${APP}". Create one first with createApplicationRegistration.`,
    );
    expect(
      (await meta(server, `mutation { createDevelopmentApplication(universalIdentifier: "${APP}", name: "Probe") { id } }`)).errors,
    ).toEqual([noRegistration]);
    expect((await sync(server)).errors).toEqual([noRegistration]);
    expect((await upload(server)).errors).toEqual([refusal('NOT_FOUND', 'APPLICATION_NOT_FOUND')]);
    expect((await meta(server, `{ findOneApplication(universalIdentifier: "${APP}") { id } }`)).errors).toEqual([
      refusal('NOT_FOUND', 'APPLICATION_NOT_FOUND', `Application with id undefined or universalIdentifier ${APP} not found`),
    ]);
    const dry = at<{ type: string; metadataName: string }[]>(await sync(server, manifest, true), 'data.syncApplication.actions');
    expect(dry.filter(({ metadataName }) => metadataName === 'objectMetadata').map(({ type }) => type)).toEqual(['create', 'create']);
    expect((await install(server)).errors).toBeUndefined();
    const found = await meta(
      server,
      `{ findOneApplication(universalIdentifier: "${APP}") { name version canBeUninstalled applicationVariables { key value } objects { nameSingular } } }`,
    );
    expect(at(found, 'data.findOneApplication')).toEqual({
      name: 'Probe',
      version: '1.2.3',
      canBeUninstalled: true,
      applicationVariables: [{ key: 'PROBE_URL', value: 'https://a.example' }],
      objects: [{ nameSingular: 'queue' }, { nameSingular: 'interaction' }],
    });
    expect(at(await sync(server), 'data.syncApplication.actions')).toEqual([]);
  });

  test('its objects are read, written, related and reported like any other', async () => {
    const server = await start();
    const [person] = server.seedPeople(1) as [{ id: string }];
    await install(server);
    expect(server.store.record('person', person.id)?.openInteractions).toBe(0);
    const { url, received } = await receiver();
    await meta(server, 'mutation($input: CreateWebhookInput!) { createWebhook(input: $input) { id } }', {
      input: { targetUrl: url, operations: ['interaction.*'] },
    });
    const queue = at<string>(await ask(server, 'mutation { createQueue(data: { name: "Sales" }) { id active } }'), 'data.createQueue.id');
    const made = await ask(
      server,
      'mutation($data: InteractionCreateInput!) { createInteraction(data: $data) { id status skills queue { name active } person { id } } }',
      { data: { name: '#1', number: 1, queueId: queue, personId: person.id } },
    );
    expect(at(made, 'data.createInteraction')).toMatchObject({
      status: 'OPEN',
      skills: [],
      queue: { name: 'Sales', active: true },
      person: { id: person.id },
    });
    const listed = await ask(
      server,
      '{ interactions(filter: { queueId: { eq: $id }, status: { in: ["OPEN"] } }) { totalCount } }'.replace('$id', `"${queue}"`),
    );
    expect(at(listed, 'data.interactions.totalCount')).toBe(1);
    expect((await ask(server, 'mutation { createInteraction(data: { status: "NOPE" }) { id } }')).errors?.[0]?.message).toBe(
      'Invalid value "NOPE" for field "status". Valid values are: OPEN, CLOSED',
    );
    expect((await ask(server, 'mutation { createInteraction(data: { number: 1 }) { id } }')).errors?.[0]?.message).toBe(
      'A duplicate entry was detected',
    );
    const below = await ask(
      server,
      `{ person(filter: { id: { eq: "${person.id}" } }) { interactions { totalCount edges { node { name } } } } }`,
    );
    expect(at(below, 'data.person.interactions')).toEqual({ totalCount: 1, edges: [{ node: { name: '#1' } }] });
    await server.webhooksSettled();
    expect(received.map(({ body }) => [body.eventName, at(body, 'record.queueId')])).toEqual([['interaction.created', queue]]);
  });

  test('its variable is set by key; what is dropped from the manifest loses its data; uninstalled, all of it', async () => {
    const server = await start();
    await install(server);
    await ask(server, 'mutation { createQueue(data: { name: "Sales" }) { id } }');
    const { id } = server.applications.one({ universalIdentifier: APP });
    const set = (key: string) =>
      meta(
        server,
        'mutation($key: String!, $id: UUID!) { updateOneApplicationVariable(key: $key, value: "https://b.example", applicationId: $id) }',
        { key, id },
      );
    expect(at(await set('PROBE_URL'), 'data.updateOneApplicationVariable')).toBe(true);
    await sync(server);
    expect(
      at(
        await meta(server, `{ findOneApplication(id: "${id}") { applicationVariables { value } } }`),
        'data.findOneApplication.applicationVariables',
      ),
    ).toEqual([{ value: 'https://b.example' }]);
    expect((await set('NOPE')).errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    const smaller = { ...manifest, objects: manifest.objects.slice(1), fields: [] };
    const actions = at<{ type: string }[]>(await sync(server, smaller), 'data.syncApplication.actions');
    expect(new Set(actions.map(({ type }) => type))).toEqual(new Set(['delete']));
    expect((await ask(server, '{ queues { totalCount } }')).errors?.[0]?.message).toBe('Cannot query field "queues" on type "Query".');
    expect((await ask(server, '{ people(filter: { openInteractions: { eq: 0 } }) { totalCount } }')).errors?.[0]?.extensions?.subCode).toBe(
      'INVALID_ARGS_FILTER',
    );
    expect(at(await meta(server, `mutation { uninstallApplication(universalIdentifier: "${APP}") }`), 'data.uninstallApplication')).toBe(
      true,
    );
    expect((await ask(server, '{ interactions { totalCount } }')).errors?.[0]?.message).toBe(
      'Cannot query field "interactions" on type "Query".',
    );
  });

  test('building an application is limited to 30 calls in 30 seconds', async () => {
    const server = await start({ now: () => 1_800_000_000_000 });
    const answers: Answer[] = [];
    for (let count = 0; count < 31; count += 1) answers.push(await sync(server, manifest, true));
    expect(answers.filter(({ errors }) => errors).map(({ errors }) => errors)).toEqual([
      [
        {
          message: 'Limit reached (30 tokens per 30000 ms)',
          extensions: { code: 'INTERNAL_SERVER_ERROR', userFriendlyMessage: 'An error occurred.' },
        },
      ],
    ]);
  });
});

describe('faults', () => {
  const count = (server: ContractServer) => ask(server, '{ people { totalCount } }');

  test('it goes away and comes back with its records at the same address', async () => {
    const server = await start();
    server.seedPeople(2);
    await server.down();
    await expect(count(server)).rejects.toThrow();
    await server.up();
    expect(at(await count(server), 'data.people.totalCount')).toBe(2);
  });

  test('a proxy answers in HTML', async () => {
    const server = await start();
    server.refuseAll(502);
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', body: '{}' });
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html']);
    server.refuseAll(null);
    expect((await count(server)).errors).toBeUndefined();
  });

  test('cut off while it waits a request is not carried out; cut off before the answer it is', async () => {
    const server = await start();
    const create = () => ask(server, 'mutation { createPerson(data: {}) { id } }');
    server.slow(60_000);
    const waiting = create();
    const failed = expect(waiting).rejects.toThrow();
    await until('the request', () => server.waiting() === 1);
    server.restart();
    await failed;
    server.slow(0);
    expect(server.store.records('person')).toHaveLength(0);
    server.loseAnswers(1);
    await expect(create()).rejects.toThrow();
    expect(server.store.records('person')).toHaveLength(1);
    expect(server.requests.at(-1)).toMatchObject({ path: '/graphql', rootFields: ['createPerson'], token: 'API_KEY', status: null });
  });

  test('its clock may be wrong', async () => {
    const server = await start({ now: () => 1_800_000_000_000 });
    server.clockSkewMs = -3_600_000;
    const [person] = server.seedPeople(1);
    expect(person?.createdAt).toBe(new Date(1_800_000_000_000 - 3_600_000).toISOString());
  });
});
