/**
 * A contact center that has much to do: some agents, two queues with short promises, four channels. Everything in
 * progress weighs the same while it waits for the customer, so that what an agent holds may never exceed their size,
 * not even for a moment between two events.
 */
import { randomUUID } from 'node:crypto';
import { Api, presenceStatus } from './patchbay.js';

export interface BusyCenter {
  adminToken: string;
  intakeToken: string;
  wallToken: string;
  queueIds: string[];
  dispositionId: string;
  availableId: string;
  agents: { id: string; token: string }[];
}

export const CHANNELS = { VOICE: 100, CHAT: 40, EMAIL: 50, SMS: 30 } as const;
export const INTERRUPTIBLE = ['EMAIL'];
export const CAPACITY = 100;
export const MAILBOX = 'service@energie.example';

export async function busyCenter(url: string, adminToken: string, wallToken: string, agents = 8): Promise<BusyCenter> {
  const admin = new Api(url, adminToken);
  const make = async (name: string, field: string, input: Record<string, unknown>): Promise<string> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
      `mutation($input: ${type}!) { ${name}(input: $input) { ${field} { id } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return answer[name]?.[field]?.id ?? '';
  };
  const token = async (role: string, agentId?: string): Promise<string> => {
    const answer = await admin.do<{ createToken: { secret: string } }>(
      'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
      { input: { idempotencyKey: randomUUID(), name: role.toLowerCase(), role, agentId } },
    );
    return answer.createToken.secret;
  };
  for (const [channel, weight] of Object.entries(CHANNELS)) {
    await admin.do(
      'mutation($input: UpdateChannelSettingsInput!) { updateChannelSettings(input: $input) { channelSettings { channel } } }',
      {
        input: { channel, weight, waitingWeight: weight, interruptible: INTERRUPTIBLE.includes(channel) },
      },
    );
  }
  await presenceStatus(admin, { name: 'Offline', availability: 'OFFLINE' });
  const availableId = await presenceStatus(admin, { name: 'Available', availability: 'AVAILABLE' });
  const dispositionId = await make('createDisposition', 'disposition', { name: 'Solved' });
  const slaPolicyId = await make('createSlaPolicy', 'slaPolicy', {
    name: 'Short',
    milestones: [
      { kind: 'TIME_TO_ACCEPT', targetSeconds: 2, warnings: [{ percent: 50 }] },
      { kind: 'FIRST_RESPONSE', targetSeconds: 4, warnings: [{ percent: 50 }] },
    ],
  });
  const queueIds = [
    await make('createQueue', 'queue', { name: 'Billing', department: 'Service', slaPolicyId, offerTimeoutSeconds: 5 }),
    await make('createQueue', 'queue', { name: 'Outages', department: 'Service', slaPolicyId, offerTimeoutSeconds: 5, priority: 70 }),
  ];
  await make('createEntryPoint', 'entryPoint', { channel: 'EMAIL', address: MAILBOX, queueId: queueIds[0] });
  const people: BusyCenter['agents'] = [];
  for (let number = 1; number <= agents; number += 1) {
    const id = await make('createAgent', 'agent', { name: `Agent ${number}`, email: `agent${number}@example.org`, capacity: CAPACITY });
    // The first ones serve both queues, the others one each.
    for (const queueId of number % 2 ? queueIds : queueIds.slice(number % 4 ? 0 : 1, number % 4 ? 1 : 2)) {
      await admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
        input: { queueId, agentId: id },
      });
    }
    people.push({ id, token: await token('AGENT', id) });
  }
  return { adminToken, intakeToken: await token('INTAKE'), wallToken, queueIds, dispositionId, availableId, agents: people };
}
