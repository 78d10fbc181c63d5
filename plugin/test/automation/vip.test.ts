/**
 * The VIP case end to end: the number is recognised, the caller looked up in the CRM, the next free VIP agent has the
 * card on the screen, no solution is known, the head of service gets it with high priority under the VIP's own promise, a
 * task says to tell the customer, and what stays unsolved climbs to management by the company's own rules.
 */
import { Clock } from '../../src/platform/clock.js';
import { startCrmCenter, settled, type CrmCenter } from '../support/crm.js';
import { key } from '../support/engine.js';
import type { Person } from '../support/contact-center.js';
import { until } from '../support/until.js';

const HOUR = 3_600_000;

let twenty: CrmCenter;
let offset = 0;

beforeAll(async () => {
  twenty = await startCrmCenter({ people: 3 });
  twenty.test.engine.app.get(Clock).now = () => new Date(Date.now() + offset);
});

afterAll(async () => {
  await twenty.stop();
});

const ask = <T>(query: string, variables: Record<string, unknown> = {}): Promise<T> => twenty.center.admin.do<T>(query, variables);

async function make(kind: string, input: Record<string, unknown>): Promise<string> {
  const field = kind[0]?.toLowerCase() + kind.slice(1);
  const answer = await ask<Record<string, Record<string, { id: string }>>>(
    `mutation($input: Create${kind}Input!) { create${kind}(input: $input) { ${field} { id } } }`,
    { input: { idempotencyKey: key(), ...input } },
  );
  return answer[`create${kind}`]?.[field]?.id ?? '';
}

const offerAt = (agent: Person, id: string) =>
  until('the offer', () => agent.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));

interface Seen {
  id: string;
  state: string;
  priority: number;
  subject: string | null;
  channel: string;
  queue: { name: string } | null;
  agent: { name: string } | null;
  parent: { id: string } | null;
  customer: { id: string; name: string; tier: string } | null;
  clocks: {
    kind: string;
    state: string;
    matched: string | null;
    targetSeconds: number;
    breachedAt: string | null;
    rung: number;
    rungs: number;
  }[];
}

const SEEN = `id state priority subject channel queue { name } agent { name } parent { id } customer { id name tier }
  clocks { kind state matched targetSeconds breachedAt rung rungs }`;

const see = async (id: string): Promise<Seen> =>
  (await ask<{ interaction: Seen }>(`query($id: UUID!) { interaction(id: $id) { ${SEEN} } }`, { id })).interaction;

const childrenOf = async (id: string): Promise<Seen[]> =>
  (await ask<{ interaction: { children: Seen[] } }>(`query($id: UUID!) { interaction(id: $id) { children { ${SEEN} } } }`, { id }))
    .interaction.children;

it('a VIP’s unsolved problem goes from the call to the head of service, and step by step up to management', async () => {
  const { center, crm } = twenty;
  const [known] = crm.store.records('person');
  if (!known) throw new Error('The CRM knows nobody.');

  // The company: queues, people, the promise, and its rules.
  const vipSkill = await center.skill('VIP care');
  const general = await center.queue({ name: 'Calls' });
  const vipLine = await center.queue({ name: 'VIP line', skills: [{ skillId: vipSkill, minLevel: 5, mandatory: true }] });
  await center.queue({ name: 'Management' });
  const head = await center.queue({ name: 'Head of service' });
  await make('EntryPoint', { channel: 'VOICE', address: '+420800123456', queueId: general });
  const anybody = await center.agent([vipLine]);
  const vipAgent = await center.agent([vipLine], { skills: [{ skillId: vipSkill, level: 8 }] });
  const headOfService = await center.agent([head], { name: 'Hana Vedoucí' });
  const policy = await make('SlaPolicy', {
    name: 'VIP promise',
    milestones: [
      {
        kind: 'RESOLUTION',
        targetSeconds: 24 * 3_600,
        targets: [{ targetSeconds: 4 * 3_600, tiers: ['VIP'], channels: ['CASE'] }],
        warnings: [{ secondsBefore: 1_800 }],
        escalation: [
          {
            afterSeconds: 0,
            actions: [
              {
                type: 'create-task',
                settings: { queue: 'Head of service', subject: 'Tell {{ customer.name }} that it takes longer', priority: 90 },
              },
              { type: 'set-priority', settings: { to: 100 } },
            ],
          },
          {
            afterSeconds: 3_600,
            actions: [{ type: 'notify', settings: { roles: ['SUPERVISOR'], text: 'VIP case {{ interaction.number }} is late.' } }],
          },
          {
            afterSeconds: 7_200,
            actions: [
              { type: 'set-queue', settings: { queue: 'Management' } },
              { type: 'notify', settings: { roles: ['ADMIN'], text: 'VIP case {{ interaction.number }} is yours now.' } },
            ],
          },
        ],
      },
    ],
  });
  await ask('mutation($input: UpdateQueueInput!) { updateQueue(input: $input) { queue { id } } }', {
    input: { id: head, slaPolicyId: policy },
  });
  const unsolved = await center.disposition('No known solution');
  const { dispositions } = await ask<{ dispositions: { id: string; name: string }[] }>('{ dispositions { id name } }');
  await make('AutomationRule', {
    name: 'VIPs have their own line',
    active: true,
    trigger: { events: ['interaction.opened'] },
    condition: 'customer.tier == "VIP" && interaction.channel == "VOICE" && queue.name == "Calls"',
    actions: [{ type: 'set-queue', settings: { queue: 'VIP line' } }],
  });
  await make('AutomationRule', {
    name: 'What nobody can solve is the head of service’s',
    active: true,
    trigger: { events: ['interaction.closed'] },
    condition: `customer.tier == "VIP" && interaction.disposition == "${dispositions.find(({ id }) => id === unsolved)?.name}"`,
    actions: [
      {
        type: 'create-interaction',
        settings: { channel: 'CASE', queue: 'Head of service', subject: 'Unsolved: {{ interaction.subject }}', priority: 80 },
      },
    ],
  });
  await settled(twenty);
  await ask('mutation($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { id } } }', {
    input: { id: known.id, tier: 'VIP' },
  });

  // The call: recognised by its number, known from the CRM, and on the screen of the VIP agent alone.
  const { primaryPhoneNumber, primaryPhoneCallingCode } = known.phones as { primaryPhoneNumber: string; primaryPhoneCallingCode: string };
  const call = await center.open(null, {
    entryAddress: '+420800123456',
    customerAddress: primaryPhoneNumber.startsWith('+') ? primaryPhoneNumber : `${primaryPhoneCallingCode || '+420'}${primaryPhoneNumber}`,
  });
  const offer = await offerAt(vipAgent, call);
  const { firstName, lastName } = known.name as { firstName: string; lastName: string };
  expect(await see(call)).toMatchObject({
    queue: { name: 'VIP line' },
    customer: { id: known.id, name: `${firstName} ${lastName}`, tier: 'VIP' },
  });
  expect(anybody.work.items.every(({ myWork }) => myWork.offers.length === 0)).toBe(true);
  await vipAgent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });

  // The problem is recorded; nothing known helps.
  await vipAgent.client.do('mutation($input: UpdateInteractionInput!) { updateInteraction(input: $input) { interaction { id } } }', {
    input: { id: call, subject: 'Line drops each evening', description: 'Since Monday, at nine.' },
  });
  await vipAgent.client.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
    input: { id: call, dispositionId: unsolved, note: 'Searched the known faults, none fits.' },
  });
  const [problem] = await until('the case', async () => {
    const children = await childrenOf(call);
    return children.length > 0 ? children : null;
  });
  expect(problem).toMatchObject({
    channel: 'CASE',
    subject: 'Unsolved: Line drops each evening',
    priority: 100,
    queue: { name: 'Head of service' },
    customer: { id: known.id },
    parent: { id: call },
    clocks: [{ kind: 'RESOLUTION', state: 'RUNNING', matched: 'customer VIP, channel CASE', targetSeconds: 4 * 3_600 }],
  });
  const id = problem?.id ?? '';
  const toHead = await offerAt(headOfService, id);
  await headOfService.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: toHead.id });

  // It is not solved in time: the ladder, rung by rung.
  offset += 4 * HOUR + 60_000;
  const [task] = await until('the task', async () => {
    const children = await childrenOf(id);
    return children.length > 0 ? children : null;
  });
  expect(task).toMatchObject({
    channel: 'TASK',
    subject: `Tell ${firstName} ${lastName} that it takes longer`,
    customer: { id: known.id },
  });
  expect(await see(id)).toMatchObject({ priority: 100, agent: { name: 'Hana Vedoucí' }, queue: { name: 'Head of service' } });

  offset += HOUR;
  const supervisor = twenty.test.client(await twenty.test.token('SUPERVISOR'));
  const told = async (client: typeof supervisor): Promise<string[]> =>
    (await client.do<{ notifications: { text: string }[] }>('{ notifications { text } }')).notifications.map(({ text }) => text);
  await until('the word to supervisors', async () => (await told(supervisor)).some((text) => /is late\.$/.test(text)));

  offset += HOUR;
  await until('management to have it', async () => (await see(id)).queue?.name === 'Management');
  expect(await see(id)).toMatchObject({ state: 'QUEUED', agent: null, clocks: [{ kind: 'RESOLUTION', rung: 3, rungs: 3 }] });
  await until('the word to management', async () => (await told(center.admin)).some((text) => /is yours now\.$/.test(text)));

  // The history says it all, each thing once, with its cause; the wall and the CRM show it.
  const { interaction } = await ask<{
    interaction: { events: { edges: { node: { type: string; actor: { kind: string; name: string } } }[] } };
  }>('query($id: UUID!) { interaction(id: $id) { events { edges { node { type actor { kind name } } } } } }', { id });
  const history = interaction.events.edges.map(({ node }) => node);
  expect(history.filter(({ type }) => type.startsWith('sla.')).map(({ type }) => type)).toEqual([
    'sla.breached',
    'sla.escalated',
    'sla.escalated',
    'sla.escalated',
  ]);
  expect(history.find(({ type }) => type === 'interaction.transferred')?.actor).toEqual({ kind: 'RULE', name: 'VIP promise, rung 3' });
  expect(await childrenOf(id)).toHaveLength(1);
  const { board } = await ask<{ board: { escalations: { interactionId: string; rung: number; rungs: number }[] } }>(
    '{ board { escalations { interactionId rung rungs } } }',
  );
  expect(board.escalations).toEqual([{ interactionId: id, rung: 3, rungs: 3 }]);
  await until('the CRM to show it', () => crm.store.records('interaction').some((row) => row.name === `#${row.number} Unsolved: Line drops each evening` && row.slaStatus === 'BREACHED' && row.status === 'QUEUED'), 30_000); // prettier-ignore
});
