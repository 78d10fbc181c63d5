/** Replies going out, to a mail server of the outside world that takes, refuses or is away. */
import { simpleParser } from 'mailparser';
import { mailIdOf } from '../../src/interactions/mail-ids.js';
import { backoffMs, isFinal, replySubject, threadHeaders } from '../../src/intake/outgoing.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { createDatabase } from '../support/database.js';
import { key } from '../support/engine.js';
import { until } from '../support/until.js';
import { deliver, fixture, startMailroom, startOutside, type Mailroom, type Outside } from './support.js';

let outside: Outside;
let room: Mailroom;
let jana: Person;

beforeAll(async () => {
  outside = await startOutside();
  room = await startMailroom({ SMTP_URL: outside.url });
  jana = await agentOf(room);
});
afterAll(async () => {
  await room.stop();
  await outside.stop();
});
beforeEach(() => {
  outside.refuse = null;
});

interface Row extends Record<string, unknown> {
  id: string;
  delivery: string;
  delivery_error: string | null;
  message_id: string;
}

const message = async (id: string, { test } = room): Promise<Row> =>
  (await test.database.query<Row>('SELECT id, delivery::text, delivery_error, message_id FROM messages WHERE id = $1', [id]))[0] as Row;

const agentOf = async ({ test, queueId }: Mailroom): Promise<Person> =>
  (await ContactCenter.on(test)).agent([queueId], { capacity: 5_000 });

/** A customer's mail that an agent has accepted; returns the interaction's id. */
async function held(messageId: string, { client, mailbox, test } = room, agent = jana): Promise<string> {
  await client.sendMail({
    messageId,
    from: { name: 'Eva', address: 'eva@zakaznik.example' },
    to: mailbox,
    subject: 'RE: Odp: Reklamace č. 5',
    text: 'Dobrý den',
  });
  const offer = await until('an offer', async () => {
    const rows = await test.database.query<{ id: string; interaction_id: string }>(
      "SELECT o.id, o.interaction_id FROM offers o JOIN messages m ON m.interaction_id = o.interaction_id WHERE m.message_id = $1 AND o.state = 'PENDING'",
      [messageId],
    );
    return rows[0];
  });
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offer.id });
  return offer.interaction_id;
}

async function send(interactionId: string, text = 'Dobrý den, vyřešíme to. Žluťoučký kůň.', agent = jana): Promise<string> {
  const { sendMessage } = await agent.client.do<{ sendMessage: { message: { id: string } } }>(
    'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
    {
      input: { idempotencyKey: key(), interactionId, text },
    },
  );
  return sendMessage.message.id;
}

const settled = (id: string, delivery: string, at = room): Promise<Row> =>
  until(`message ${id} to be ${delivery}`, async () => {
    const row = await message(id, at);
    return row.delivery === delivery && row;
  });

describe('a reply', () => {
  test("goes out once, in its thread, under the queue's name, as a person's mail", async () => {
    const interactionId = await held('<in-1@zakaznik.example>');
    const before = outside.received.length;
    const id = await send(interactionId);
    const row = await settled(id, 'SENT');
    expect(outside.received).toHaveLength(before + 1);
    const mail = await simpleParser(outside.received.at(-1) ?? '');
    expect(mail.subject).toBe('Re: Reklamace č. 5');
    expect(mail.from?.value).toEqual([{ name: 'Podpora', address: room.mailbox }]);
    expect(mail.to).toMatchObject({ value: [{ address: 'eva@zakaznik.example' }] });
    expect(mail.messageId).toBe(mailIdOf(id, room.mailbox));
    expect(mail.messageId).toBe(row.message_id);
    expect(mail.inReplyTo).toBe('<in-1@zakaznik.example>');
    expect([mail.references].flat()).toEqual(['<in-1@zakaznik.example>']);
    expect(mail.text?.trim()).toBe('Dobrý den, vyřešíme to. Žluťoučký kůň.');
    expect(mail.headers.has('auto-submitted')).toBe(false);
    expect(mail.headers.get('x-patchbay')).toBe(mail.messageId);
  });

  test('that is answered comes back to its interaction; itself come back, it is kept once', async () => {
    const interactionId = await held('<in-2@zakaznik.example>');
    const id = await send(interactionId);
    const { message_id } = await settled(id, 'SENT');
    await room.client.sendMail({
      messageId: '<in-3@zakaznik.example>',
      from: 'eva@zakaznik.example',
      to: room.mailbox,
      subject: 'anything',
      text: 'Thanks',
      inReplyTo: message_id,
    });
    expect(
      await room.test.database.query('SELECT 1 FROM messages WHERE message_id = $1 AND interaction_id = $2', [
        '<in-3@zakaznik.example>',
        interactionId,
      ]),
    ).toHaveLength(1);
    const count = async (): Promise<unknown> =>
      room.test.database.query('SELECT (SELECT count(*) FROM messages) AS m, (SELECT count(*) FROM interactions) AS i');
    const before = await count();
    expect(await deliver(room.port, outside.received.at(-1) ?? '', room.mailbox)).toMatchObject({ code: 250 });
    expect(await count()).toEqual(before);
  });

  test('that bounces is failed, with the reason, and wakes nobody', async () => {
    const interactionId = await held('<in-4@zakaznik.example>');
    const id = await send(interactionId);
    const { message_id } = await settled(id, 'SENT');
    await jana.client.do('mutation($id: UUID!) { awaitCustomer(id: $id) { interaction { id } } }', { id: interactionId });
    const bounce = (await fixture('bounce-postfix.eml'))
      .toString('latin1')
      .replace('<patchbay.0199b5a0-0000-7000-8000-000000000004@energie.example>', message_id);
    expect(await deliver(room.port, bounce, room.mailbox, '')).toMatchObject({ code: 250 });
    expect(await message(id)).toMatchObject({ delivery: 'FAILED', delivery_error: expect.stringContaining('User unknown') });
    const [row] = await room.test.database.query<{ state: string; kept: string }>(
      'SELECT state::text, (SELECT count(*) FROM messages WHERE interaction_id = i.id AND automatic) AS kept FROM interactions i WHERE id = $1',
      [interactionId],
    );
    expect(row).toEqual({ state: 'WAITING_FOR_CUSTOMER', kept: '1' });
  });

  test('that the mail server refuses for good fails at once', async () => {
    const interactionId = await held('<in-5@zakaznik.example>');
    outside.refuse = { responseCode: 554, message: '5.7.1 Spam, spam, spam' };
    const { attempts } = outside;
    const id = await send(interactionId);
    expect(await settled(id, 'FAILED')).toMatchObject({ delivery_error: expect.stringContaining('Spam, spam, spam') });
    expect(outside.attempts).toBe(attempts + 1);
  });

  test('that the mail server refuses for now is tried again under the same Message-ID, and says why it waits', async () => {
    const interactionId = await held('<in-6@zakaznik.example>');
    outside.refuse = { responseCode: 451, message: '4.7.1 Greylisted' };
    const id = await send(interactionId);
    const waiting = await until('the reason', async () => {
      const row = await message(id);
      return row.delivery_error ? row : null;
    });
    expect(waiting).toMatchObject({ delivery: 'PENDING', delivery_error: expect.stringContaining('Greylisted') });
    outside.refuse = null;
    expect(await settled(id, 'SENT')).toMatchObject({ delivery_error: null });
    expect(outside.received.at(-1)).toContain(waiting.message_id);
    const events = await room.test.database.query<{ type: string }>("SELECT type FROM events WHERE facts->>'messageId' = $1 ORDER BY seq", [
      id,
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'interaction.message_sent',
      'interaction.message_delayed',
      'interaction.message_delivered',
    ]);
  });
});

test('without a mail server a reply waits and says so, and goes out after a start with one', async () => {
  const database = await createDatabase();
  const without = await startMailroom({}, database);
  const agent = await agentOf(without);
  const id = await send(await held('<in-7@zakaznik.example>', without, agent), 'Later', agent);
  await until('the explanation', async () => (await message(id, without)).delivery_error?.includes('SMTP_URL'));
  expect(await message(id, without)).toMatchObject({ delivery: 'PENDING' });
  await without.stop();
  const withOne = await startMailroom({ SMTP_URL: outside.url }, database);
  await settled(id, 'SENT', withOne);
  await withOne.stop();
  await database.drop();
});

describe('how a reply looks', () => {
  test.each([
    ['Reklamace', 'Re: Reklamace'],
    ['RE: re: Re[2]: Reklamace', 'Re: Reklamace'],
    ['Odp: ODP: Faktura', 'Re: Faktura'],
    ['Odpověď: Faktura', 'Re: Faktura'],
    ['Report', 'Re: Report'],
    [null, 'Re:'],
  ])('%j is answered as %j', (subject, reply) => expect(replySubject(subject)).toBe(reply));

  test('a long thread keeps its beginning and its end, and no made-up names', () => {
    const thread = ['<digest@message-id.invalid>', ...Array.from({ length: 60 }, (_, n) => `<${n}@x>`), '<own@x>'];
    const { inReplyTo, references } = threadHeaders('<own@x>', thread, '<59@x>');
    expect(inReplyTo).toBe('<59@x>');
    expect(references).toHaveLength(21);
    expect([references[0], references.at(-1)]).toEqual(['<0@x>', '<59@x>']);
    expect(threadHeaders('<own@x>', thread, '<digest@message-id.invalid>').inReplyTo).toBeUndefined();
  });

  test('it is tried for hours, but not where the answer stands', () => {
    expect([1, 2, 3, 7].map(backoffMs)).toEqual([2_000, 8_000, 32_000, 8_192_000]);
    expect(isFinal({ responseCode: 550 })).toBe(true);
    expect(isFinal({ responseCode: 451 })).toBe(false);
    expect(isFinal({ responseCode: 535, code: 'EAUTH' })).toBe(false);
    expect(isFinal(new Error('connect ECONNREFUSED'))).toBe(false);
  });
});
