/** The ways out: one click of a mail program (RFC 8058), and STOP as a message (C7). */
import { simpleParser } from 'mailparser';
import { UnsubscribeService } from '../../src/consents/unsubscribe.service.js';
import { startMailroom, startOutside, type Mailroom, type Outside } from '../intake/support.js';
import { ContactCenter } from '../support/contact-center.js';
import { key } from '../support/engine.js';
import { until } from '../support/until.js';

let outside: Outside;
let room: Mailroom;
let center: ContactCenter;
let count = 0;

beforeAll(async () => {
  outside = await startOutside();
  room = await startMailroom({ SMTP_URL: outside.url });
  center = await ContactCenter.on(room.test);
  await center.agent([room.queueId], { capacity: 1_000 });
});
afterAll(async () => {
  await room.stop();
  await outside.stop();
});

const address = (set: string) => center.admin.do(`mutation { updateSignInSettings(input: { address: ${set} }) { settings { address } } }`);
/** As long as addresses may be. */
const fresh = (): string => `eva${(count += 1)}.${'x'.repeat(50)}@${'y'.repeat(60)}.${'z'.repeat(60)}.example.org`;

/** A survey by mail, in somebody's hands. */
async function survey(to: string, purpose: string): Promise<string> {
  const id = await center.open(room.queueId, { customerAddress: to }, 'EMAIL');
  const offerId = await until('an offer', async () => {
    const rows = await room.test.database.query<{ id: string; agent_id: string }>(
      "SELECT id FROM offers WHERE interaction_id = $1 AND state = 'PENDING'",
      [id],
    );
    return rows[0]?.id;
  });
  await center.intake.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offerId });
  const { sendMessage } = await center.admin.do<{ sendMessage: { message: { id: string } } }>(
    'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
    { input: { idempotencyKey: key(), interactionId: id, text: 'How did we do?', purpose } },
  );
  return sendMessage.message.id;
}
const settled = (id: string) =>
  until('the outcome', async () => {
    const [row] = await room.test.database.query<{ delivery: string; code: string | null }>(
      "SELECT delivery::text, delivery_told->>'code' AS code FROM messages WHERE id = $1",
      [id],
    );
    return row?.delivery !== 'PENDING' && row;
  });

const ask = async (args: Record<string, unknown>): Promise<boolean> =>
  (
    await center.admin.do<{ mayContact: { allowed: boolean } }>(
      'query($address: Address, $channel: Channel!, $purpose: ContactPurpose!) { mayContact(address: $address, channel: $channel, purpose: $purpose) { allowed } }',
      { channel: 'EMAIL', purpose: 'SURVEY', ...args },
    )
  ).mayContact.allowed;
const at = (path: string, init: RequestInit = {}) => fetch(`${room.test.engine.url}${path}`, init);
const linkTo = (to: string): string =>
  `/unsubscribe?t=${room.test.engine.app.get(UnsubscribeService, { strict: false }).tokenFor({ address: to, purpose: 'SURVEY' })}`;

test('a survey leaves with both headers where the center has an https address, an answer without, and no survey without a way out', async () => {
  const to = fresh();
  await address('null');
  expect(await settled(await survey(to, 'SURVEY'))).toEqual({ delivery: 'FAILED', code: 'MAIL_NO_UNSUBSCRIBE' });
  await address('"https://center.example"');
  await settled(await survey(to, 'SURVEY'));
  const mail = await simpleParser(outside.received.at(-1) ?? '');
  const [, path = ''] =
    /^List-Unsubscribe: <https:\/\/center\.example(\/unsubscribe\?t=[\w-]+)>\r?$/im.exec(
      (outside.received.at(-1) ?? '').replace(/\r?\n[ \t]+/g, ' ').replace(/: +</g, ': <'),
    ) ?? [];
  expect(outside.received.at(-1)).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  expect(mail.text?.trim()).toBe('How did we do?');
  const answer = await at(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toBeNull();
  expect(await ask({ address: to })).toBe(false);
  expect(await ask({ address: to, purpose: 'SERVICE' })).toBe(true);
  await settled(await survey(to, 'SERVICE'));
  expect(outside.received.at(-1)).not.toContain('List-Unsubscribe');
  expect(await settled(await survey(to, 'SURVEY'))).toEqual({ delivery: 'FAILED', code: 'CONTACT_BARRED' });
}, 60_000);

test('whoever only looks changes nothing, and sees what the button does, in the reader’s language', async () => {
  const to = fresh();
  const page = await at(linkTo(to), { headers: { 'accept-language': 'cs-CZ,cs;q=0.9,en;q=0.5' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toContain('text/html');
  const html = await page.text();
  expect(html).toContain('<html lang="cs">');
  expect(html).toContain(`průzkumy na ${to}`);
  expect(html.match(/<button>/g)).toHaveLength(1);
  await at(linkTo(to), { method: 'HEAD' });
  expect(await ask({ address: to })).toBe(true);
});

test('a click said twice is one entry, as either kind of form', async () => {
  const to = fresh();
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  for (const body of [form, new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), form])
    expect((await at(linkTo(to), { method: 'POST', body })).status).toBe(200);
  expect(await room.test.database.query('SELECT reason::text FROM do_not_contact WHERE address = $1', [to])).toEqual([
    { reason: 'UNSUBSCRIBED' },
  ]);
});

test('a link that was changed or made up does nothing', async () => {
  const to = fresh();
  const link = linkTo(to);
  const other = link.at(-8) === 'A' ? 'B' : 'A';
  for (const wrong of [
    `${link.slice(0, -8)}${other}${link.slice(-7)}`,
    link.slice(0, -20),
    '/unsubscribe?t=x',
    '/unsubscribe',
    `/unsubscribe?t=${Buffer.from(JSON.stringify([to, 'SURVEY'])).toString('base64url')}`,
  ]) {
    expect({ wrong, status: (await at(wrong, { method: 'POST' })).status }).toEqual({ wrong, status: 404 });
    expect((await at(wrong)).status).toBe(404);
  }
  expect(await ask({ address: to })).toBe(true);
  expect((await at('/graphql', { method: 'POST', body: new FormData() })).status).toBe(415);
});

test('STOP as an SMS takes marketing and surveys back there, with a note; START gives them back; talk on a page does neither', async () => {
  const number = `+420604${String(100_000 + (count += 1))}`;
  const says = async (id: string, text: string) =>
    center.intake.do('mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }', {
      input: { idempotencyKey: key(), interactionId: id, text },
    });
  const notes = (id: string) =>
    room.test.database.query<{ text: string }>('SELECT text FROM messages WHERE interaction_id = $1 AND internal ORDER BY id', [id]);
  const sms = await center.open(null, { customerAddress: number }, 'SMS');
  await says(sms, 'Odhlásit!');
  expect(await ask({ address: number, channel: 'SMS' })).toBe(false);
  expect(await ask({ address: number, channel: 'SMS', purpose: 'SERVICE' })).toBe(true);
  expect(await ask({ address: number, channel: 'VOICE' })).toBe(true);
  await says(sms, 'start');
  expect(await ask({ address: number, channel: 'SMS' })).toBe(true);
  await says(sms, 'START');
  expect((await notes(sms)).map(({ text }) => text.split(' ')[2])).toEqual(['takes', 'gives']);
  const events = await room.test.database.query<{ type: string }>(
    "SELECT type FROM events WHERE type LIKE 'do_not_contact.%' ORDER BY seq DESC LIMIT 2",
  );
  expect(events.map(({ type }) => type)).toEqual(['do_not_contact.ended', 'do_not_contact.added']);
  const chat = await center.open(null, { customerAddress: 'visitor-17' }, 'CHAT');
  await says(chat, 'STOP');
  expect(await notes(chat)).toEqual([]);
});
