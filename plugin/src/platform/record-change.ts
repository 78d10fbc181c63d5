/** The one way to say in the log what a command changed: how the record looked before, and what is different after. */
import { changesBetween, type Change } from './audited.js';
import { record, type Command, type NewEvent } from './commands.js';
import type { Prisma } from './generated/prisma/client.js';
import { namesOf } from './record-names.sql.js';
import { plainState, uuidsIn } from './plain-state.js';

interface State {
  statement: Prisma.Sql;
  /** Null where there is no such record. */
  row: { name: string; state: Record<string, unknown> } | null;
}

/** How a record looks now; nobody else changes it until the command ends. @param statement see record-states.sql.ts */
export async function watch({ tx }: Command, statement: Prisma.Sql): Promise<State> {
  const [row] = await tx.$queryRaw<NonNullable<State['row']>[]>(statement);
  return { statement, row: row ?? null };
}

/** Of a record that the command is about to make. */
export const absent = (statement: Prisma.Sql): State => ({ statement, row: null });

/** Records this event with what is different since `before`; where nothing is, it is no news to who asks what changed. */
export async function recordChange(command: Command, before: State, event: NewEvent): Promise<void> {
  await record(command, [await withChange(command, before, event)]);
}

export async function withChange(command: Command, before: State, event: NewEvent): Promise<NewEvent> {
  const after = await watch(command, before.statement);
  const names = await namesIn(command, [before.row?.state, after.row?.state]);
  const changes = hideValues(
    changesBetween(before.row && plainState(before.row.state, names), after.row && plainState(after.row.state, names)),
  );
  const name = (after.row ?? before.row)?.name ?? '';
  return { ...event, audit: changes.length > 0 ? { name, changes } : null };
}

/** What the records that these states refer to are called now: the log tells names, also when they are gone. */
async function namesIn({ tx }: Command, states: unknown[]): Promise<Map<string, string>> {
  const ids = [...new Set(states.flatMap(uuidsIn))];
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>(namesOf(ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** See `hidden` in record-states.sql.ts. */
function hideValues(changes: Change[]): Change[] {
  return changes.map((change) => (change.path[0] === 'hidden' ? { path: change.path.slice(1), hidden: true } : change));
}
