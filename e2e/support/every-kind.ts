/** One record of every kind that the console has a page for, in a contact center that is empty so far. */
import { randomUUID } from 'node:crypto';
import { until } from '../../plugin/test/support/until.js';
import type { Api } from './patchbay.js';

const WORKING_DAYS = [1, 2, 3, 4, 5];

export interface EveryKind {
  agentToken: string;
}

/**
 * Its names are Czech and long: they fit or break as an energy company's do, and no word of the product is among them.
 *
 * @param hook where the rule's webhook goes
 */
export async function makeEveryKind(admin: Api, hook: string): Promise<EveryKind> {
  const make = async (mutation: string, field: string, input: Record<string, unknown>): Promise<string> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
      `mutation($input: ${type}!) { ${mutation}(input: $input) { ${field} { id } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return answer[mutation]?.[field]?.id ?? '';
  };
  const skillId = await make('createSkill', 'skill', { name: 'Němčina na úrovni rodilého mluvčího', category: 'Jazyky' });
  const teamId = await make('createTeam', 'team', { name: 'Vyúčtování a zálohy, ranní směna' });
  const calendarId = await make('createBusinessCalendar', 'businessCalendar', {
    name: 'Zákaznické centrum Praha',
    timeZone: 'Europe/Prague',
    intervals: WORKING_DAYS.map((weekday) => ({ weekday, from: '08:00', to: '18:00' })),
    holidays: { country: 'CZ' },
    ownDays: [{ date: '2030-12-31', name: 'Silvestr', intervals: [{ from: '08:00', to: '12:00' }] }],
  });
  const policyId = await make('createSlaPolicy', 'slaPolicy', {
    name: 'Domácnosti, písemné reklamace',
    calendarId,
    milestones: [
      {
        kind: 'FIRST_RESPONSE',
        targetSeconds: 14_400,
        targets: [{ targetSeconds: 3_600, tiers: ['VIP'] }],
        escalation: [{ afterSeconds: 900, actions: [{ type: 'set-priority', settings: { by: 10 } }] }],
      },
      { kind: 'RESOLUTION', targetSeconds: 86_400 },
    ],
  });
  const queueId = await make('createQueue', 'queue', {
    name: 'Reklamace vyúčtování elektřiny',
    department: 'Péče o zákazníky',
    skills: [{ skillId, minLevel: 3 }],
    slaPolicyId: policyId,
    calendarId,
  });
  const agentId = await make('createAgent', 'agent', {
    name: 'Bohumila Dvořáková-Svobodová',
    email: 'bohumila.dvorakova.svobodova@energetika.example',
    teamId,
    skills: [{ skillId, level: 4 }],
  });
  await admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
    input: { queueId, agentId },
  });
  await make('createEntryPoint', 'entryPoint', { channel: 'EMAIL', address: 'reklamace@energetika.example', queueId });
  await make('createIntakeSource', 'intakeSource', { name: 'Ústředna v Brně' });
  await make('createAutomationRule', 'automationRule', {
    name: 'Reklamace nad sto tisíc přednostně',
    active: true,
    trigger: { events: ['interaction.opened'] },
    condition: 'interaction.priority < 90',
    actions: [
      { type: 'set-priority', settings: { by: 10 } },
      { type: 'call-webhook', settings: { url: hook, secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` } },
    ],
  });
  await admin.do('mutation($input: InviteUserInput!) { inviteUser(input: $input) { user { id } } }', {
    input: {
      idempotencyKey: randomUUID(),
      name: 'Jaroslava Procházková',
      email: 'jaroslava.prochazkova@energetika.example',
      role: 'SUPERVISOR',
    },
  });
  const { createToken } = await admin.do<{ createToken: { secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    { input: { idempotencyKey: randomUUID(), name: 'Pracovní stůl', role: 'AGENT', agentId } },
  );
  await make('createCustomer', 'customer', {
    name: 'Eva Malá',
    identities: [{ kind: 'EMAIL', value: 'eva.mala@domacnost.example' }],
  });
  for (const subject of ['Nesouhlasím s vyúčtováním elektřiny za poslední čtvrtletí', 'Přepis odběrného místa'])
    await make('openInteraction', 'interaction', { channel: 'EMAIL', queueId, customerAddress: 'eva.mala@domacnost.example', subject });
  await until('the rule ran and its webhook was tried', async () => {
    const { webhookDeliveries } = await admin.do<{ webhookDeliveries: { edges: object[] } }>('{ webhookDeliveries { edges { cursor } } }');
    return webhookDeliveries.edges.length === 2;
  });
  return { agentToken: createToken.secret };
}
