/** Whether the CRM and the contact center have told each other everything. */
import { TYPES } from '../../src/crm/push-marks.js';
import type { TestDatabase } from './database.js';

/** Every kind was read, nothing waits to be told or read, and the log was followed to its end. */
export async function inStep(database: TestDatabase): Promise<boolean> {
  const [row] = await database.query<{ calm: boolean | null }>(
    `SELECT NOT EXISTS (SELECT FROM crm_records WHERE changed_at IS NOT NULL) AND NOT EXISTS (SELECT FROM crm_changes WHERE seen_at <= now())
       AND (SELECT count(*) = 9 AND bool_and((value->>'complete')::boolean) FROM crm_connection, jsonb_each(cursors))
       AND (SELECT position FROM event_cursors WHERE reader = 'crm') >= (SELECT coalesce(max(seq), 0) FROM events WHERE type = ANY($1)) AS calm`,
    [TYPES],
  );
  return row?.calm === true;
}
