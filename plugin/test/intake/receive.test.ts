/** Mail coming in, through the real listener, from a real mail client or word by word. */
import { jest } from '@jest/globals';
import { MailParserService } from '../../src/intake/mail-parser.service.js';
import { MergingService } from '../../src/interactions/merging.service.js';
import type { Actor } from '../../src/platform/commands.js';
import { ContactCenter } from '../support/contact-center.js';
import { until } from '../support/until.js';
import { Conversation, deliver, fixture, startMailroom, startRoad, type Mailroom, type Road } from './support.js';

interface Kept extends Record<string, unknown> {
  id: string;
  interaction_id: string;
  subject: string | null;
  text: string;
  state: string;
  queue_id: string | null;
  priority: number;
  automatic: boolean;
  customer_address: string | null;
  entry_address: string | null;
}

const ADMIN: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'test' };

let road: Road;
let room: Mailroom;

beforeAll(async () => {
  road = await startRoad();
  room = await startMailroom({ MAIL_MAX_BYTES: '3000000' }, road.database);
});
afterAll(async () => {
  await room.stop();
  await road.stop();
});

const kept = (where: string, value: unknown): Promise<Kept[]> =>
  room.test.database.query<Kept>(
    `SELECT m.id, m.interaction_id, m.subject, m.text, m.automatic, i.state::text, i.queue_id, i.priority, i.customer_address, i.entry_address
     FROM messages m JOIN interactions i ON i.id = m.interaction_id WHERE m.${where} ORDER BY m.id`,
    [value],
  );
const byMessageId = async (id: string): Promise<Kept | undefined> => (await kept('message_id = $1', id))[0];
const countInteractions = async (): Promise<number> =>
  Number((await room.test.database.query<{ n: string }>('SELECT count(*) AS n FROM interactions'))[0]?.n);
const mail = (id: string, fields: string[] = [], body = 'Hello'): string =>
  [`From: Eva <eva@zakaznik.example>`, `To: ${room.mailbox}`, 'Subject: Dotaz', `Message-ID: <${id}>`, ...fields, '', body].join('\r\n');

describe('a mail that comes in', () => {
  test('from a real mail client becomes an interaction with its customer, text and attachment', async () => {
    const content = Buffer.from([0, 1, 2, 255, 254]);
    await room.client.sendMail({
      messageId: '<client-1@zakaznik.example>',
      from: { name: 'Žofie Černá', address: 'zofie@zakaznik.example' },
      to: room.mailbox,
      subject: 'Přihlášení na schůzku ✓',
      text: 'Dobrý den,\npotvrzuji schůzku.',
      html: '<p>Dobrý den</p>',
      attachments: [{ filename: 'příloha č. 1.bin', content }],
    });
    const message = await byMessageId('<client-1@zakaznik.example>');
    expect(message).toMatchObject({
      subject: 'Přihlášení na schůzku ✓',
      text: 'Dobrý den,\npotvrzuji schůzku.',
      queue_id: room.queueId,
      state: 'QUEUED',
      customer_address: 'zofie@zakaznik.example',
      entry_address: room.mailbox,
    });
    const { interaction } = await room.admin.do<{
      interaction: { customer: { name: string }; messages: { edges: { node: { attachments: unknown[] } }[] } };
    }>(
      'query($id: UUID!) { interaction(id: $id) { customer { name } messages { edges { node { attachments { fileName contentType sizeBytes path } } } } } }',
      { id: message?.interaction_id },
    );
    expect(interaction.customer.name).toBe('Žofie Černá');
    expect(interaction.messages.edges[0]?.node.attachments).toEqual([
      {
        fileName: 'příloha č. 1.bin',
        contentType: 'application/octet-stream',
        sizeBytes: 5,
        path: expect.stringMatching(/^\/attachments\//),
      },
    ]);
  });

  test('twice is kept once; the same Message-ID on other words is kept too, in the same thread', async () => {
    const first = mail('twice@zakaznik.example');
    for (const raw of [first, first]) expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 250 });
    const { interaction_id } = (await byMessageId('<twice@zakaznik.example>')) ?? {};
    expect(await kept('interaction_id = $1', interaction_id)).toHaveLength(1);
    const other = mail('twice@zakaznik.example', [], 'Something else');
    for (const raw of [other, other]) expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 250 });
    expect((await kept('interaction_id = $1', interaction_id)).map(({ text }) => text)).toEqual(['Hello', 'Something else']);
  });

  test('with the words of an earlier one and other files is kept; with the same files in another order it is not', async () => {
    const file = (name: string, content: string): string =>
      `--f\r\nContent-Type: application/pdf; name=${name}\r\nContent-Disposition: attachment\r\n\r\n${content}\r\n`;
    const sent = (...files: string[]): string =>
      mail(
        'files@zakaznik.example',
        ['Content-Type: multipart/mixed; boundary=f'],
        `--f\r\nContent-Type: text/plain\r\n\r\nSee the file\r\n${files.join('')}--f--`,
      );
    const [one, two] = [file('1.pdf', 'January'), file('2.pdf', 'February')];
    for (const raw of [sent(one, two), sent(two, one), sent(one), sent(one), sent(one, file('2.pdf', 'March'))])
      expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 250 });
    const { interaction_id } = (await byMessageId('<files@zakaznik.example>')) ?? {};
    expect(await kept('interaction_id = $1', interaction_id)).toHaveLength(3);
  });

  test('is kept as it came, for whoever may read it, and goes with its message', async () => {
    const raw = mail('original@zakaznik.example', ['Content-Type: text/plain; charset=x-none'], 'P\u00f8\u00edli\u00b9').replace(
      /\n/g,
      '\n',
    );
    expect(await deliver(room.port, Buffer.from(raw, 'latin1'), room.mailbox)).toMatchObject({ code: 250 });
    const { id, interaction_id } = (await byMessageId('<original@zakaznik.example>')) ?? { id: '' };
    const { interaction } = await room.admin.do<{
      interaction: { messages: { edges: { node: { original: { path: string; sizeBytes: number; fileName: string } } }[] } };
    }>('query($id: UUID!) { interaction(id: $id) { messages { edges { node { original { path sizeBytes fileName } } } } } }', {
      id: interaction_id,
    });
    const original = interaction.messages.edges[0]?.node.original;
    expect(original).toMatchObject({ path: `/messages/${id}/original`, fileName: expect.stringMatching(/^mail-[\d-]+\.eml$/) });
    const get = (token: string) => fetch(`${room.test.engine.url}${original?.path}`, { headers: { authorization: `Bearer ${token}` } });
    const answer = await get(room.admin.token);
    const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1');
    expect(bytes.trimEnd()).toBe(raw.trimEnd());
    expect(bytes).toHaveLength(original?.sizeBytes ?? 0);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('attachment; filename="mail-'),
    });
    expect((await get(await room.test.token('WALLBOARD'))).status).toBe(403);
    expect(
      (await fetch(`${room.test.engine.url}/messages/nonsense/original`, { headers: { authorization: `Bearer ${room.admin.token}` } }))
        .status,
    ).toBe(404);
    await room.test.database.query('DELETE FROM messages WHERE id = $1', [id]);
    expect(await room.test.database.query('SELECT 1 FROM mail_originals WHERE message_id = $1', [id])).toEqual([]);
  });

  test('is shown under the name and address of who wrote it, and says who is not the customer', async () => {
    await (await ContactCenter.on(room.test)).agent([], { connected: false, available: false, email: 'jan@firma.example' });
    const from = (id: string, who: string, fields: string[] = []): string =>
      mail(id, ['In-Reply-To: <who-1@zakaznik.example>', ...fields]).replace('Eva <eva@zakaznik.example>', who);
    const first = mail('who-1@zakaznik.example', ['Cc: Petr <petr@zakaznik.example>']);
    const rest = [
      from('who-2@x.example', 'Eva <eva@zakaznik.example>'),
      from('who-3@x.example', 'Eva <eva@zakaznik-platby.example>'),
      from('who-4@x.example', 'Petr <PETR@zakaznik.example>'),
      from('who-5@x.example', 'Jan Kolega <jan@firma.example>'),
      from('who-6@x.example', 'MAILER-DAEMON@mx.example', ['X-Failed-Recipients: nobody@x.example']),
      from('who-7@x.example', 'Somebody <formular@web.example>', ['Reply-To: eva@zakaznik.example']),
    ];
    for (const raw of [first, ...rest]) expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 250 });
    const { interaction_id } = (await byMessageId('<who-1@zakaznik.example>')) ?? {};
    const { interaction } = await room.admin.do<{
      interaction: { messages: { edges: { node: { fromName: string | null; from: string; sender: string } }[] } };
    }>('query($id: UUID!) { interaction(id: $id) { messages { edges { node { fromName from sender } } } } }', { id: interaction_id });
    expect(interaction.messages.edges.map(({ node }) => [node.fromName, node.from, node.sender])).toEqual([
      ['Eva', 'eva@zakaznik.example', 'CUSTOMER'],
      ['Eva', 'eva@zakaznik.example', 'CUSTOMER'],
      ['Eva', 'eva@zakaznik-platby.example', 'STRANGER'],
      ['Petr', 'PETR@zakaznik.example', 'PARTICIPANT'],
      ['Jan Kolega', 'jan@firma.example', 'COLLEAGUE'],
      [null, 'MAILER-DAEMON@mx.example', 'MAIL_SYSTEM'],
      ['Somebody', 'formular@web.example', 'STRANGER'],
    ]);
  });

  test('twice at once is kept once', async () => {
    const raw = mail('race@zakaznik.example');
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(room.port, raw, room.mailbox)));
    expect(answers.map(({ code }) => code)).toEqual([250, 250, 250, 250, 250]);
    expect(await kept('message_id = $1', '<race@zakaznik.example>')).toHaveLength(1);
  });

  test('without a Message-ID is kept once as well', async () => {
    const raw = `From: eva@zakaznik.example\r\nTo: ${room.mailbox}\r\nSubject: No id\r\n\r\nhello`;
    const before = await countInteractions();
    for (let times = 0; times < 2; times += 1) expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 250 });
    expect(await countInteractions()).toBe(before + 1);
  });

  test('joins its thread by In-Reply-To or References, never by its subject', async () => {
    await deliver(room.port, mail('t1@zakaznik.example'), room.mailbox);
    await deliver(room.port, mail('t2@zakaznik.example', ['In-Reply-To: <t1@zakaznik.example>']), room.mailbox);
    await deliver(room.port, mail('t3@zakaznik.example', ['References: <unknown@x> <t2@zakaznik.example> <unknown2@x>']), room.mailbox);
    await deliver(room.port, mail('t4@zakaznik.example'), room.mailbox);
    const [t1, t2, t3, t4] = await Promise.all([1, 2, 3, 4].map((n) => byMessageId(`<t${n}@zakaznik.example>`)));
    expect([t2?.interaction_id, t3?.interaction_id]).toEqual([t1?.interaction_id, t1?.interaction_id]);
    expect(t4?.interaction_id).not.toBe(t1?.interaction_id);
  });

  test('reaches the one that its thread was merged into, and goes back with it', async () => {
    await deliver(room.port, mail('one@zakaznik.example'), room.mailbox);
    await deliver(room.port, mail('two@zakaznik.example'), room.mailbox);
    const [into, from] = [(await byMessageId('<one@zakaznik.example>'))!, (await byMessageId('<two@zakaznik.example>'))!];
    const merging = room.test.engine.app.get(MergingService);
    await merging.merge(ADMIN, { fromId: from.interaction_id, intoId: into.interaction_id, acrossCustomers: false });
    await deliver(room.port, mail('three@zakaznik.example', ['In-Reply-To: <two@zakaznik.example>']), room.mailbox);
    expect(await byMessageId('<three@zakaznik.example>')).toMatchObject({ interaction_id: into.interaction_id });
    await merging.split(ADMIN, { id: from.interaction_id });
    await deliver(room.port, mail('four@zakaznik.example', ['In-Reply-To: <three@zakaznik.example>']), room.mailbox);
    for (const id of ['two', 'three', 'four'])
      expect(await byMessageId(`<${id}@zakaznik.example>`)).toMatchObject({ interaction_id: from.interaction_id, state: 'QUEUED' });
    expect(await byMessageId('<one@zakaznik.example>')).toMatchObject({ interaction_id: into.interaction_id });
  });

  test("opens again what was closed; a machine's answer does not", async () => {
    await deliver(room.port, mail('closed@zakaznik.example'), room.mailbox);
    const { interaction_id } = (await byMessageId('<closed@zakaznik.example>')) ?? {};
    await room.test.database.query("UPDATE interactions SET state = 'CLOSED', closed_at = now() WHERE id = $1", [interaction_id]);
    const away = mail('away@zakaznik.example', ['In-Reply-To: <closed@zakaznik.example>', 'Auto-Submitted: auto-replied']);
    expect(await deliver(room.port, away, room.mailbox)).toMatchObject({ code: 250 });
    expect(await byMessageId('<away@zakaznik.example>')).toMatchObject({ interaction_id, automatic: true, state: 'CLOSED' });
    await deliver(room.port, mail('again@zakaznik.example', ['In-Reply-To: <closed@zakaznik.example>']), room.mailbox);
    expect(await byMessageId('<again@zakaznik.example>')).toMatchObject({ interaction_id, automatic: false, state: 'QUEUED' });
  });

  test('from a machine without a thread is kept in no queue, a notice waits last', async () => {
    for (const name of ['gmail-vacation-cs.eml', 'newsletter.eml']) await deliver(room.port, await fixture(name), room.mailbox);
    expect(await byMessageId('<CAvac@mail.gmail.example>')).toMatchObject({
      state: 'CREATED',
      queue_id: null,
      automatic: true,
      customer_address: null,
    });
    expect(await byMessageId('<news-1@shop.example>')).toMatchObject({ state: 'QUEUED', priority: 0, automatic: true });
  });

  test('with a +tag reaches its mailbox, in any case of letters', async () => {
    expect(await deliver(room.port, mail('tag@zakaznik.example'), 'PODPORA+Faktury@Energie.example')).toMatchObject({ code: 250 });
    expect(await byMessageId('<tag@zakaznik.example>')).toMatchObject({ queue_id: room.queueId, entry_address: room.mailbox });
  });

  test('for a queue that takes no new work is kept all the same', async () => {
    await room.test.database.query('UPDATE queues SET active = false');
    expect(await deliver(room.port, mail('inactive@zakaznik.example'), room.mailbox)).toMatchObject({ code: 250 });
    await room.test.database.query('UPDATE queues SET active = true');
    expect(await byMessageId('<inactive@zakaznik.example>')).toMatchObject({
      state: 'CREATED',
      queue_id: null,
      customer_address: 'eva@zakaznik.example',
    });
  });

  test('in every fixture is kept', async () => {
    for (const name of [
      'outlook-cs-windows-1250.eml',
      'bare-windows-1250.eml',
      'misnamed-iso-8859-2.eml',
      'polish-iso-8859-2.eml',
      'google-group.eml',
      'bounce-postfix.eml',
      'read-receipt.eml',
    ]) {
      expect(await deliver(room.port, await fixture(name), room.mailbox)).toMatchObject({ code: 250 });
    }
    expect(await byMessageId('<bare-1250@seznam.example>')).toMatchObject({
      subject: 'Nejde mi topení, prosím o radu',
      text: expect.stringContaining('Šťastný'),
    });
  });
});

describe('hostile mail', () => {
  test.each([
    ['50,000 parts', 'parts@evil.example', 'Content-Type: multipart/mixed; boundary=x', '--x\r\n\r\nhi\r\n'.repeat(50_000)],
    [
      '3,000 levels',
      'levels@evil.example',
      'Content-Type: multipart/mixed; boundary=b',
      Array.from({ length: 3_000 }, (_, n) => `--b${n || ''}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`).join(''),
    ],
    ['a header of 2 MB', 'header@evil.example', `X-Long: ${'a'.repeat(2_000_000)}`, 'hi'],
  ])('%s: kept as it came, with what its headers say', async (_name, id, field, body) => {
    const raw = mail(id, [field], body);
    expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 250 });
    const [message] = await room.test.database.query<{ size_bytes: number; file_name: string; text: string; subject: string }>(
      'SELECT a.size_bytes, a.file_name, m.text, m.subject FROM messages m JOIN attachments a ON a.message_id = m.id WHERE m.message_id = $1',
      [`<${id}>`],
    );
    expect(message).toMatchObject({ file_name: 'message.eml', subject: 'Dotaz' });
    expect(message?.size_bytes).toBeGreaterThan(raw.length - 10);
  });

  test('one that its reader cannot finish is kept as it came', async () => {
    const parser = room.test.engine.app.get(MailParserService);
    const parse = parser.parse.bind(parser);
    // The real limit is 30 s; what is tried is what happens after it.
    const impatient = jest.spyOn(parser, 'parse').mockImplementation((raw: Uint8Array, limitMs = 200) => parse(raw, limitMs));
    expect(
      await deliver(room.port, mail('slow@evil.example', ['Content-Type: text/html'], '<div>'.repeat(400_000)), room.mailbox),
    ).toMatchObject({ code: 250 });
    impatient.mockRestore();
    expect(await byMessageId('<slow@evil.example>')).toMatchObject({
      subject: 'Dotaz',
      text: expect.stringContaining('message.eml'),
      state: 'QUEUED',
    });
  });

  test('larger than allowed is refused by its announced and by its real size', async () => {
    const conversation = await Conversation.with(room.port);
    expect(await conversation.say('EHLO x')).toMatchObject({ text: expect.stringContaining('SIZE 3000000') });
    expect(await conversation.say('MAIL FROM:<a@b.example> SIZE=3000001')).toMatchObject({ code: 552 });
    const before = await countInteractions();
    expect(
      await conversation.mail(mail('big@evil.example', [], 'x'.repeat(70) + '\r\n'.concat('y'.repeat(3_100_000))), room.mailbox),
    ).toMatchObject({ code: 552 });
    expect(await countInteractions()).toBe(before);
    expect(await conversation.mail(mail('after-big@zakaznik.example'), room.mailbox)).toMatchObject({ code: 250 });
    conversation.vanish();
  });

  test('broken commands and a sender that vanishes leave nothing behind', async () => {
    const before = await countInteractions();
    const half = await Conversation.with(room.port);
    await half.say('MAIL FROM:<a@b.example>');
    await half.say(`RCPT TO:<${room.mailbox}>`);
    await half.say('DATA');
    half.write('From: half\r\n\r\nhalf a mail');
    half.vanish();
    const noise = await Conversation.with(room.port);
    expect((await noise.say('\u0000\u0001garbage')).code).toBeGreaterThanOrEqual(500);
    expect((await noise.say('MAIL FROM:<<>>')).code).toBeGreaterThanOrEqual(500);
    noise.vanish();
    expect(await deliver(room.port, mail('still@zakaznik.example'), room.mailbox)).toMatchObject({ code: 250 });
    expect(await countInteractions()).toBe(before + 1);
  });
});

describe('the listener', () => {
  test('relays for nobody and takes no more than 50 recipients', async () => {
    const conversation = await Conversation.with(room.port);
    await conversation.say('MAIL FROM:<a@b.example>');
    expect(await conversation.say('RCPT TO:<somebody@elsewhere.example>')).toMatchObject({ code: 550 });
    const codes: number[] = [];
    for (let n = 0; n <= 50; n += 1) codes.push((await conversation.say(`RCPT TO:<podpora+${n}@energie.example>`)).code);
    expect(codes.slice(0, 50).every((code) => code === 250)).toBe(true);
    expect(codes[50]).toBe(452);
    expect(await conversation.data(mail('fifty@zakaznik.example'))).toMatchObject({ code: 250 });
    conversation.vanish();
    expect(await kept('message_id = $1', '<fifty@zakaznik.example>')).toHaveLength(1);
  });

  test('asks to try again while the database is away, and loses nothing', async () => {
    const raw = mail('outage@zakaznik.example');
    const conversation = await Conversation.with(room.port);
    await conversation.say('MAIL FROM:<a@b.example>');
    await conversation.say(`RCPT TO:<${room.mailbox}>`);
    await road.blocked(async () => {
      expect(await conversation.data(raw)).toMatchObject({ code: 451 });
      expect(await deliver(room.port, raw, room.mailbox)).toMatchObject({ code: 451 });
    });
    expect(await byMessageId('<outage@zakaznik.example>')).toBeUndefined();
    expect(await conversation.mail(raw, room.mailbox)).toMatchObject({ code: 250 });
    conversation.vanish();
    expect(await byMessageId('<outage@zakaznik.example>')).toBeDefined();
  });

  test('a mail with 1.5 MB of attachment is whole when it is fetched, by those who may', async () => {
    const content = Buffer.alloc(1_500_000, 7);
    await room.client.sendMail({
      messageId: '<file@zakaznik.example>',
      from: 'a@b.example',
      to: room.mailbox,
      subject: 'f',
      text: 't',
      attachments: [{ filename: 'smlouva č. 5 "kopie".html', contentType: 'text/html', content }],
    });
    const [{ id }] = (await room.test.database.query<{ id: string }>(
      "SELECT a.id FROM attachments a JOIN messages m ON m.id = a.message_id WHERE m.message_id = '<file@zakaznik.example>'",
    )) as [{ id: string }];
    const get = (token?: string) =>
      fetch(`${room.test.engine.url}/attachments/${id}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
    const answer = await get(await room.test.token('SUPERVISOR'));
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, max-age=3600',
      'content-disposition': 'attachment; filename="smlouva c. 5 _kopie_.html"; filename*=UTF-8\'\'smlouva%20%C4%8D.%205%20_kopie_.html',
    });
    expect((await get()).status).toBe(401);
    const forbidden = await get(await room.test.token('WALLBOARD'));
    expect([forbidden.status, ((await forbidden.json()) as { error: { code: string } }).error.code]).toEqual([403, 'FORBIDDEN']);
    expect(
      (await fetch(`${room.test.engine.url}/attachments/nonsense`, { headers: { authorization: `Bearer ${room.admin.token}` } })).status,
    ).toBe(404);
  });

  test('a stop commits what was taken in whole, and ends though a client stays', async () => {
    const second = await startMailroom({}, room.test.database);
    const idle = await Conversation.with(second.port);
    const busy = await Conversation.with(second.port);
    const answer = busy.mail(mail('stop@zakaznik.example', [], 'x\r\n'.repeat(200_000)), second.mailbox);
    await until('the mail to be taken in', async () => (await byMessageId('<stop@zakaznik.example>')) !== undefined, 20_000);
    await second.stop();
    expect((await answer).code).toBe(250);
    idle.vanish();
    busy.vanish();
  });
});
