/** A contact center of one queue and one agent, made through the API of a started product. */
import { randomUUID } from 'node:crypto';
import { Api, presenceStatus, tokensOf, type Started } from './patchbay.js';

export interface SmallCenter {
  admin: Api;
  queueId: string;
  agentToken: string;
  wallToken: string;
  open(input?: Record<string, unknown>): Promise<string>;
  stateOf(id: string): Promise<string>;
}

export async function smallCenter(started: Started, folder: string): Promise<SmallCenter> {
  const tokens = await tokensOf(folder);
  const admin = new Api(started.url, tokens.ADMIN);
  const make = async (name: string, field: string, input: Record<string, unknown>): Promise<string> => {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
    const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
      `mutation($input: ${type}!) { ${name}(input: $input) { ${field} { id } } }`,
      {
        input: { idempotencyKey: randomUUID(), ...input },
      },
    );
    return answer[name]?.[field]?.id ?? '';
  };
  await presenceStatus(admin, { name: 'Offline', availability: 'OFFLINE' });
  await presenceStatus(admin, { name: 'Available', availability: 'AVAILABLE' });
  await presenceStatus(admin, { name: 'Break', availability: 'AWAY', reasons: ['Lunch'] });
  await make('createDisposition', 'disposition', { name: 'Solved' });
  const queueId = await make('createQueue', 'queue', { name: 'Fakturace', department: 'Billing', offerTimeoutSeconds: 60 });
  const agentId = await make('createAgent', 'agent', { name: 'Jana Nováková', email: 'jana@example.org' });
  await admin.do('mutation($input: SetQueueMemberInput!) { setQueueMember(input: $input) { queue { id } } }', {
    input: { queueId, agentId },
  });
  const { createToken } = await admin.do<{ createToken: { secret: string } }>(
    'mutation($input: CreateTokenInput!) { createToken(input: $input) { secret } }',
    {
      input: { idempotencyKey: randomUUID(), name: 'desk', role: 'AGENT', agentId },
    },
  );
  return {
    admin,
    queueId,
    agentToken: createToken.secret,
    wallToken: tokens.WALLBOARD,
    open: (input = {}) =>
      make('openInteraction', 'interaction', {
        channel: 'VOICE',
        queueId,
        customerAddress: '+420601123456',
        subject: 'Vyúčtování za říjen',
        ...input,
      }),
    stateOf: async (id) =>
      (await admin.do<{ interaction: { state: string } }>('query($id: UUID!) { interaction(id: $id) { state } }', { id })).interaction
        .state,
  };
}
