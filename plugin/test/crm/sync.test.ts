/** The contact center and its CRM in step, over HTTP against the contract server: people in, records out, edits back. */
import { startCrmCenter, type CrmCenter } from '../support/crm.js';
import { until } from '../support/until.js';

let twenty: CrmCenter;

beforeAll(async () => {
  twenty = await startCrmCenter({ people: 250 });
  await twenty.settled();
}, 60_000);

afterAll(() => twenty.stop());

type Row = Record<string, unknown>;

/** A record in the CRM once it looks like this. */
const inCrm = (what: string, object: string, match: (row: Row) => boolean): Promise<Row> =>
  until(`${what} in the CRM`, () => twenty.crm.store.records(object).find((row) => row.deletedAt === null && match(row)));

const openCase = (queueId: string, input: Row = {}): Promise<string> => twenty.center.open(queueId, input, 'CASE');

it('takes in everybody who is in the CRM, to be found by address', async () => {
  const { customers } = await twenty.center.admin.do<{ customers: { edges: { node: { name: string } }[] } }>(
    '{ customers(first: 200) { edges { node { name } } } }',
  );
  expect(customers.edges).toHaveLength(200);
  const [someone] = twenty.crm.store.records('person');
  const { primaryEmail } = someone?.emails as { primaryEmail: string };
  const found = await twenty.center.admin.do<{ customers: { edges: { node: { id: string } }[] } }>(
    'query($search: Line) { customers(search: $search, first: 5) { edges { node { id } } } }',
    { search: primaryEmail.toUpperCase() },
  );
  expect(found.customers.edges.map(({ node }) => node.id)).toEqual([someone?.id]);
});

it('shows a queue, an agent, a membership and an interaction in the CRM, related to each other and to the person', async () => {
  const member = twenty.crm.member('Jana Nováková', 'jana@example.org');
  const queueId = await twenty.center.queue({ name: 'Billing', priority: 70 });
  const jana = await twenty.center.agent([queueId], { email: 'jana@example.org' });
  const [person] = twenty.crm.store.records('person');
  const id = await openCase(queueId, { subject: 'The bill is wrong', customerId: person?.id });
  const interaction = await inCrm('the offered interaction', 'interaction', (row) => row.id === id && row.status === 'OFFERED');
  expect(interaction).toMatchObject({
    subject: 'The bill is wrong',
    channel: 'CASE',
    queueId,
    agentProfileId: jana.id,
    assigneeId: member.id,
    personId: person?.id,
  });
  expect(twenty.crm.store.record('queue', queueId)).toMatchObject({ name: 'Billing', priority: 70 });
  expect(twenty.crm.store.record('agentProfile', jana.id)).toMatchObject({ workspaceMemberId: member.id, connected: true });
  expect(twenty.crm.store.records('queueMember')).toContainEqual(expect.objectContaining({ queueId, agentProfileId: jana.id, level: 1 }));
});
