/** Timeline activities as Twenty 2.21 writes them: what people do to a record, merged for ten minutes; without a webhook. */
import { SYSTEM, type RecordEvent, type Records } from './records.js';

const MERGED_MS = 600_000;

export function keepTimelines(records: Records, now: () => number): void {
  records.onEvents((events) => {
    for (const event of events) write(records, event, now());
  });
}

function write(records: Records, { entity, kind, record, updatedFields, actor }: RecordEvent, now: number): void {
  const activity = records.schema.entities.get('timelineActivity');
  const column = `target${entity.nameSingular[0]?.toUpperCase()}${entity.nameSingular.slice(1)}Id`;
  const isKept = activity?.fields.some(({ name, relation }) => relation && `${name}Id` === column);
  if (!activity || !isKept || kind === 'destroyed') return;
  const name = `${entity.nameSingular}.${kind}`;
  const workspaceMemberId = actor.workspaceMemberId ?? null;
  const same = [...records.table('timelineActivity').values()].find(
    (row) =>
      row[column] === record.id &&
      row.name === name &&
      row.workspaceMemberId === workspaceMemberId &&
      Date.parse(String(row.createdAt)) > now - MERGED_MS,
  );
  const properties = { diff: Object.fromEntries((updatedFields ?? []).map((field) => [field, { after: record[field] ?? null }])) };
  if (same) records.update(activity, { id: { eq: same.id } }, { properties }, SYSTEM);
  else records.create(activity, [{ name, workspaceMemberId, properties, [column]: record.id }], SYSTEM);
}
