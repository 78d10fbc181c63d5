/** The rows of the workspace, what may be done with them, and the events that Twenty 2.21 emits for it. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { notFound, refuse } from './errors.js';
import { checkFilter, matches, namesDeletedAt, type Filter, type Row } from './filters.js';
import { COMPOSITES, STANDARD_APPLICATION, stableId, type Entity, type Schema, type UniqueIndex } from './schema.js';
import { defaultOf, isObject, isUuid, shownRecord, storedData } from './values.js';

export const MAX_RECORDS = 200;

/** Who does it: goes into createdBy and updatedBy, and a user's ids into the webhook. */
export interface Actor {
  source: 'API' | 'MANUAL' | 'APPLICATION' | 'SYSTEM' | 'IMPORT' | 'WORKFLOW';
  name: string;
  userId?: string;
  workspaceMemberId?: string;
}

export type EventKind = 'created' | 'updated' | 'deleted' | 'restored' | 'destroyed';

/** One record of a batch, as it is shown outside. */
export interface RecordEvent {
  entity: Entity;
  kind: EventKind;
  record: Row;
  updatedFields: string[] | null;
  actor: Actor;
}

export const SYSTEM: Actor = { source: 'SYSTEM', name: 'System' };

/** Of what is JSON anyway; `structuredClone` makes objects of another realm under Jest, which equal none. */
export const clone = (row: Row): Row => JSON.parse(JSON.stringify(row)) as Row;

export class Records {
  private readonly tables = new Map<string, Map<string, Row>>();
  private readonly listeners: ((events: RecordEvent[]) => void)[] = [];

  constructor(
    readonly schema: Schema,
    private readonly now: () => number,
  ) {}

  onEvents(listener: (events: RecordEvent[]) => void): void {
    this.listeners.push(listener);
  }

  table(nameSingular: string): Map<string, Row> {
    let table = this.tables.get(nameSingular);
    if (!table) this.tables.set(nameSingular, (table = new Map()));
    return table;
  }

  drop(nameSingular: string): void {
    this.tables.delete(nameSingular);
  }

  /** In milliseconds, as an API shows it: two writes in the same one are told apart by nothing. */
  private time(): string {
    return new Date(this.now()).toISOString();
  }

  readonly follow = (nameSingular: string, id: unknown): Row | null => {
    const row = typeof id === 'string' ? this.table(nameSingular).get(id) : undefined;
    return row && row.deletedAt === null ? row : null;
  };

  /** Rows that a read sees. */
  select(entity: Entity, filter: Filter): Row[] {
    checkFilter(this.schema, entity, filter);
    const deletedToo = namesDeletedAt(filter);
    return this.matching(entity, filter).filter((row) => deletedToo || row.deletedAt === null);
  }

  /** Rows that a write means: soft-deleted ones too, as Twenty's updates have no condition on `deletedAt`. */
  private matching(entity: Entity, filter: Filter): Row[] {
    return [...this.table(entity.nameSingular).values()].filter((row) => matches(this.schema, entity, filter, row, this.follow));
  }

  /** All of them or none. @throws Refusal */
  create(entity: Entity, inputs: Row[], actor: Actor): Row[] {
    this.refuseTooMany(inputs);
    const rows = inputs.map((input) => this.checked(entity, input));
    return this.insert(
      entity,
      rows.map((row) => this.completed(entity, row, actor)),
      actor,
    );
  }

  /**
   * Matches by id or any unique index, soft-deleted rows too, which come back to life by it. Read, then write. What is
   * found keeps its id, which is the one answered, whatever was sent.
   * The updated ones come first in the answer, whatever the order of the input.
   */
  upsert(entity: Entity, inputs: Row[], actor: Actor): Row[] {
    this.refuseTooMany(inputs);
    const patches = inputs.map((input) => this.checked(entity, input));
    const updates: { row: Row; patch: Row }[] = [];
    const inserts: Row[] = [];
    for (const patch of patches) {
      const row = this.conflicting(entity, patch);
      if (row) updates.push({ row, patch });
      else inserts.push(patch);
    }
    const updated = updates.map(({ row, patch }) => {
      const { createdBy: _kept, id: _sent, ...changes } = patch;
      return this.change(entity, [row], { ...changes, deletedAt: null }, actor, 'updated')[0] as Row;
    });
    return [
      ...updated,
      ...this.insert(
        entity,
        inserts.map((patch) => this.completed(entity, patch, actor)),
        actor,
      ),
    ];
  }

  /** One conditional UPDATE. No event where the row no longer fits the filter afterwards. @throws Refusal above 200 rows */
  update(entity: Entity, filter: Filter, data: Row, actor: Actor): Row[] {
    checkFilter(this.schema, entity, filter);
    const changes = this.checked(entity, data);
    const rows = this.matching(entity, filter);
    if (rows.length > MAX_RECORDS)
      throw refuse(
        `Cannot update more than ${MAX_RECORDS} records at once`,
        null,
        `You can only update up to ${MAX_RECORDS} records at once.`,
      );
    return this.change(entity, rows, changes, actor, 'updated', filter);
  }

  /** Deleting what is deleted stamps it anew, and says so. */
  softDelete(entity: Entity, filter: Filter, actor: Actor): Row[] {
    checkFilter(this.schema, entity, filter);
    return this.change(entity, this.matching(entity, filter), { deletedAt: this.time() }, actor, 'deleted');
  }

  restore(entity: Entity, filter: Filter, actor: Actor): Row[] {
    checkFilter(this.schema, entity, filter);
    return this.change(entity, this.matching(entity, filter), { deletedAt: null }, actor, 'restored');
  }

  /** What points at the rows is emptied or goes with them, by the database itself: without any event. */
  destroy(entity: Entity, filter: Filter, actor: Actor): Row[] {
    checkFilter(this.schema, entity, filter);
    const rows = this.matching(entity, filter);
    for (const row of rows) this.remove(entity, row);
    this.emit(rows.map((row) => ({ entity, kind: 'destroyed', record: shownRecord(entity, row), updatedFields: null, actor })));
    return rows;
  }

  /**
   * The others' values go into the one at `priority`, what points at them is turned to it, and they are destroyed.
   * Only the fields in `selected` are merged: Twenty reads no more than the answer asks for.
   * What is turned emits no event, for the update changes the column that it filters by.
   */
  merge(entity: Entity, ids: string[], priority: number, selected: string[], actor: Actor, dryRun = false): Row {
    const rows = ids.map((id) => this.table(entity.nameSingular).get(id)).filter((row): row is Row => row?.deletedAt === null);
    if (rows.length !== ids.length)
      throw refuse('One or more records not found', 'RECORD_NOT_FOUND', 'One or more records were not found.', 'NOT_FOUND');
    const winner = rows[priority] as Row;
    const losers = rows.filter((row) => row !== winner);
    const merged = mergedValues(entity, winner, losers, selected);
    if (dryRun) return { ...clone(winner), ...merged, id: randomUUID(), deletedAt: this.time() };
    for (const { entity: other, column } of this.schema.pointingAt(entity.nameSingular))
      for (const row of this.table(other.nameSingular).values())
        if (losers.some(({ id }) => id === row[column])) Object.assign(row, { [column]: winner.id, updatedAt: this.time() });
    this.destroy(entity, { id: { in: losers.map(({ id }) => id) } }, actor);
    return this.change(entity, [winner], merged, actor, 'updated')[0] as Row;
  }

  private refuseTooMany(inputs: Row[]): void {
    const message = `Maximum number of records to upsert is ${MAX_RECORDS}.`;
    if (inputs.length > MAX_RECORDS) throw refuse(message, 'TOO_MANY_RECORDS_TO_UPDATE', message);
  }

  private checked(entity: Entity, input: Row): Row {
    if (input.id && !isUuid(input.id))
      throw refuse(`Value "${String(input.id)}" is not a valid UUID`, 'INVALID_QUERY_INPUT', 'Invalid UUID format.');
    const patch = storedData(this.schema, entity, input);
    for (const { name, relation } of entity.fields)
      if (relation?.kind === 'MANY_TO_ONE' && isObject(patch[name])) {
        patch[`${name}Id`] = this.connected(relation.target, patch[name]);
        delete patch[name];
      }
    return patch;
  }

  private connected(target: string, operation: Row): unknown {
    const where = (operation.connect as Row | undefined)?.where as Filter | undefined;
    if (!where) return null;
    const found = [...this.table(target).values()].find((row) =>
      Object.entries(where).every(([key, value]) =>
        isObject(value) ? Object.entries(value).every(([sub, part]) => ((row[key] ?? {}) as Row)[sub] === part) : row[key] === value,
      ),
    );
    if (!found) throw refuse(`Record to connect to does not exist`, null, 'Record to connect to does not exist');
    return found.id;
  }

  private completed(entity: Entity, patch: Row, actor: Actor): Row {
    const now = this.time();
    const row: Row = {};
    for (const field of entity.fields) {
      if (field.relation) {
        if (field.relation.kind === 'MANY_TO_ONE') row[`${field.name}Id`] = patch[`${field.name}Id`] ?? null;
        continue;
      }
      const preset = defaultOf(field, now);
      const given = patch[field.name];
      row[field.name] = COMPOSITES[field.type]
        ? { ...(preset as Row | null), ...(given as Row | null) }
        : given === undefined
          ? preset
          : given;
    }
    row.id = patch.id ?? randomUUID();
    row.deletedAt = patch.deletedAt ?? null;
    row.updatedBy = actorValue(actor);
    const source = (patch.createdBy as Row | undefined)?.source;
    row.createdBy = { ...actorValue(actor), ...(typeof source === 'string' && { source }) };
    row.position = typeof patch.position === 'number' ? patch.position : this.place(entity, patch.position === 'last');
    row.searchVector = null;
    return row;
  }

  private place(entity: Entity, last: boolean): number {
    const taken = [...this.table(entity.nameSingular).values()].map(({ position }) => position as number);
    if (taken.length === 0) return 1;
    return last ? Math.max(...taken) + 1 : Math.min(...taken) - 1;
  }

  private insert(entity: Entity, rows: Row[], actor: Actor): Row[] {
    const table = this.table(entity.nameSingular);
    const added: string[] = [];
    try {
      for (const row of rows) {
        if (table.has(row.id as string)) throw this.duplicate(entity, null, null);
        this.keepWhole(entity, row);
        table.set(row.id as string, row);
        added.push(row.id as string);
      }
    } catch (error) {
      for (const id of added) table.delete(id);
      throw error;
    }
    this.emit(rows.map((row) => ({ entity, kind: 'created', record: shownRecord(entity, row), updatedFields: null, actor })));
    return rows;
  }

  private change(entity: Entity, rows: Row[], changes: Row, actor: Actor, kind: EventKind, filter: Filter | null = null): Row[] {
    const before = rows.map(clone);
    const stamp = { updatedAt: this.time(), ...(kind === 'updated' && { updatedBy: actorValue(actor) }) };
    try {
      for (const row of rows) {
        for (const [key, value] of Object.entries(changes)) row[key] = mergedComposite(entity, key, row[key], value);
        if (typeof row.position !== 'number') row.position = this.place(entity, row.position === 'last');
        this.keepWhole(entity, row);
        Object.assign(row, stamp);
      }
    } catch (error) {
      rows.forEach((row, index) => Object.assign(row, before[index]));
      throw error;
    }
    const events = rows.flatMap((row, index): RecordEvent[] => {
      const updatedFields = changedFields(entity, before[index] as Row, row);
      if (updatedFields.length === 0 || (filter && !matches(this.schema, entity, filter, row, this.follow))) return [];
      return [{ entity, kind, record: shownRecord(entity, row), updatedFields, actor }];
    });
    this.emit(events);
    return rows;
  }

  /** Unique values and rows that are pointed at. @throws Refusal */
  private keepWhole(entity: Entity, row: Row): void {
    for (const index of entity.indexes) {
      const values = index.paths.map((path) => valueAt(row, path));
      if (values.some((value) => value === null || value === '')) continue;
      for (const other of this.table(entity.nameSingular).values())
        if (other.id !== row.id && index.paths.every((path, place) => valueAt(other, path) === values[place]))
          throw this.duplicate(entity, index, other);
    }
    for (const { name, relation } of entity.fields) {
      const id = relation?.kind === 'MANY_TO_ONE' ? row[`${name}Id`] : null;
      if (!relation || id === null || this.table(relation.target).has(id as string)) continue;
      const isOwn = entity.applicationId === stableId('application-id', STANDARD_APPLICATION);
      throw refuse(
        `insert or update on table "${isOwn ? '' : '_'}${entity.nameSingular}" violates foreign key constraint "FK_${stableId(entity.nameSingular, name).replaceAll('-', '').slice(0, 27)}"`,
        null,
        'This operation references a record that does not exist or cannot be modified due to existing relationships.',
      );
    }
  }

  /** Says which record has the value, unless that is soft-deleted. */
  private duplicate(entity: Entity, index: UniqueIndex | null, other: Row | null) {
    const label =
      index && other?.deletedAt === null ? entity.fields.find(({ name }) => index.paths[0]?.split('.')[0] === name)?.label : undefined;
    const refusal = refuse(
      'A duplicate entry was detected',
      null,
      label
        ? `This ${label} value is already in use. Please check your data and try again.`
        : 'This record already exists. Please check your data and try again.',
    );
    if (label && other)
      Object.assign(refusal.extensions, { conflictingRecordId: other.id, conflictingObjectNameSingular: entity.nameSingular });
    return refusal;
  }

  private conflicting(entity: Entity, patch: Row): Row | null {
    const found = new Set<Row>();
    for (const paths of [['id'], ...entity.indexes.map((index) => index.paths)]) {
      const values = paths.map((path) => valueAt(patch, path));
      if (values.some((value) => value === null || value === undefined)) continue;
      for (const row of this.table(entity.nameSingular).values())
        if (paths.every((path, place) => valueAt(row, path) === values[place])) found.add(row);
    }
    if (found.size > 1) {
      const named = [['id'], ...entity.indexes.map((index) => index.paths)]
        .map((paths) => {
          const values = paths.map((path) => [path, valueAt(patch, path)]).filter(([, value]) => value != null);
          const bases = [...new Set(paths.map((path) => path.split('.')[0]))].join(', ');
          return values.length > 0 ? `${bases} (${values.map(([path, value]) => `${String(path)}: ${String(value)}`).join(', ')})` : null;
        })
        .filter((text) => text !== null)
        .join('; ');
      const message = `Multiple records found with the same unique field values for ${named}. Cannot determine which record to update.`;
      throw refuse(message, 'UPSERT_MULTIPLE_MATCHING_RECORDS_CONFLICT', message);
    }
    return [...found][0] ?? null;
  }

  private remove(entity: Entity, row: Row): void {
    this.table(entity.nameSingular).delete(row.id as string);
    for (const { entity: other, field, column } of this.schema.pointingAt(entity.nameSingular))
      for (const each of [...this.table(other.nameSingular).values()]) {
        if (each[column] !== row.id) continue;
        if (field.relation?.onDelete === 'CASCADE') this.remove(other, each);
        else each[column] = null;
      }
  }

  private emit(events: RecordEvent[]): void {
    if (events.length > 0) for (const listener of this.listeners) listener(events);
  }

  /** @throws Refusal RECORD_NOT_FOUND */
  one(rows: Row[]): Row {
    const [row] = rows;
    if (!row) throw notFound();
    return row;
  }
}

export function actorValue({ source, name, workspaceMemberId }: Actor): Row {
  return { source, workspaceMemberId: workspaceMemberId ?? null, name, context: {} };
}

function valueAt(row: Row, path: string): unknown {
  const [head, sub] = path.split('.') as [string, string | undefined];
  const value = row[head] ?? null;
  return sub === undefined ? value : isObject(value) ? (value[sub] ?? null) : null;
}

function mergedComposite(entity: Entity, key: string, old: unknown, value: unknown): unknown {
  const field = entity.fields.find(({ name }) => name === key);
  if (!field || !COMPOSITES[field.type]) return value;
  if (value === null) return {};
  return { ...(old as Row | null), ...(value as Row) };
}

/** What a webhook names: fields, and for a relation the field and its column; never `updatedAt`. */
function changedFields(entity: Entity, before: Row, after: Row): string[] {
  const old = shownRecord(entity, before);
  const fresh = shownRecord(entity, after);
  const plain = entity.fields
    .filter(({ name, relation, type }) => !relation && name !== 'updatedAt' && type !== 'TS_VECTOR')
    .map(({ name }) => name)
    .filter((name) => !isDeepStrictEqual(old[name], fresh[name]));
  const relations = entity.fields
    .filter(({ name, relation }) => relation?.kind === 'MANY_TO_ONE' && old[`${name}Id`] !== fresh[`${name}Id`])
    .flatMap(({ name }) => [name, `${name}Id`]);
  return [...plain, ...relations];
}

/** Lists of addresses are joined, everything else is the winner's, or the first other that has it. */
function mergedValues(entity: Entity, winner: Row, losers: Row[], selected: string[]): Row {
  const merged: Row = {};
  const isEmpty = (value: unknown) =>
    value === null ||
    value === undefined ||
    value === '' ||
    (isObject(value) && Object.values(value).every((part) => part === null || part === undefined));
  for (const { name, type, isSystem, relation } of entity.fields) {
    const key = relation?.kind === 'MANY_TO_ONE' ? `${name}Id` : name;
    if (isSystem || relation?.kind === 'ONE_TO_MANY' || !(selected.includes(name) || selected.includes(key))) continue;
    const values = [winner, ...losers].map((row) => row[key]).filter((value) => !isEmpty(value));
    if (values.length === 0) continue;
    if (values.length > 1 && type === 'EMAILS')
      merged[key] = joined(values as Row[], 'primaryEmail', 'additionalEmails', (value) => value.primaryEmail);
    else if (values.length > 1 && type === 'PHONES')
      merged[key] = joined(values as Row[], 'primaryPhoneNumber', 'additionalPhones', (value) => ({
        number: value.primaryPhoneNumber,
        countryCode: value.primaryPhoneCountryCode,
        callingCode: value.primaryPhoneCallingCode,
      }));
    else merged[key] = values[0];
  }
  return merged;
}

function joined(values: Row[], primary: string, list: string, item: (value: Row) => unknown): Row {
  const [first, ...others] = values as [Row, ...Row[]];
  const extra = [
    ...((first[list] as unknown[] | null) ?? []),
    ...others.flatMap((value) => [...(value[primary] ? [item(value)] : []), ...((value[list] as unknown[] | null) ?? [])]),
  ];
  const distinct = extra.filter(
    (each, index) => extra.findIndex((other) => isDeepStrictEqual(other, each)) === index && !isDeepStrictEqual(each, item(first)),
  );
  return { ...first, [list]: distinct.length > 0 ? distinct : null };
}
