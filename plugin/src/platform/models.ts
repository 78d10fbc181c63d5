/** Rows of plain SQL under the names that Prisma gives them: `queue_id` is `queueId`. */

const names = new Map<string, string>();

function nameOf(column: string): string {
  let name = names.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    names.set(column, name);
  }
  return name;
}

/** The other way. */
export const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** @param row all columns of the table, those of enum arrays as `text[]` */
export function asModel<T>(row: object): T {
  const model: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(row)) model[nameOf(column)] = value;
  return model as T;
}

/** How columns of times are named. */
const IS_TIME = /(At|Since|Until|Before)$/;

/** @param row as PostgreSQL writes a row of a table as JSON, where times are text; of a table without bigints and bytes */
export function modelOfJson<T>(row: object): T {
  const model = asModel<Record<string, unknown>>(row);
  for (const [name, value] of Object.entries(model)) if (typeof value === 'string' && IS_TIME.test(name)) model[name] = new Date(value);
  return model as T;
}
