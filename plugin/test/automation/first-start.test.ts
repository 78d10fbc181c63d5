/** An engine that reads the log for rules for the first time, in a contact center that has worked before. */
import { ContactCenter } from '../support/contact-center.js';
import { createDatabase } from '../support/database.js';
import { startTestEngine } from '../support/engine.js';

it('does not go through the past of a contact center', async () => {
  const database = await createDatabase();
  const before = await startTestEngine({}, database);
  await (await ContactCenter.on(before)).open(null, {}, 'CASE');
  await before.stop();
  await database.query("DELETE FROM event_cursors WHERE reader = 'automation'");
  const [log] = await database.query<{ last: string }>('SELECT max(seq) AS last FROM events');
  const after = await startTestEngine({}, database);
  const [cursor] = await database.query<{ position: string }>("SELECT position FROM event_cursors WHERE reader = 'automation'");
  expect(BigInt(cursor!.position)).toBeGreaterThanOrEqual(BigInt(log!.last));
  await after.stop();
  await database.drop();
});
