/** SLA clocks through the API on a real database, with the engine's clock moved by hand. One center for all tests of a file. */
import { Clock } from '../../src/platform/clock.js';
import type { Channel } from '../../src/platform/generated/graphql.js';
import { PoliciesService } from '../../src/sla/policies.service.js';
import { SweepService } from '../../src/sla/sweep.service.js';
import { ContactCenter, type Person } from './contact-center.js';
import { key, startTestEngine, type TestEngine } from './engine.js';
import { until } from './until.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export let test: TestEngine;
export let center: ContactCenter;
/** What the engine takes for now, in milliseconds since the epoch; it runs on from there. */
let offset = 0;

/** Called before all tests of a file: the engine, and what they ask of it. */
export async function startClockCenter(): Promise<void> {
  test = await startTestEngine();
  center = await ContactCenter.on(test);
  test.engine.app.get(Clock).now = () => new Date(now());
  // What a rung does is the rules' business; here it only has to be reached.
  test.engine.app.get(PoliciesService).checkActionsWith((actions) => Promise.resolve(actions));
}

export const stopClockCenter = (): Promise<void> => test.stop();

export const now = (): number => Date.now() + offset;
export const pass = (ms: number): void => void (offset += ms);
export const startAt = (iso: string): void => void (offset = Date.parse(iso) - Date.now());

interface ClockSeen {
  id: string;
  startedAt: string;
  kind: string;
  state: string;
  matched: string | null;
  targetSeconds: number;
  usedSeconds: number;
  dueAt: string | null;
  pausedIn: string | null;
  counting: boolean;
  countsFrom: string | null;
  warnedAt: string | null;
  breachedAt: string | null;
  atRisk: boolean;
  late: boolean;
  rung: number;
  rungs: number;
  nextRungAt: string | null;
  policyVersion: number;
  calendar: { name: string } | null;
}

const CLOCK = `id startedAt kind state matched targetSeconds usedSeconds dueAt pausedIn counting countsFrom warnedAt breachedAt atRisk late rung rungs nextRungAt policyVersion calendar { name }`;

export async function clocks(id: string, kind?: string): Promise<ClockSeen[]> {
  const { interaction } = await center.admin.do<{ interaction: { clocks: ClockSeen[] } }>(
    `query($id: UUID!) { interaction(id: $id) { clocks { ${CLOCK} } } }`,
    { id },
  );
  return interaction.clocks.filter((clock) => !kind || clock.kind === kind);
}

export async function last(id: string, kind: string): Promise<ClockSeen> {
  const clock = (await clocks(id, kind)).at(-1);
  if (!clock) throw new Error(`There is no ${kind} clock.`);
  return clock;
}

export const due = async (id: string, kind: string): Promise<number> => Date.parse((await last(id, kind)).dueAt ?? '');

export async function policy(milestones: Record<string, unknown>[], calendarId: string | null = null): Promise<string> {
  const { createSlaPolicy } = await center.admin.do<{ createSlaPolicy: { slaPolicy: { id: string } } }>(
    'mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) { slaPolicy { id } } }',
    { input: { idempotencyKey: key(), name: `Policy ${key()}`, calendarId, milestones } },
  );
  return createSlaPolicy.slaPolicy.id;
}

export const queueWith = async (milestones: Record<string, unknown>[], calendarId: string | null = null): Promise<string> =>
  center.queue({ slaPolicyId: await policy(milestones, calendarId) });

export async function calendar(input: Record<string, unknown>): Promise<string> {
  const { createBusinessCalendar } = await center.admin.do<{ createBusinessCalendar: { businessCalendar: { id: string } } }>(
    'mutation($input: CreateBusinessCalendarInput!) { createBusinessCalendar(input: $input) { businessCalendar { id } } }',
    { input: { idempotencyKey: key(), name: `Calendar ${key()}`, timeZone: 'Europe/Prague', ...input } },
  );
  return createBusinessCalendar.businessCalendar.id;
}

export async function vip(): Promise<string> {
  const { createCustomer } = await center.admin.do<{ createCustomer: { customer: { id: string } } }>(
    'mutation($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { idempotencyKey: key(), name: 'Vilém Important', tier: 'VIP' } },
  );
  return createCustomer.customer.id;
}

export async function accepted(queueId: string, channel: Channel = 'SOCIAL'): Promise<{ id: string; agent: Person }> {
  const agent = await center.agent([queueId]);
  const id = await center.open(queueId, { customerAddress: `somebody-${key()}` }, channel);
  const offer = await until('an offer', () => agent.work.items.at(-1)?.myWork.offers.find(({ interaction }) => interaction.id === id));
  await agent.client.do('mutation($id: UUID!) { acceptOffer(id: $id) { offer { state } } }', { id: offer.id });
  return { id, agent };
}

export const put = (id: string, slaPolicyId: string | null) =>
  center.admin.do('mutation($input: SetInteractionSlaPolicyInput!) { setInteractionSlaPolicy(input: $input) { interaction { id } } }', {
    input: { id, slaPolicyId },
  });
export const transfer = (id: string, queueId: string) =>
  center.admin.do('mutation($input: TransferInteractionInput!) { transferInteraction(input: $input) { interaction { id } } }', {
    input: { id, queueId },
  });
export const reopen = (id: string) =>
  center.admin.do('mutation($input: ReopenInteractionInput!) { reopenInteraction(input: $input) { interaction { state } } }', {
    input: { id },
  });
export const FORESEEN = 'clocks staying moving ending switchedOff beginning breaching';
export type Foreseen = Record<'clocks' | 'staying' | 'moving' | 'ending' | 'switchedOff' | 'beginning' | 'breaching', number>;
/** Changes a policy, after seeing that the preview of the change says what moving its clocks would do then, and saves nothing. */
export async function updatePolicy(id: string, milestones: Record<string, unknown>[]): Promise<void> {
  const input = { id, milestones };
  const asked = `query($id: UUID!) { slaPolicies { id version } previewSlaMigration(policyId: $id) { ${FORESEEN} } }`;
  const before = await center.admin.do<object>(asked, { id });
  const { previewSlaPolicyUpdate } = await center.admin.do<{ previewSlaPolicyUpdate: Foreseen }>(
    `query($input: UpdateSlaPolicyInput!) { previewSlaPolicyUpdate(input: $input) { ${FORESEEN} } }`,
    { input },
  );
  expect(await center.admin.do<object>(asked, { id })).toEqual(before);
  await center.admin.do('mutation($input: UpdateSlaPolicyInput!) { updateSlaPolicy(input: $input) { slaPolicy { version } } }', { input });
  const { previewSlaMigration } = await center.admin.do<{ previewSlaMigration: Foreseen }>(asked, { id });
  expect(previewSlaPolicyUpdate).toEqual(previewSlaMigration);
}
/** Moves a policy's clocks, after seeing that the preview says the same. */
export async function migrate(id: string): Promise<Foreseen> {
  const { previewSlaMigration } = await center.admin.do<{ previewSlaMigration: Foreseen }>(
    `query($id: UUID!) { previewSlaMigration(policyId: $id) { ${FORESEEN} } }`,
    { id },
  );
  const { migrateSlaClocks } = await center.admin.do<{ migrateSlaClocks: Foreseen }>(
    `mutation($id: UUID!) { migrateSlaClocks(policyId: $id) { ${FORESEEN} } }`,
    { id },
  );
  expect(migrateSlaClocks).toEqual(previewSlaMigration);
  return migrateSlaClocks;
}
export const step = (verb: string, id: string) =>
  center.admin.do(`mutation($id: UUID!) { ${verb}(id: $id) { interaction { state } } }`, { id });
export const answer = (id: string) =>
  center.admin.do('mutation($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId: id, text: 'We are at it.' },
  });
export const customerWrites = (id: string) =>
  center.intake.do('mutation($input: AddCustomerMessageInput!) { addCustomerMessage(input: $input) { message { id } } }', {
    input: { idempotencyKey: key(), interactionId: id, text: 'And now?' },
  });
export const close = async (id: string) =>
  center.admin.do('mutation($input: CloseInteractionInput!) { closeInteraction(input: $input) { interaction { state } } }', {
    input: { id, dispositionId: await center.disposition() },
  });
/** Until nothing is due: the engine's own sweep may have some of it in hand. */
export const sweep = (): Promise<true> =>
  until('the sweep', async () => {
    await test.engine.app.get(SweepService).sweep();
    const [row] = await test.database.query<{ n: number }>('SELECT count(*)::int AS n FROM sla_clocks WHERE fire_at <= $1', [
      new Date(now()),
    ]);
    return row?.n === 0;
  });
export const told = async (id: string): Promise<string[]> =>
  (
    await test.database.query<{ what: string }>(
      `SELECT type || coalesce(' ' || (facts->>'rung'), '') AS what FROM events WHERE subject_id = $1 AND type LIKE 'sla.%' ORDER BY seq`,
      [id],
    )
  ).map(({ what }) => what);

/** The clock goes on while a test runs, on a busy machine for many seconds; what a wrong promise differs by is minutes. */
export const near = (time: number, expected: number): void => {
  expect(Math.abs(time - expected)).toBeLessThan(2 * MINUTE);
};
