/** Nothing leaves against what customers said: over random words, entries and messages, and of what waited before it left (C7). */
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { Commands, type Actor } from '../../src/platform/commands.js';
import { uuidv7 } from '../../src/platform/ids.js';
import { MessagesService } from '../../src/interactions/messages.service.js';
import { startMailroom, startOutside, type Mailroom, type Outside } from '../intake/support.js';
import { ContactCenter, type Person } from '../support/contact-center.js';
import { key } from '../support/engine.js';
import { until } from '../support/until.js';

let outside: Outside;
let room: Mailroom;
let center: ContactCenter;
let agent: Person;
let count = 0;

beforeAll(async () => {
  outside = await startOutside();
  room = await startMailroom({ SMTP_URL: outside.url, AUTO_REPLIES_PER_DAY: '10000' });
  center = await ContactCenter.on(room.test);
  await center.admin.do('mutation { updateSignInSettings(input: { address: "https://center.example" }) { settings { address } } }');
  agent = await center.agent([room.queueId], { capacity: 10_000 });
});
afterAll(async () => {
  await room.stop();
  await outside.stop();
});
beforeEach(() => {
  outside.refuse = null;
});

type Purpose = 'SERVICE' | 'MARKETING' | 'SURVEY';
type Channel = 'EMAIL' | 'SMS';
interface Someone {
  customerId: string;
  address: Record<Channel, string>;
  interactionId: Record<Channel, string>;
}

/** A customer with an interaction on each channel, which the agent has in hand. */
async function someone(): Promise<Someone> {
  count += 1;
  const address = { EMAIL: `person${count}@example.org`, SMS: `+420603${String(100_000 + count)}` };
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    {
      input: {
        idempotencyKey: key(),
        name: `Person ${count}`,
        identities: [
          { kind: 'EMAIL', value: address.EMAIL },
          { kind: 'PHONE', value: address.SMS },
        ],
      },
    },
  );
  const customerId = createCustomer.customer.id;
  const held = async (channel: Channel): Promise<string> => {
    const id = await center.open(room.queueId, { customerId, customerAddress: address[channel] }, channel);
    const offerId = await until('an offer', async () => {
      const rows = await room.test.database.query<{ id: string }>("SELECT id FROM offers WHERE interaction_id = $1 AND state = 'PENDING'", [
        id,
      ]);
      return rows[0]?.id;
    });
    await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { id } } }', { id: offerId });
    return id;
  };
  return { customerId, address, interactionId: { EMAIL: await held('EMAIL'), SMS: await held('SMS') } };
}

interface Sent extends Record<string, unknown> {
  delivery: string;
  told: { code: string } | null;
}
const row = async (id: string): Promise<Sent> =>
  (await room.test.database.query<Sent>('SELECT delivery::text, delivery_told AS told, sent_at FROM messages WHERE id = $1', [id]))[0]!;

async function send(interactionId: string, text: string, purpose?: Purpose, cc: string[] = []): Promise<string> {
  const { sendMessage } = await agent.client.do<{ sendMessage: { message: { id: string } } }>(
    'mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
    { input: { idempotencyKey: key(), interactionId, text, purpose, ...(cc.length > 0 && { cc }) } },
  );
  return sendMessage.message.id;
}

const RULE: Actor = { kind: 'RULE', role: null, id: uuidv7(), agentId: null, name: 'Receipt' };
async function answerByRule(interactionId: string, text: string, purpose: Purpose): Promise<string> {
  const id = uuidv7();
  const { app } = room.test.engine;
  await app.get(Commands).run(RULE, (command) => app.get(MessagesService).sendWithin(command, id, interactionId, text, { purpose }));
  return id;
}

const say = (customerId: string, set: Record<string, unknown>) =>
  center.admin.do('mutation($input: RecordConsentInput!) { recordConsent(input: $input) { consent { id } } }', {
    input: { idempotencyKey: key(), customerId, source: 'CALL', ...set },
  });
async function bar(input: Record<string, unknown>): Promise<string> {
  const { addDoNotContact } = await center.admin.do<{ addDoNotContact: { entries: { id: string }[] } }>(
    'mutation($input: AddDoNotContactInput!) { addDoNotContact(input: $input) { entries { id } } }',
    { input: { reason: 'CUSTOMER_ASKED', ...input } },
  );
  return addDoNotContact.entries[0]!.id;
}
const unbar = (id: string) =>
  center.admin.do('mutation($input: EndDoNotContactInput!) { endDoNotContact(input: $input) { entry { id } } }', { input: { id } });

const PURPOSES = ['SERVICE', 'MARKETING', 'SURVEY'] as const;
const CHANNELS = ['EMAIL', 'SMS'] as const;
const scope = fc.constantFrom(null, ...CHANNELS);
const steps = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('say' as const), channel: scope, purpose: fc.constantFrom(...PURPOSES), given: fc.boolean() }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('bar' as const),
        channel: scope,
        purposes: fc.subarray([...PURPOSES], { minLength: 1 }),
        byAddress: fc.option(fc.constantFrom(...CHANNELS)),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unbar' as const) }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('send' as const),
        channel: fc.constantFrom(...CHANNELS),
        purpose: fc.constantFrom(...PURPOSES),
        byRule: fc.boolean(),
      }),
    },
  ),
  { minLength: 4, maxLength: 14 },
);

test('nothing leaves against consents and entries, whatever was said before, and all that may leave does', async () => {
  /** By its words: whether each message may leave. */
  const allowed = new Map<string, boolean>();
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const person = await someone();
      const words: { channel: Channel | null; purpose: Purpose; given: boolean }[] = [];
      let entries: { id: string; channel: Channel | null; purposes: Purpose[]; address: Channel | null }[] = [];
      const mayLeave = (channel: Channel, purpose: Purpose): boolean => {
        for (const entry of entries)
          if (entry.purposes.includes(purpose) && (entry.channel ?? channel) === channel && (entry.address ?? channel) === channel)
            return false;
        if (purpose === 'SERVICE') return true;
        const said = words.map((one, at) => ({ ...one, at })).filter((one) => one.purpose === purpose);
        const own = said.findLast((one) => one.channel === channel);
        const general = said.findLast((one) => one.channel === null);
        const given = own && general && general.at > own.at ? own.given && general.given : (own ?? general)?.given;
        return purpose === 'SURVEY' ? given !== false : given === true;
      };
      for (const step of script) {
        if (step.do === 'say') {
          const { channel, purpose, given } = step;
          await say(person.customerId, { channel, purpose, state: given ? 'GIVEN' : 'WITHDRAWN' });
          words.push({ channel, purpose, given });
        } else if (step.do === 'bar') {
          const { channel, purposes, byAddress: address } = step;
          const whom = address ? { addresses: [person.address[address]] } : { customerId: person.customerId };
          const id = await bar({ channel: address && channel !== null ? address : channel, purposes, ...whom });
          entries.push({ id, channel: address && channel !== null ? address : channel, purposes, address });
        } else if (step.do === 'unbar') {
          const last = entries.at(-1);
          if (last) await unbar(last.id);
          entries = entries.filter((entry) => entry.id !== last?.id);
        } else {
          const text = `message ${(count += 1)}.`;
          const { channel, purpose, byRule } = step;
          const may = mayLeave(channel, purpose);
          allowed.set(text, may);
          const id = await (byRule ? answerByRule : send)(person.interactionId[channel], text, purpose);
          const { delivery, told, sent_at } = await row(id);
          if (!may)
            expect({ delivery, sent_at, code: told?.code.split('_')[0] }).toEqual({ delivery: 'FAILED', sent_at: null, code: 'CONTACT' });
          else if (channel === 'SMS') expect(delivery).toBe('SENT');
          else await until('the mail', async () => (await row(id)).delivery === 'SENT');
        }
      }
    }),
    { numRuns: 25 },
  );
  const left = await Promise.all(outside.received.map(async (raw) => (await simpleParser(raw)).text?.trim() ?? ''));
  expect(left.filter((text) => allowed.get(text) === false)).toEqual([]);
  expect([...new Set(allowed.values())].sort()).toEqual([false, true]);
}, 240_000);

test('a mail that waited is asked about once more before it leaves', async () => {
  const { interactionId, address } = await someone();
  outside.refuse = { responseCode: 451, message: '4.7.1 Greylisted' };
  const id = await send(interactionId.EMAIL, 'This waits.');
  await until('the delay', async () => (await row(id)).told?.code === 'MAIL_REFUSED');
  await bar({ addresses: [address.EMAIL], purposes: ['SERVICE'], reason: 'DISPUTE' });
  const before = outside.received.length;
  outside.refuse = null;
  await until('the refusal', async () => (await row(id)).delivery === 'FAILED');
  expect(await row(id)).toMatchObject({ told: { code: 'CONTACT_BARRED' }, sent_at: null });
  expect(outside.received).toHaveLength(before);
});

test('nobody in copy gets what they may not get', async () => {
  const { interactionId } = await someone();
  await bar({ addresses: ['copied@example.org'], purposes: ['SERVICE'] });
  const id = await send(interactionId.EMAIL, 'To both.', 'SERVICE', ['copied@example.org']);
  expect(await row(id)).toMatchObject({ delivery: 'FAILED', told: { code: 'CONTACT_BARRED' } });
  const alone = await send(interactionId.EMAIL, 'To one.');
  await until('the mail', async () => (await row(alone)).delivery === 'SENT');
});

test('what was refused stops no clock and tells that it failed', async () => {
  const { interactionId } = await someone();
  const id = await send(interactionId.SMS, 'Buy now', 'MARKETING');
  const events = await room.test.database.query<{ type: string }>("SELECT type FROM events WHERE facts->>'messageId' = $1", [id]);
  expect(events.map(({ type }) => type)).toEqual(['interaction.message_failed']);
});

test('nobody is called who may not be, but a call that was made is taken note of', async () => {
  const { customerId, address } = await someone();
  const OPEN = 'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }';
  const call = (set: Record<string, unknown> = {}) => ({
    input: { idempotencyKey: key(), channel: 'VOICE', direction: 'OUTBOUND', customerId, customerAddress: address.SMS, ...set },
  });
  await agent.client.do(OPEN, call());
  const { errors } = await agent.client.ask(OPEN, call({ purpose: 'MARKETING' }));
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'REFUSED', facts: { why: { code: 'CONTACT_NO_CONSENT' } } });
  await bar({ addresses: [address.SMS], channel: 'VOICE', purposes: ['SERVICE'] });
  expect((await agent.client.ask(OPEN, call())).errors?.[0]?.extensions).toMatchObject({ facts: { why: { code: 'CONTACT_BARRED' } } });
  await center.intake.do(OPEN, call());
  await agent.client.do(OPEN, call({ direction: 'INBOUND' }));
});
