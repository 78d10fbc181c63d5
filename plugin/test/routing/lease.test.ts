/** One router for one database: who is deposed writes nothing, and the next takes over. */
import { Deposed, OffersService } from '../../src/interactions/offers.service.js';
import { LeaseService } from '../../src/routing/lease.service.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { ContactCenter } from '../support/contact-center.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let first: TestEngine;
let second: TestEngine;

beforeAll(async () => {
  database = await createDatabase();
  first = await startTestEngine({}, database);
  second = await startTestEngine({}, database);
});

afterAll(async () => {
  await second.stop();
  await database.drop();
});

const fencing = async (): Promise<bigint> =>
  BigInt((await database.query<{ fencing: string }>('SELECT fencing FROM router_lease'))[0]?.fencing ?? 0);

it('lets exactly one of two engines hold the lease', async () => {
  expect(await second.engine.app.get(LeaseService).acquire()).toBeNull();
  expect(await first.engine.app.get(LeaseService).held()).toBe(true);
});

it('refuses the writes of a router that was deposed, whatever it decided', async () => {
  const center = await ContactCenter.on(first);
  const queueId = await center.queue();
  const agent = await center.agent([queueId], { available: false, connected: false });
  const interactionId = await center.open(queueId);
  const offer = {
    interactionId,
    agentId: agent.id,
    queueId,
    round: 0,
    expiresAt: new Date(Date.now() + 60_000),
    why: { summary: 'x', points: [] },
  };
  const old = (await fencing()) - 1n;
  await expect(second.engine.app.get(OffersService).make(old, [offer])).rejects.toBeInstanceOf(Deposed);
  expect(await center.state(interactionId)).toBe('QUEUED');
  // The guard is what refused: with the number in force the same write goes through.
  expect((await second.engine.app.get(OffersService).make(await fencing(), [offer])).size).toBe(1);
});

it('routes on with the other engine when the first one ends', async () => {
  const before = await fencing();
  await first.stop();
  await until('a new lease', async () => (await fencing()) > before, 5_000);
  expect(await second.engine.app.get(LeaseService).held()).toBe(true);
});
