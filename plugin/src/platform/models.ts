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
