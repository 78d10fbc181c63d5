/** The history: every reference holds, time runs forwards, and the texts are whole. */
import { contactCenter } from '../src/contact-center.js';
import { customers, HISTORY_DAYS } from '../src/customers.js';
import { history, openCases } from '../src/history.js';
import type { InteractionRecord, MessageRecord } from '../src/history-records.js';
import { recogniseSubject } from '../src/texts.js';

const NOW = Date.UTC(2026, 10, 21, 8);
const center = contactCenter(1);
const people = customers(1, 1_500, NOW);
const run = (seed: number, part = 0, count = 4_000) => {
  const batches = [...history(center, people, { seed, part, count, reference: NOW })];
  return { interactions: batches.flatMap(({ interactions }) => interactions), messages: batches.flatMap(({ messages }) => messages) };
};
const past = run(1);
const byId = new Map(past.interactions.map((interaction) => [interaction.id, interaction]));
const ids = (records: readonly { id: string }[]) => new Set(records.map(({ id }) => id));
const queueIds = ids(center.queues);
const agentIds = ids(center.agents);
const customerIds = ids(people);
const dispositions = new Map(center.dispositions.map((disposition) => [disposition.id, disposition]));
/** What is not so: one list to look at instead of ten thousand assertions. */
const except = <T>(records: readonly T[], holds: (record: T, index: number) => boolean): T[] =>
  records.filter((record, index) => !holds(record, index)).slice(0, 3);

test('the same seed and part give the same history; another seed or part another', () => {
  expect(run(1, 0, 500)).toEqual(run(1, 0, 500));
  expect(run(2, 0, 500)).not.toEqual(run(1, 0, 500));
  const appended = run(1, 8_024, 500);
  expect(appended.interactions.some(({ id }) => byId.has(id))).toBe(false);
});

test('as many contacts as asked for, each with its own id', () => {
  expect(past.interactions).toHaveLength(4_000);
  expect(byId.size).toBe(4_000);
  expect(ids(past.messages).size).toBe(past.messages.length);
  expect(run(1, 0, 0).interactions).toEqual([]);
});

test('every reference leads to a record that is there before it', () => {
  const order = new Map(past.interactions.map(({ id }, index) => [id, index]));
  expect(
    except(
      past.interactions,
      ({ queueId, agentId, customerId, dispositionId, parentId }, index) =>
        queueIds.has(queueId) &&
        (agentId === null || agentIds.has(agentId)) &&
        customerIds.has(customerId ?? '') &&
        (dispositionId === null || dispositions.has(dispositionId)) &&
        (parentId === null || (order.get(parentId) ?? Infinity) < index),
    ),
  ).toEqual([]);
  expect(
    except(past.messages, ({ interactionId, authorId }) => byId.has(interactionId) && (authorId === null || agentIds.has(authorId))),
  ).toEqual([]);
  expect(past.interactions.some(({ parentId }) => parentId !== null)).toBe(true);
});

test('time runs forwards within each contact and from one to the next, and all of it lies within the 90 days', () => {
  const rising = (times: readonly number[]) => times.every((time, index) => index === 0 || times[index - 1]! <= time);
  const begin = NOW - HISTORY_DAYS * 86_400_000;
  expect(
    except(past.interactions, ({ createdAt, queuedAt, acceptedAt, endedAt, closedAt }) =>
      rising([begin, createdAt, queuedAt, ...[acceptedAt, endedAt, closedAt].filter((time) => time !== null), NOW]),
    ),
  ).toEqual([]);
  expect(rising(past.interactions.map(({ createdAt }) => createdAt))).toBe(true);
});

test('a contact that was answered has an agent and a disposition that its channel shows; one that was not has neither', () => {
  expect(
    except(past.interactions, ({ state, agentId, acceptedAt, closedAt, dispositionId, channel }) => {
      if (state === 'ABANDONED') return agentId === null && acceptedAt === null && dispositionId === null && closedAt !== null;
      const channels = dispositions.get(dispositionId ?? '')?.channels ?? [];
      return state === 'CLOSED' && agentId !== null && acceptedAt !== null && (channels.length === 0 || channels.includes(channel));
    }),
  ).toEqual([]);
});

test('what was written has messages in the order of their making, mail with the headers of a thread', () => {
  const written = past.interactions.filter(({ channel, state }) => channel === 'EMAIL' && state === 'CLOSED');
  expect(written.length).toBeGreaterThan(100);
  const messagesOf = (interaction: InteractionRecord): MessageRecord[] =>
    past.messages.filter(({ interactionId }) => interactionId === interaction.id);
  for (const interaction of written.slice(0, 60)) {
    const messages = messagesOf(interaction);
    expect(messages.length).toBeGreaterThanOrEqual(2);
    expect(messages[0]).toMatchObject({
      direction: 'INBOUND',
      from: interaction.customerAddress,
      to: [interaction.entryAddress],
      inReplyTo: null,
    });
    expect(messages.map(({ id }) => id)).toEqual(messages.map(({ id }) => id).sort());
    for (const [index, message] of messages.entries()) {
      expect(message.messageId).toMatch(/^<[^<>@\s]+@[a-z.]+>$/);
      if (index > 0) expect(message.inReplyTo).toBe(messages[index - 1]!.messageId);
    }
  }
});

test('no text holds a placeholder, and every subject says its topic again', () => {
  const whole = (...texts: (string | null)[]) => !/[{}]|undefined/.test(texts.join(' '));
  expect(
    except(
      past.interactions,
      ({ subject, description, dispositionNote }) =>
        whole(subject, description, dispositionNote) && recogniseSubject(subject) !== undefined,
    ),
  ).toEqual([]);
  expect(except(past.messages, ({ subject, text }) => whole(subject, text))).toEqual([]);
});

test('calls are seven in ten, and nearly all contacts come by day', () => {
  const share = (count: number) => count / past.interactions.length;
  expect(share(past.interactions.filter(({ channel }) => channel === 'VOICE').length)).toBeGreaterThan(0.62);
  expect(share(past.interactions.filter(({ channel }) => channel === 'VOICE').length)).toBeLessThan(0.76);
  const nightly = past.interactions.filter(
    ({ createdAt }) => new Date(createdAt).getUTCHours() < 5 || new Date(createdAt).getUTCHours() > 20,
  );
  expect(share(nightly.length)).toBeLessThan(0.1);
});

test('open cases are open: held, or waiting for less than an hour', () => {
  const open = openCases(center, people, { seed: 1, count: 24, reference: NOW });
  expect(open).toEqual(openCases(center, people, { seed: 1, count: 24, reference: NOW }));
  expect(open.interactions).toHaveLength(24);
  for (const { state, agentId, acceptedAt, closedAt, createdAt } of open.interactions) {
    expect(closedAt).toBeNull();
    expect(agentId === null).toBe(state === 'QUEUED');
    expect(acceptedAt === null).toBe(state === 'QUEUED');
    if (state === 'QUEUED') expect(NOW - createdAt).toBeLessThanOrEqual(3_600_000);
  }
  expect(new Set(open.interactions.map(({ state }) => state))).toEqual(new Set(['QUEUED', 'ACTIVE', 'WAITING_FOR_CUSTOMER']));
});
