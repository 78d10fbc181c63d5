/** One router for one database: who is deposed writes nothing, and the next takes over. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Deposed, OffersService } from '../../src/interactions/offers.service.js';
import { Leases } from '../../src/platform/leases.js';
import { heldUnder, makeLeases, renewLeases, takeLeases } from '../../src/platform/leases.sql.js';
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
  await until('a router', () => lease(first).fencing !== null);
  second = await startTestEngine({}, database);
});

afterAll(async () => {
  await second.stop();
  await database.drop();
});

const lease = (test: TestEngine) => test.engine.app.get(Leases).of('router');
const held = async (): Promise<Map<string, string>> =>
  new Map(
    (await database.query<{ name: string; holder: string }>(`SELECT name, holder FROM leases WHERE name <> 'test'`)).map(
      ({ name, holder }) => [name, holder],
    ),
  );
const countOf = (holders: Map<string, string>, test: TestEngine): number =>
  [...holders.values()].filter((holder) => holder === test.engine.app.get(Leases).engineId).length;
const fencing = async (): Promise<bigint> =>
  BigInt((await database.query<{ fencing: string }>(`SELECT fencing FROM leases WHERE name = 'router'`))[0]?.fencing ?? 0);

it('two engines share the leases evenly, and then none moves; routing stays where it is', async () => {
  await until('a share each', async () => {
    const holders = await held();
    return Math.abs(countOf(holders, first) - countOf(holders, second)) <= 1 && ![...holders.values()].includes(null as never);
  });
  const state = (): Promise<{ numbers: string; at: Date }[]> =>
    database.query(`SELECT string_agg(name || ' ' || holder || ' ' || fencing, ', ' ORDER BY name) AS numbers, min(expires_at) AS at
      FROM leases WHERE name <> 'crm'`);
  // On a machine that stands still for two seconds a lease is lost, and rightly so: then it is looked at again.
  await until('some renewals of all and no move', async () => {
    const [before] = await state();
    const later = await until('a renewal', async () => {
      const [now] = await state();
      return now && before && now.at.getTime() > before.at.getTime() + 500 && now;
    });
    return later.numbers === before?.numbers;
  });
  expect(lease(first).fencing).toBe(await fencing());
  expect(lease(second).fencing).toBeNull();
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

it('a write under a lease lets renewals pass and take-overs wait, and after one it is refused', async () => {
  const [old, next] = [randomUUID(), randomUUID()];
  const terms = [{ name: 'test', seconds: 60 }];
  const ask = ({ text, values }: { text: string; values: unknown[] }) => database.query<{ fencing: string }>(text, values);
  await ask(makeLeases(['test']));
  expect(await ask(takeLeases(old, terms))).toMatchObject([{ fencing: '1' }]);
  expect(await ask(takeLeases(next, terms))).toEqual([]);
  const writer = new pg.Client({ connectionString: database.url });
  await writer.connect();
  const write = ({ text, values }: { text: string; values: unknown[] }) => writer.query(text, values);
  await writer.query('BEGIN');
  expect((await write(heldUnder('test', 1n))).rowCount).toBe(1);
  expect(await ask(renewLeases(old, [], terms, 2))).toMatchObject([{ renewed: { test: '1' } }]);
  await database.query(`UPDATE leases SET expires_at = now() - interval '1 s' WHERE name = 'test'`);
  expect(await ask(takeLeases(next, terms))).toEqual([]);
  await writer.query('COMMIT');
  expect(await ask(takeLeases(next, terms))).toMatchObject([{ fencing: '2' }]);
  expect((await write(heldUnder('test', 1n))).rowCount).toBe(0);
  await writer.end();
});

it('goes on with the other engine when the first one ends: it has all leases at once', async () => {
  const before = await fencing();
  await first.stop();
  expect(countOf(await held(), first)).toBe(0);
  await until('a new lease', async () => (await fencing()) > before, 5_000);
  await until('all of them', async () => countOf(await held(), second) === (await held()).size);
  expect(await second.engine.app.get(Leases).isHeld('router')).toBe(true);
});
