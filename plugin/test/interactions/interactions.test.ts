/** Interactions through the API: their history, their children, what only their holder may do. */
import { atDesks } from '../../src/interactions/at-desk.sql.js';
import { ContactCenter } from '../support/contact-center.js';
import { key, startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let test: TestEngine;
let center: ContactCenter;

beforeAll(async () => {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
});

afterAll(async () => {
  await test.stop();
});

const CLOSE = 'mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { state } } }';

async function held(channel: 'VOICE' | 'CASE' = 'VOICE') {
  const queueId = await center.queue();
  const agent = await center.agent([queueId]);
  const id = await center.open(queueId, {}, channel);
  const offer = await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
  return { id, agent, queueId };
}

it('finds what is at a desk by index, however much is open elsewhere', async () => {
  const queueId = await center.queue();
  await test.database.query(
    `INSERT INTO interactions (id, channel, direction, state, priority, skills, queue_id, created_at, queued_at)
     SELECT gen_random_uuid(), 'TASK', 'INBOUND', 'QUEUED', 50, '[]', $1, now(), now() FROM generate_series(1, 20000)`,
    [queueId],
  );
  await test.database.query('ANALYZE interactions');
  const { text, values } = atDesks([key().slice(4)]);
  const plan = await test.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values);
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).not.toContain('Seq Scan on interactions');
  await test.database.query('DELETE FROM interactions WHERE queue_id = $1', [queueId]);
});

it('tells what happened to it, by whom and because of what, in order', async () => {
  const { id, agent } = await held();
  const dispositionId = await center.disposition();
  await agent.client.do('mutation($id: UUID!) { holdInteraction(id: $id) { interaction { state } } }', { id });
  await agent.client.do('mutation($id: UUID!) { resumeInteraction(id: $id) { interaction { state } } }', { id });
  await agent.client.do('mutation($id: UUID!) { endInteraction(id: $id) { interaction { state } } }', { id });
  await agent.client.do(CLOSE, { input: { id, dispositionId, note: 'Vyřešeno' } });
  const { interaction } = await center.admin.do<{
    interaction: { events: { edges: { node: { seq: string; type: string; actor: { kind: string } } }[] } };
  }>('query($id: UUID!) { interaction(id: $id) { events { edges { node { seq at type actor { kind name } causeSeq facts } } } } }', { id });
  const events = interaction.events.edges.map(({ node }) => node);
  expect(events.map(({ type, actor }) => `${type} ${actor.kind}`)).toEqual([
    'interaction.opened INTAKE',
    'interaction.queued INTAKE',
    'interaction.offered ROUTER',
    'interaction.accepted AGENT',
    'interaction.held AGENT',
    'interaction.resumed AGENT',
    'interaction.ended AGENT',
    'interaction.closed AGENT',
  ]);
  expect(events.map(({ seq }) => BigInt(seq))).toEqual(events.map(({ seq }) => BigInt(seq)).sort((a, b) => (a < b ? -1 : 1)));
});

it('has a story, newest first and page by page, of offers, causes, and what rules did and because of what', async () => {
  const { createAutomationRule } = await center.admin.do<{ createAutomationRule: { automationRule: { id: string } } }>(
    'mutation($input: CreateAutomationRuleInput!) { createAutomationRule(input: $input) { automationRule { id } } }',
    {
      input: {
        idempotencyKey: key(),
        name: 'Held is urgent',
        active: true,
        trigger: { events: ['interaction.held'] },
        actions: [{ type: 'set-priority', settings: { to: 90 } }],
      },
    },
  );
  const { id, agent, queueId } = await held();
  await center.admin.do('mutation($id: UUID!) { holdInteraction(id: $id) { interaction { state } } }', { id });
  interface Line {
    event: { seq: string; type: string };
    cause: { seq: string; type: string; interaction: { id: string } } | null;
    queues: { id: string }[];
    agents: { id: string }[];
    offer: { state: string; why: { points: { code: string }[] } } | null;
    ruleRun: { id: string; rule: { id: string } } | null;
    ruleRuns: { id: string; outcome: string }[];
  }
  interface Told {
    interaction: { story: { pageInfo: { hasNextPage: boolean; endCursor: string }; edges: { node: Line }[] } };
  }
  const STORY = `query($id: UUID!, $after: Cursor) { interaction(id: $id) { story(first: 2, after: $after) { pageInfo { hasNextPage endCursor } edges { node {
    event { seq type } cause { seq type interaction { id } } queues { id } agents { id } offer { state why { points { code } } }
    ruleRun { id rule { id } } ruleRuns { id outcome } } } } } }`;
  const read = async (): Promise<Line[]> => {
    const lines: Line[] = [];
    for (let after: string | null = null; ;) {
      const told: Told = await center.admin.do<Told>(STORY, { id, after });
      const { edges, pageInfo } = told.interaction.story;
      lines.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) return lines;
      after = pageInfo.endCursor;
    }
  };
  const lines = await until('what the rule did', async () => {
    const told = await read();
    return told[0]?.event.type === 'interaction.priority_set' ? told : null;
  });
  const [set, hold, accepted, offered, queued, opened] = lines;
  expect(lines.map(({ event }) => event.type)).toEqual([
    'interaction.priority_set',
    'interaction.held',
    'interaction.accepted',
    'interaction.offered',
    'interaction.queued',
    'interaction.opened',
  ]);
  expect(hold?.ruleRuns).toEqual([{ id: expect.any(String), outcome: 'DONE' }]);
  expect(set?.cause).toEqual({ seq: hold?.event.seq, type: 'interaction.held', interaction: { id } });
  expect(set?.ruleRun).toEqual({ id: hold?.ruleRuns[0]?.id, rule: { id: createAutomationRule.automationRule.id } });
  expect(offered).toMatchObject({ agents: [{ id: agent.id }], queues: [{ id: queueId }], offer: { state: 'ACCEPTED' } });
  expect(offered?.offer?.why.points.map(({ code }) => code)).toContain('CHOSEN_BY_STRATEGY');
  expect(accepted?.offer?.state).toBe('ACCEPTED');
  expect([queued?.offer, opened?.cause, opened?.ruleRun]).toEqual([null, null, null]);
  await center.admin.do('mutation($id: UUID!) { deleteAutomationRule(id: $id) { id } }', { id: createAutomationRule.automationRule.id });
});

it('is changed by its holder and by supervisors, and by no other agent', async () => {
  const { id, queueId } = await held();
  const stranger = await center.agent([queueId]);
  const { errors } = await stranger.client.ask('mutation($id: UUID!) { holdInteraction(id: $id) { interaction { state } } }', { id });
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const supervisor = test.client(await test.token('SUPERVISOR'));
  await supervisor.do('mutation($id: UUID!) { holdInteraction(id: $id) { interaction { state } } }', { id });
  expect(await center.state(id)).toBe('ON_HOLD');
});

it('refuses an illegal step and says what would be legal', async () => {
  const id = await center.open(await center.queue());
  const { errors } = await center.admin.ask('mutation($id: UUID!) { holdInteraction(id: $id) { interaction { state } } }', { id });
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'ILLEGAL_TRANSITION',
    facts: { state: 'QUEUED', legal: expect.arrayContaining(['TRANSFER', 'ABANDON']) as unknown },
  });
});

it('leaves a case behind that knows the call it came from', async () => {
  const { id, agent, queueId } = await held();
  const { openInteraction } = await agent.client.do<{ openInteraction: { interaction: { id: string; parent: { id: string } } } }>(
    'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id parent { id } } } }',
    { input: { idempotencyKey: key(), channel: 'CASE', queueId, parentId: id, subject: 'Oprava vyúčtování' } },
  );
  expect(openInteraction.interaction.parent.id).toBe(id);
  const { interaction } = await center.admin.do<{ interaction: { children: { id: string }[] } }>(
    'query($id: UUID!) { interaction(id: $id) { children { id } } }',
    { id },
  );
  expect(interaction.children).toEqual([{ id: openInteraction.interaction.id }]);
});

it('transferred to an agent rings at that agent first, whatever their queues', async () => {
  const { id, agent } = await held();
  const expert = await center.agent([]);
  await agent.client.do('mutation($input: TransferInteractionInput!) { transferInteraction(input: $input) { interaction { state } } }', {
    input: { id, agentId: expert.id, note: 'Prosím převzít' },
  });
  await until('an offer at the expert', () => expert.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));
});

it('waiting for the customer, goes on when the customer writes, and when the agent takes it up again', async () => {
  const { id, agent } = await held('CASE');
  const wait = () => agent.client.do('mutation($id: UUID!) { awaitCustomer(id: $id) { interaction { state } } }', { id });
  await wait();
  await center.intake.do('mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId: id, text: 'Posílám odečet.' },
  });
  expect(await center.state(id)).toBe('ACTIVE');
  await wait();
  await agent.client.do('mutation($id: UUID!) { resumeInteraction(id: $id) { interaction { state } } }', { id });
  expect(await center.state(id)).toBe('ACTIVE');
});

it('follows along without a gap over a reconnect', async () => {
  const queueId = await center.queue();
  const first = await center.open(queueId);
  const changes = center.admin.subscribe<{ interactionChanges: { seq: string; type: string; interaction: { id: string } } }>(
    'subscription($queueId: UUID, $after: String) { interactionChanges(queueId: $queueId, after: $after) { seq type interaction { id } } }',
    { queueId, after: '0' },
  );
  await until('what came before', () => changes.items.length >= 2);
  changes.stop();
  const last = changes.items.at(-1)!.interactionChanges.seq;
  const second = await center.open(queueId);
  const again = center.admin.subscribe<{ interactionChanges: { type: string; interaction: { id: string } } }>(
    'subscription($queueId: UUID, $after: String) { interactionChanges(queueId: $queueId, after: $after) { seq type interaction { id } } }',
    { queueId, after: last },
  );
  await until('what was missed', () => again.items.length >= 2);
  expect(changes.items.map(({ interactionChanges }) => interactionChanges.interaction.id)).toEqual([first, first]);
  expect(again.items.slice(0, 2).map(({ interactionChanges }) => [interactionChanges.type, interactionChanges.interaction.id])).toEqual([
    ['interaction.opened', second],
    ['interaction.queued', second],
  ]);
});

it('does one command to many interactions: what is refused for one is told, and done for the others', async () => {
  const [from, to] = [await center.queue(), await center.queue()];
  const ids = [await center.open(from), await center.open(from), await center.open(from)];
  await center.admin.do('mutation($id: UUID!) { abandonInteraction(id: $id) { interaction { id } } }', { id: ids[1] });
  const bulk = async (name: string, type: string, input: object) => {
    const answer = await center.admin.do<Record<string, { results: { id: string; interaction: object | null; refusal: object | null }[] }>>(
      `mutation($input: ${type}!) { ${name}(input: $input) { results {
        id interaction { priority state queue { id } disposition { id } } refusal { code message } } } }`,
      { input },
    );
    return answer[name]?.results;
  };
  const moved = await bulk('transferInteractions', 'TransferInteractionsInput', { ids: [...ids, ids[0]], queueId: to });
  expect(moved).toMatchObject([
    { id: ids[0], interaction: { queue: { id: to } }, refusal: null },
    { id: ids[1], interaction: null, refusal: { code: 'ILLEGAL_TRANSITION' } },
    { id: ids[2], interaction: { queue: { id: to } }, refusal: null },
  ]);
  const raised = await bulk('setInteractionPriorities', 'SetInteractionPrioritiesInput', { ids, priority: 90 });
  expect(raised?.map(({ interaction }) => interaction)).toMatchObject([{ priority: 90 }, { priority: 90 }, { priority: 90 }]);
  const unknown = key().slice(4);
  const gone = await bulk('setInteractionPriorities', 'SetInteractionPrioritiesInput', { ids: [unknown], priority: 1 });
  expect(gone).toMatchObject([{ id: unknown, interaction: null, refusal: { code: 'NOT_FOUND' } }]);
  const told = await test.database.query<{ type: string }>('SELECT type FROM events WHERE subject_id = $1 ORDER BY seq', [ids[0]]);
  expect(told.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['interaction.transferred', 'interaction.queued', 'interaction.priority_set']),
  );
  const none = await center.admin.ask('mutation { transferInteractions(input: { ids: [] }) { results { id } } }');
  expect(none.errors?.[0]?.extensions.code).toBe('INVALID');
});
