/** Replies going out, to a mail server of the outside world that takes, refuses or is away. */
import { simpleParser } from 'mailparser';
import { Commands, type Actor } from '../../src/platform/commands.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { MessagesService } from '../../src/interactions/messages.service.js';
import { mailIdOf } from '../../src/interactions/mail-ids.js';
import { replySubject } from '../../src/interactions/mail-subjects.js';
import { backoffMs, isFinal, threadHeaders } from '../../src/intake/outgoing.js';
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
  (
    await test.database.query<Row>('SELECT id, delivery::text, delivery_error, delivery_told, message_id FROM messages WHERE id = $1', [id])
  )[0] as Row;

const agentOf = async ({ test, queueId }: Mailroom): Promise<Person> =>
  (await ContactCenter.on(test)).agent([queueId], { capacity: 5_000 });

/** A customer's mail that an agent has accepted; returns the interaction's id. */
async function held(messageId: string, { client, mailbox, test } = room, agent = jana, from = 'eva@zakaznik.example'): Promise<string> {
  await client.sendMail({
    messageId,
    from: { name: 'Eva', address: from },
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

  test('that bounces is failed, with the reason, and goes on at its agent with its clocks', async () => {
    const interactionId = await held('<in-4@zakaznik.example>');
    const id = await send(interactionId);
    const { message_id } = await settled(id, 'SENT');
    await jana.client.do('mutation($id: UUID!) { awaitCustomer(id: $id) { interaction { id } } }', { id: interactionId });
    const bounce = (await fixture('bounce-postfix.eml'))
      .toString('latin1')
      .replace('<patchbay.0199b5a0-0000-7000-8000-000000000004@energie.example>', message_id);
    expect(await deliver(room.port, bounce, room.mailbox, '')).toMatchObject({ code: 250 });
    expect(await message(id)).toMatchObject({
      delivery: 'FAILED',
      delivery_error: expect.stringContaining('User unknown'),
      delivery_told: { code: 'MAIL_RETURNED', facts: { words: expect.stringContaining('User unknown') } },
    });
    const [row] = await room.test.database.query<{ state: string; kept: string }>(
      'SELECT state::text, (SELECT count(*) FROM messages WHERE interaction_id = i.id AND automatic) AS kept FROM interactions i WHERE id = $1',
      [interactionId],
    );
    expect(row).toEqual({ state: 'ACTIVE', kept: '1' });
  });

  const answered = async (name: string, to: string, close = true): Promise<{ interactionId: string; id: string; mailId: string }> => {
    const interactionId = await held(`<${name}@zakaznik.example>`, room, jana, to);
    const id = await send(interactionId);
    const { message_id } = await settled(id, 'SENT');
    if (close) await room.test.database.query("UPDATE interactions SET state = 'CLOSED', closed_at = now() WHERE id = $1", [interactionId]);
    return { interactionId, id, mailId: message_id };
  };
  const state = async (interactionId: string): Promise<string> =>
    (await room.test.database.query<{ state: string }>('SELECT state::text FROM interactions WHERE id = $1', [interactionId]))[0]?.state ??
    '';

  test.each<[string, string, string, string, string]>([
    ['a report whose second recipient failed', 'second', '', 'bounce-second-recipient.eml', '0006'],
    ['an internationalised report', 'global', '', 'bounce-global.eml', '0007'],
    ['MAILER-DAEMON behind a rewritten envelope sender', 'rewritten', 'srs0@forwarder.example', 'bounce-rewritten-sender.eml', '0008'],
    ['a text in French with a code', 'code-fr', '', 'bounce-code-in-words.eml', ''],
    ['a text in French without one', 'words-fr', '', 'bounce-words-only-fr.eml', ''],
  ])('that comes back by %s opens its closed work again', async (_name, name, envelope, file, number) => {
    const to = `${name}@zakaznik.example`;
    const { interactionId, id, mailId } = await answered(`back-${name}`, to);
    const bounce = (await fixture(file))
      .toString('utf8')
      .replace(number ? `<patchbay.0199b5a0-0000-7000-8000-00000000${number}@energie.example>` : '\0', mailId)
      .replace('personne@client.example', to);
    const customers = async () => room.test.database.query('SELECT count(*)::int AS n FROM customers');
    const before = await customers();
    expect(await deliver(room.port, Buffer.from(bounce, 'utf8'), room.mailbox, envelope)).toMatchObject({ code: 250 });
    expect(await message(id)).toMatchObject({ delivery: 'FAILED' });
    expect(['QUEUED', 'OFFERED']).toContain(await state(interactionId));
    expect(await customers()).toEqual(before);
    const [bounced] = await room.test.database.query(
      "SELECT 1 FROM messages WHERE interaction_id = $1 AND mail_kind = 'BOUNCE' AND automatic",
      [interactionId],
    );
    expect(bounced).toBeDefined();
  });

  test("that meets an answer from the recipient's own machine stays closed, and so it does where the channel's policy wants it", async () => {
    const away = await answered('back-away', 'away@zakaznik.example');
    const vacation = [
      'Return-Path: <>',
      'From: away@zakaznik.example',
      `To: ${room.mailbox}`,
      'Subject: Jsem na horách',
      'Message-ID: <vac@zakaznik.example>',
      `In-Reply-To: ${away.mailId}`,
      '',
      'Pište prosím na back-code-fr@zakaznik.example',
    ].join('\r\n');
    expect(await deliver(room.port, vacation, room.mailbox, '')).toMatchObject({ code: 250 });
    expect([await state(away.interactionId), (await message(away.id)).delivery]).toEqual(['CLOSED', 'SENT']);

    const policy =
      'mutation($input: UpdateChannelSettingsInput!) { updateChannelSettings(input: $input) { channelSettings { whenUndelivered } } }';
    await room.admin.do(policy, { input: { channel: 'EMAIL', whenUndelivered: 'STAY' } });
    const stays = await answered('back-stays', 'stays@zakaznik.example');
    const bounce = (await fixture('bounce-postfix.eml'))
      .toString('latin1')
      .replace('<patchbay.0199b5a0-0000-7000-8000-000000000004@energie.example>', stays.mailId);
    expect(await deliver(room.port, bounce, room.mailbox, '')).toMatchObject({ code: 250 });
    expect([await state(stays.interactionId), (await message(stays.id)).delivery]).toEqual(['CLOSED', 'FAILED']);
    await room.admin.do(policy, { input: { channel: 'EMAIL', whenUndelivered: 'COME_BACK' } });
  });

  test('goes to those whom the customer had in copy where the agent says so, under the newest subject', async () => {
    const interactionId = await held('<copy-1@zakaznik.example>', room, jana, 'copy@zakaznik.example');
    await room.client.sendMail({
      messageId: '<copy-2@zakaznik.example>',
      inReplyTo: '<copy-1@zakaznik.example>',
      from: 'copy@zakaznik.example',
      to: [room.mailbox, 'Petr <petr@firma.example>'],
      cc: 'Ucetni@firma.example',
      subject: 'Re: Nová adresa pro fakturu',
      text: 'Přidávám kolegy.',
    });
    const query = 'query($id: UUID!) { interaction(id: $id) { reply { to subject others { address included } } } }';
    const proposal = async () =>
      (await jana.client.do<{ interaction: { reply: unknown } }>(query, { id: interactionId })).interaction.reply;
    expect(await proposal()).toEqual({
      to: 'copy@zakaznik.example',
      subject: 'Re: Nová adresa pro fakturu',
      others: [
        { address: 'petr@firma.example', included: true },
        { address: 'ucetni@firma.example', included: true },
      ],
    });
    const before = outside.received.length;
    const input = { idempotencyKey: key(), interactionId, text: 'Děkujeme.', cc: ['Petr@firma.example', room.mailbox] };
    await jana.client.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', { input });
    await until('the mail', () => Promise.resolve(outside.received.length > before));
    const sent = await simpleParser(outside.received.at(-1) ?? '');
    expect(sent).toMatchObject({
      subject: 'Re: Nová adresa pro fakturu',
      to: { text: 'copy@zakaznik.example' },
      cc: { text: 'petr@firma.example' },
    });
    await expect(
      jana.client.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
        input: { ...input, idempotencyKey: key(), cc: ['petr'] },
      }),
    ).rejects.toThrow('no e-mail address');
    // A stranger changes neither the subject nor who gets a copy by itself.
    await room.client.sendMail({
      messageId: '<copy-3@jinde.example>',
      inReplyTo: '<copy-2@zakaznik.example>',
      from: 'petr@firma-platby.example',
      to: [room.mailbox, 'dalsi@firma-platby.example'],
      subject: 'Pošlete peníze jinam',
      text: 'x',
    });
    expect(await proposal()).toMatchObject({
      subject: 'Re: Nová adresa pro fakturu',
      others: [
        { address: 'petr@firma-platby.example', included: false },
        { address: 'dalsi@firma-platby.example', included: false },
      ],
    });
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
    expect(waiting).toMatchObject({
      delivery: 'PENDING',
      delivery_error: expect.stringContaining('Greylisted'),
      delivery_told: { code: 'MAIL_REFUSED' },
    });
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

describe('an automatic answer', () => {
  const RULE: Actor = { kind: 'RULE', role: null, id: uuidv7(), agentId: null, name: 'Receipt' };
  const acknowledge = (interactionId: string): Promise<unknown> => {
    const { app } = room.test.engine;
    return app.get(Commands).run(RULE, (command) => app.get(MessagesService).sendWithin(command, uuidv7(), interactionId, 'We have it.'));
  };
  const arrived = async (messageId: string, from: string, headers: Record<string, string> = {}): Promise<string> => {
    await room.client.sendMail({ messageId, from, to: room.mailbox, subject: 'x', text: 'x', headers });
    const [row] = await room.test.database.query<{ id: string }>('SELECT interaction_id AS id FROM messages WHERE message_id = $1', [
      messageId,
    ]);
    return row?.id ?? '';
  };

  test('goes to one address ten times a day, over all its interactions and however many come at once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 14; n += 1) ids.push(await arrived(`<robot-${n}@robot.example>`, 'robot@robot.example'));
    expect(new Set(ids).size).toBe(14);
    const answers = await Promise.allSettled(ids.map(acknowledge));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'REFUSED', facts: { most: 10 } } });
    await expect(acknowledge(await arrived('<other@robot.example>', 'other@robot.example'))).resolves.toBeNull();
    await room.test.database.query(
      "UPDATE messages SET created_at = created_at - interval '25 hours' WHERE to_addresses[1] = 'robot@robot.example'",
    );
    await expect(acknowledge(ids[13] ?? '')).resolves.toBeNull();
  });

  test('is not sent to who forbids it, nor over a mailing list', async () => {
    const forbidden = await arrived('<forbids@zakaznik.example>', 'forbids@zakaznik.example', { 'X-Auto-Response-Suppress': 'All' });
    await expect(acknowledge(forbidden)).rejects.toMatchObject({ code: 'REFUSED' });
    const list = await arrived('<list@zakaznik.example>', 'list@zakaznik.example', { 'List-Id': '<all.firma.example>' });
    await expect(acknowledge(list)).rejects.toMatchObject({ code: 'REFUSED' });
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
