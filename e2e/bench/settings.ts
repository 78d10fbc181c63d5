/**
 * From a supervisor's change to the router's acting on it: each change is one without which the waiting interaction
 * would not ring where it then does, and counts from the request to the ringing desk.
 */
import { randomUUID } from 'node:crypto';
import { until } from '../../plugin/test/support/until.js';
import { Api } from '../support/patchbay.js';
import { makeCenter } from './center.js';
import { Desk } from './desk.js';
import { startBenchEngine } from './engine.js';
import { ascending, percentile, type Bench } from './figure.js';

const CHANGES = 60;
/** Work of others, so that a change meets a router that has something to remember. */
const WAITING = 50_000;

const bench: Bench = async (place) => {
  const center = await makeCenter(place.server, {
    queues: 200,
    agents: 2,
    queuesPerAgent: 0,
    capacity: 100,
    alwaysConnected: false,
    available: false,
  });
  await center.addWaiting(WAITING);
  const engine = await startBenchEngine(place, center);
  const admin = new Api(engine.url, await center.token('ADMIN'));
  const create = async (field: string, input: Record<string, unknown>): Promise<string> => {
    const name = `create${field[0]?.toUpperCase()}${field.slice(1)}`;
    const answer = await admin.do<Record<string, Record<string, { id: string }>>>(
      `mutation($input: Create${name.slice(6)}Input!) { ${name}(input: $input) { ${field} { id } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    return answer[name]?.[field]?.id ?? '';
  };
  const change = (name: string, input: Record<string, unknown>, field: string): Promise<unknown> =>
    admin.do(`mutation($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${field} { id } } }`, { input });
  const openIn = async (queueId: string, skills: unknown[] = []): Promise<string> => {
    const { openInteraction } = await admin.do<{ openInteraction: { interaction: { id: string } } }>(
      'mutation($input: OpenInteractionInput!) { openInteraction(input: $input) { interaction { id } } }',
      { input: { idempotencyKey: randomUUID(), channel: 'VOICE', queueId, customerAddress: '+420601234567', skills } },
    );
    return openInteraction.interaction.id;
  };

  const rung = new Map<string, number>();
  const [agentId = ''] = center.agentIds;
  const desk = new Desk(engine.url, await center.token('AGENT', agentId), (offer, at) => {
    rung.set(offer.interaction.id, performance.now());
    void at.accept(offer);
  });
  await desk.ready;
  await desk.become(center.statuses.available);
  const ringing = async (ids: string[]): Promise<string> => {
    const id = await until('an offer', () => ids.find((one) => rung.has(one)), 20_000);
    await until('the acceptance', async () => (await stateOf(id)) === 'ACTIVE');
    return id;
  };
  const stateOf = async (id: string): Promise<string> =>
    (await admin.do<{ interaction: { state: string } }>('query($id: UUID!) { interaction(id: $id) { state } }', { id })).interaction.state;
  const finish = (id: string): Promise<void> => desk.close(id, center.dispositionId);

  const memberships: number[] = [];
  const queueId = await create('queue', { name: 'Membership', department: 'Bench' });
  for (let n = 0; n < CHANGES; n += 1) {
    const id = await openIn(queueId);
    const began = performance.now();
    await change('setQueueMember', { queueId, agentId, level: 1 }, 'queue');
    await ringing([id]);
    memberships.push((rung.get(id) ?? NaN) - began);
    await change('removeQueueMember', { queueId, agentId }, 'queue');
    await finish(id);
  }

  const skills: number[] = [];
  const skillId = await create('skill', { name: 'Fencing' });
  await change('setQueueMember', { queueId, agentId, level: 1 }, 'queue');
  for (let n = 0; n < CHANGES; n += 1) {
    await change('updateAgent', { id: agentId, skills: [] }, 'agent');
    const id = await openIn(queueId, [{ skillId, minLevel: 5, mandatory: true }]);
    const began = performance.now();
    await change('updateAgent', { id: agentId, skills: [{ skillId, level: 5 + (n % 5) }] }, 'agent');
    await ringing([id]);
    skills.push((rung.get(id) ?? NaN) - began);
    await finish(id);
  }

  // The agent becomes free right after the answer to the change: the next offer shows which priority is in force.
  const priorities: number[] = [];
  let wrong = 0;
  const other = await create('queue', { name: 'Other', department: 'Bench' });
  await change('setQueueMember', { queueId: other, agentId, level: 1 }, 'queue');
  let held = await openIn(queueId);
  await ringing([held]);
  for (let n = 0; n < CHANGES; n += 1) {
    const [first, second] = n % 2 === 0 ? [queueId, other] : [other, queueId];
    const waiting = new Map([
      [first, await openIn(first)],
      [second, await openIn(second)],
    ]);
    const began = performance.now();
    await change('updateQueue', { id: first, priority: 10 }, 'queue');
    await change('updateQueue', { id: second, priority: 90 }, 'queue');
    await finish(held);
    held = await ringing([...waiting.values()]);
    priorities.push((rung.get(held) ?? NaN) - began);
    if (held !== waiting.get(second)) wrong += 1;
    await finish(held);
    const rest = waiting.get(held === waiting.get(second) ? first : second) ?? '';
    held = await ringing([rest]);
  }
  await desk.end();
  await engine.end();
  await center.drop();
  const p99 = (name: string, samples: number[], note?: string) => ({
    name: `${name} → effective, p99 of ${CHANGES}`,
    unit: 'ms',
    samples: [percentile(ascending(samples), 99)],
    aim: { op: '<=' as const, value: 1_000 },
    note,
  });
  return [
    p99('membership', memberships),
    p99('skill', skills),
    p99('queue priority', priorities, `includes two changes and the end of a call; ${wrong} of ${CHANGES} went by the old priority`),
    { name: 'membership → ringing', unit: 'ms', samples: memberships },
    { name: 'skill → ringing', unit: 'ms', samples: skills },
  ];
};
export default bench;
