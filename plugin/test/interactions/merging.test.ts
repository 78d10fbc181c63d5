/** Two interactions about one thing: merged, parted again, and some of what was said split off. */
import { whyNotMerged, type Mergeable } from '../../src/interactions/merging.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
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

const MERGE =
  'mutation($input: MergeInteractionsInput!) { mergeInteractions(input: $input) { interaction { id state } merged { id state mergedInto { id } } } }';
const SPLIT = 'mutation($input: SplitInteractionInput!) { splitInteraction(input: $input) { interaction { id state } from { id } } }';
const WRITE = 'mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }';
const SEEN = `query($id: UUID!) { interaction(id: $id) { state agent { id } mergedInto { id } merged { id } legalCommands dispositionNote
  messages { edges { node { id text } } } clocks { kind state targetSeconds } events { edges { node { type } } } } }`;

interface Seen {
  state: string;
  agent: { id: string } | null;
  mergedInto: { id: string } | null;
  merged: { id: string }[];
  legalCommands: string[];
  dispositionNote: string | null;
  messages: { edges: { node: { id: string; text: string } }[] };
  clocks: { kind: string; state: string; targetSeconds: number }[];
  events: { edges: { node: { type: string } }[] };
}

const see = async (id: string): Promise<Seen> => (await center.admin.do<{ interaction: Seen }>(SEEN, { id })).interaction;
const texts = ({ messages }: Seen): string[] => messages.edges.map(({ node }) => node.text);
const says = (interactionId: string, text: string) => center.intake.do(WRITE, { input: { idempotencyKey: key(), interactionId, text } });
const open = (seen: Seen): string[] =>
  seen.clocks
    .filter(({ state }) => ['RUNNING', 'PAUSED'].includes(state))
    .map(({ kind, targetSeconds }) => `${kind} ${targetSeconds}`)
    .sort();

let customers = 0;

/** Chats of one customer, the first of them in the hands of a new agent. */
async function chats(count: number, queue: Record<string, unknown> = {}): Promise<{ ids: string[]; agent: Person; queueId: string }> {
  customers += 1;
  const queueId = await center.queue(queue);
  const agent = await center.agent([queueId], { capacity: 40 });
  const ids: string[] = [];
  for (let k = 0; k < count; k += 1) {
    ids.push(await center.open(queueId, { customerAddress: `customer-${customers}@chat` }, 'CHAT'));
    await says(ids[k]!, `chat ${k}`);
    if (k === 0) await accepted(agent, ids[0]!);
  }
  return { ids, agent, queueId };
}

async function accepted(agent: Person, id: string): Promise<void> {
  const offer = await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
}

const merge = (client: Person['client'], fromId: string, intoId: string, more = {}) =>
  client.ask(MERGE, { input: { fromId, intoId, ...more } });

it('merged, it is closed, and all that was said in it and is said to it later stands in the other one', async () => {
  const {
    ids: [into = '', from = ''],
    agent,
  } = await chats(2);
  expect((await merge(agent.client, from, into)).errors).toBeUndefined();
  await says(from, 'a late word');
  const [gone, survivor] = [await see(from), await see(into)];
  expect(gone).toMatchObject({ state: 'CLOSED', mergedInto: { id: into }, legalCommands: ['SPLIT'], messages: { edges: [] } });
  expect(gone.dispositionNote).toMatch(/^Merged into #\d+\.$/);
  expect(texts(survivor)).toEqual(['chat 0', 'chat 1', 'a late word']);
  expect(survivor).toMatchObject({ state: 'ACTIVE', merged: [{ id: from }] });
  const again = await center.admin.ask(
    'mutation($input: ReopenInteractionInput!) { reopenInteraction(input: $input) { interaction { id } } }',
    {
      input: { id: from },
    },
  );
  expect(again.errors?.[0]).toMatchObject({ extensions: { code: 'ILLEGAL_TRANSITION', facts: { legal: ['SPLIT'] } } });
});

it('split again, it has its words back and waits where it did; what was said since stays', async () => {
  const {
    ids: [into = '', from = ''],
    agent,
  } = await chats(2);
  await merge(agent.client, from, into);
  await says(into, 'since then');
  await agent.client.do(SPLIT, { input: { id: from } });
  const [back, survivor] = [await see(from), await see(into)];
  expect(back).toMatchObject({ state: 'QUEUED', mergedInto: null });
  expect(texts(back)).toEqual(['chat 1']);
  expect(texts(survivor)).toEqual(['chat 0', 'since then']);
  expect(survivor.merged).toEqual([]);
  expect(back.events.edges.map(({ node }) => node.type).slice(-3)).toEqual([
    'interaction.merged',
    'interaction.split',
    'interaction.queued',
  ]);
});

it('merged on, each has its own words back whatever is split first', async () => {
  const {
    ids: [last = '', middle = '', first = ''],
    agent,
  } = await chats(3);
  await merge(center.admin, first, middle);
  await merge(agent.client, middle, last);
  await says(first, 'late');
  expect(texts(await see(last))).toEqual(['chat 0', 'chat 1', 'chat 2', 'late']);
  await agent.client.do(SPLIT, { input: { id: middle } });
  expect(texts(await see(middle))).toEqual(['chat 1', 'chat 2']);
  await center.admin.do(SPLIT, { input: { id: first } });
  expect(texts(await see(first))).toEqual(['chat 2']);
  expect(texts(await see(last))).toEqual(['chat 0', 'late']);
});

it('frees the agent who had it, and gives it back to that agent first', async () => {
  const {
    ids: [into = '', from = ''],
    agent,
    queueId,
  } = await chats(2);
  await agent.client.do('mutation($input: SetPresenceInput!) { setPresence(input: $input) { agent { id } } }', {
    input: { statusId: center.statuses.get('AWAY') },
  });
  const other = await center.agent([queueId], { capacity: 40 });
  await accepted(other, from);
  expect((await merge(agent.client, from, into)).errors?.[0]?.extensions).toMatchObject({
    code: 'FORBIDDEN',
    facts: { heldBy: { id: other.id } },
  });
  expect((await merge(center.admin, from, into)).errors).toBeUndefined();
  const next = await center.open(queueId, {}, 'CHAT');
  await accepted(other, next);
  await center.admin.do('mutation($id: UUID!) { endInteraction(id: $id) { interaction { id } } }', { id: next });
  await center.admin.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { id } } }', {
    input: { id: next, dispositionId: await center.disposition() },
  });
  await center.admin.do(SPLIT, { input: { id: from } });
  await until('it at its agent', () => other.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === from));
});

it('of two promises of a kind the earlier one counts, once, and each has its own again when they are split', async () => {
  const policy = async (milestones: object[]): Promise<string> => {
    const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
      'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
      { input: { idempotencyKey: key(), name: `Promise ${key()}`, milestones } },
    );
    return createSlaPolicy.slaPolicy.id;
  };
  const soon = await center.queue({
    slaPolicyId: await policy([
      { kind: 'RESOLUTION', targetSeconds: 600 },
      { kind: 'TIME_TO_ACCEPT', targetSeconds: 60 },
    ]),
  });
  const late = await center.queue({
    slaPolicyId: await policy([
      { kind: 'RESOLUTION', targetSeconds: 7_200 },
      { kind: 'FIRST_RESPONSE', targetSeconds: 3_600 },
    ]),
  });
  const customerAddress = 'promised@chat';
  const from = await center.open(soon, { customerAddress }, 'CHAT');
  const into = await center.open(late, { customerAddress }, 'CHAT');
  await merge(center.admin, from, into);
  expect(open(await see(from))).toEqual([]);
  expect(open(await see(into))).toEqual(['FIRST_RESPONSE 3600', 'RESOLUTION 600']);
  await center.admin.do(SPLIT, { input: { id: from } });
  expect(open(await see(from))).toEqual(['RESOLUTION 600', 'TIME_TO_ACCEPT 60']);
  expect(open(await see(into))).toEqual(['FIRST_RESPONSE 3600', 'RESOLUTION 7200']);
  await merge(center.admin, into, from);
  expect(open(await see(from))).toEqual(['FIRST_RESPONSE 3600', 'RESOLUTION 600', 'TIME_TO_ACCEPT 60']);
  await center.admin.do(SPLIT, { input: { id: into } });
  expect(open(await see(into))).toEqual(['FIRST_RESPONSE 3600', 'RESOLUTION 7200']);
  expect(open(await see(from))).toEqual(['RESOLUTION 600', 'TIME_TO_ACCEPT 60']);
});

it('splits off what is about something else, and leaves something behind', async () => {
  const {
    ids: [id = ''],
    agent,
  } = await chats(1);
  await says(id, 'and another thing');
  const [, second] = (await see(id)).messages.edges.map(({ node }) => node.id);
  const SPLIT_OFF = `mutation($input: SplitOffMessagesInput!) { splitOffMessages(input: $input) {
    interaction { id state channel subject parent { id } messages { edges { node { id text } } } } from { id } } }`;
  const input = { idempotencyKey: key(), interactionId: id, messageIds: [second], subject: 'Meter' };
  const first = await agent.client.do<{ splitOffMessages: { interaction: { id: string } } }>(SPLIT_OFF, { input });
  expect(first.splitOffMessages.interaction).toMatchObject({
    channel: 'CHAT',
    subject: 'Meter',
    parent: { id },
    messages: { edges: [{ node: { text: 'and another thing' } }] },
  });
  expect(await agent.client.do(SPLIT_OFF, { input })).toMatchObject({
    splitOffMessages: { interaction: { id: first.splitOffMessages.interaction.id } },
  });
  expect(texts(await see(id))).toEqual(['chat 0']);
  const all = { ...input, idempotencyKey: key(), messageIds: (await see(id)).messages.edges.map(({ node }) => node.id) };
  expect((await agent.client.ask(SPLIT_OFF, { input: all })).errors?.[0]?.extensions.code).toBe('REFUSED');
});

it('says why two cannot be one, and what to do', async () => {
  const base: Mergeable = { id: 'a', number: 1, channel: 'EMAIL', state: 'QUEUED', customerId: 'c', mergedIntoId: null };
  const into: Mergeable = { ...base, id: 'b', number: 2, state: 'ACTIVE' };
  expect(whyNotMerged(base, into, false)).toBeNull();
  expect(whyNotMerged(base, { ...into, customerId: 'd' }, false)).toContain('different customers');
  expect(whyNotMerged(base, { ...into, customerId: 'd' }, true)).toBeNull();
  expect(whyNotMerged(base, { ...into, state: 'CLOSED' }, false)).toContain('reopen it first');
  expect(whyNotMerged(base, { ...into, state: 'CLOSED', mergedIntoId: 'x' }, false)).toContain('merge into that one');
  expect(whyNotMerged({ ...base, channel: 'VOICE' }, into, false)).toContain('on the line');
  expect(whyNotMerged({ ...base, channel: 'VOICE', state: 'WRAP_UP' }, into, false)).toBeNull();
  expect(whyNotMerged(base, { ...into, channel: 'VOICE' }, false)).toContain('is a call');
  expect(whyNotMerged(base, { ...into, channel: 'CASE' }, false)).toContain('answered on the channel of #1');
  expect(whyNotMerged({ ...base, channel: 'WEB_FORM' }, into, false)).toBeNull();
  const {
    ids: [held = '', from = ''],
    agent,
  } = await chats(2);
  expect((await merge(agent.client, from, from)).errors?.[0]?.extensions.code).toBe('INVALID');
  expect((await merge(agent.client, held, from)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const stranger = await center.open((await chats(1)).queueId, {}, 'CHAT');
  expect((await merge(center.admin, stranger, held)).errors?.[0]?.extensions.code).toBe('REFUSED');
  expect((await merge(center.admin, stranger, held, { acrossCustomers: true })).errors).toBeUndefined();
  expect((await merge(center.admin, stranger, held)).errors?.[0]).toMatchObject({
    message: expect.stringContaining('merged into another one') as unknown,
    extensions: { code: 'ILLEGAL_TRANSITION', facts: { last: { type: 'interaction.merged' } } },
  });
});
