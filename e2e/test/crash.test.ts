/**
 * The engine is killed at random moments under full load: nothing that was acknowledged is lost, nothing is there
 * twice, and the load drains to nothing afterwards. How often: PATCHBAY_KILLS, or `npm run test:crash -- 50`.
 */
import { createDatabase, type TestDatabase } from '../../plugin/test/support/database.js';
import { until } from '../../plugin/test/support/until.js';
import { busyCenter } from '../support/busy-center.js';
import { boardAndRecount, findings, NOTHING_LEFT, overdueClocks, settled, unfinished } from '../support/invariants.js';
import { Load } from '../support/load.js';
import { openMailbox, type Mailbox } from '../support/mailbox.js';
import { freePort, freshFolder, removeFolder, startPatchbay, tokensOf, type Started } from '../support/patchbay.js';

const KILLS = Number(process.env.PATCHBAY_KILLS ?? 3);
/** A life between two kills is at most this long, and may be much shorter than a start. */
const LONGEST_LIFE_MS = 5_000;
const GENEROUS_MS = 60_000;

let folder: string;
let database: TestDatabase;
let customer: Mailbox;
let started: Started;

beforeAll(async () => {
  folder = await freshFolder();
  database = await createDatabase();
  customer = await openMailbox();
});

afterAll(async () => {
  await started?.kill();
  await customer.close();
  await database.drop();
  await removeFolder(folder);
});

it(
  `an engine that is killed ${KILLS} times under load loses nothing, doubles nothing and leaks no capacity`,
  async () => {
    const port = await freePort();
    const start = () => startPatchbay(folder, ['--no-demo'], { DATABASE_URL: database.url, SMTP_URL: customer.url }, port);
    started = await start();
    const tokens = await tokensOf(folder);
    const center = await busyCenter(started.url, tokens.ADMIN, tokens.WALLBOARD);
    const load = new Load(center, () => [started.url]);
    load.start();
    await until('a load that has begun', () => load.acknowledged > 50, GENEROUS_MS);

    const startMs: number[] = [];
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
      await started.kill();
      const down = performance.now();
      const before = load.acknowledged;
      started = await start();
      await until('answers after the kill', () => load.acknowledged > before, GENEROUS_MS);
      startMs.push(Math.round(performance.now() - down));
    }
    await until('no clock that is due and silent', async () => (await overdueClocks(database.query)) === 0, GENEROUS_MS);

    // Nobody acts, much is under way: the figures on the wall are those of the rows.
    await load.freeze();
    await settled(
      () => boardAndRecount(started.url, center.wallToken, database.query),
      ({ board, recount }) => expect(board).toEqual(recount),
    );
    load.thaw();

    load.stopOpening();
    await settled(
      () => unfinished(database.query),
      (left) => expect(left).toEqual(NOTHING_LEFT),
    );
    await load.stop();

    expect(await findings(database.query, load.account)).toEqual([]);
    // The mailer promises "at least once", and that a mail server can tell the second time by its Message-ID.
    const ids = new Set(customer.received.map(({ messageId }) => messageId));
    expect(ids.size).toBe(new Set(load.account.sent.values()).size + (await sentWithoutAcknowledgement(load)));
    const { board } = (await boardAndRecount(started.url, center.wallToken, database.query)) as { board: { totals: object } };
    expect(board.totals).toMatchObject({ waiting: 0, inProgress: 0 });
    const { opened, closed, abandoned, sent, told } = load.account;
    process.stdout.write(
      `${KILLS} kills: ${opened.size} opened, ${closed.size} closed, ${abandoned.size} abandoned, ${sent.size} mails (${customer.received.length} deliveries), ` +
        `${load.account.calls} calls, told ${JSON.stringify(Object.fromEntries(told))}; killed → answering in ${startMs.join(', ')} ms\n`,
    );
  },
  180_000 + KILLS * 20_000,
);

/** A mail whose acknowledgement was lost and whose writer gave up at the end is written, and sent, all the same. */
async function sentWithoutAcknowledgement(load: Load): Promise<number> {
  const rows = await database.query<{ id: string }>(
    `SELECT m.id FROM messages m JOIN interactions i ON i.id = m.interaction_id WHERE m.direction = 'OUTBOUND' AND i.channel = 'EMAIL'`,
  );
  const acknowledged = new Set(load.account.sent.values());
  return rows.filter(({ id }) => !acknowledged.has(id)).length;
}
