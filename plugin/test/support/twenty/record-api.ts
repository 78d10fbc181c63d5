/** `/graphql` of Twenty 2.21: a field of a record's API is carried out at once, without a look at any GraphQL schema. */
import { Kind, parse, valueFromASTUntyped, type DocumentNode, type FieldNode, type OperationDefinitionNode } from 'graphql';
import { badArgument, refuse, Refusal, STANDARD, type FormattedError } from './errors.js';
import { at, compareStep, orderSteps, type Filter, type OrderStep, type Row } from './filters.js';
import { MAX_RECORDS, type Actor, type Records } from './records.js';
import type { Entity } from './schema.js';
import { aggregate, checkComplexity, cursorOf, rootFields, selectionOf, Shower, type Selection } from './selection.js';
import { isObject, isUuid } from './values.js';

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: FormattedError[];
}

export type Right = 'read' | 'update' | 'softDelete' | 'destroy';

export interface RecordCaller {
  actor: Actor;
  /** Takes a token of the limits. @throws Refusal */
  ration(): void;
  /** @returns false where the role lacks the right */
  may(nameSingular: string, right: Right): boolean;
}

const MAX_ROOT_FIELDS = 20;
const MAX_MERGED = 9;

type Method =
  | 'findMany'
  | 'findOne'
  | 'findDuplicates'
  | 'groupBy'
  | 'createOne'
  | 'createMany'
  | 'updateOne'
  | 'updateMany'
  | 'deleteOne'
  | 'deleteMany'
  | 'destroyOne'
  | 'destroyMany'
  | 'restoreOne'
  | 'restoreMany'
  | 'mergeMany';

interface Shape {
  allowed: string[];
  required?: Record<string, 'object' | 'array' | 'UUID' | 'number'>;
  typed?: Record<string, 'number' | 'string' | 'object' | 'boolean'>;
}

const byId: Shape = { allowed: ['id'], required: { id: 'UUID' } };
const byFilter: Shape = { allowed: ['filter'], required: { filter: 'object' } };
const ARGUMENTS: Record<Method, Shape> = {
  findMany: {
    allowed: ['filter', 'orderBy', 'first', 'last', 'before', 'after', 'offset'],
    typed: { first: 'number', last: 'number', filter: 'object', before: 'string', after: 'string', offset: 'number' },
  },
  findOne: { allowed: ['filter'], typed: { filter: 'object' } },
  findDuplicates: { allowed: ['ids', 'data'] },
  groupBy: {
    allowed: ['filter', 'orderBy', 'orderByForRecords', 'groupBy', 'viewId', 'includeRecords', 'limit', 'offsetForRecords'],
    typed: { filter: 'object', limit: 'number' },
  },
  createOne: { allowed: ['data', 'upsert'], required: { data: 'object' }, typed: { upsert: 'boolean' } },
  createMany: { allowed: ['data', 'upsert'], required: { data: 'array' }, typed: { upsert: 'boolean' } },
  updateOne: { allowed: ['id', 'data'], required: { id: 'UUID', data: 'object' } },
  updateMany: { allowed: ['filter', 'data'], required: { filter: 'object', data: 'object' } },
  deleteOne: byId,
  deleteMany: byFilter,
  destroyOne: byId,
  destroyMany: byFilter,
  restoreOne: byId,
  restoreMany: byFilter,
  mergeMany: {
    allowed: ['ids', 'conflictPriorityIndex', 'dryRun'],
    required: { ids: 'array', conflictPriorityIndex: 'number' },
    typed: { dryRun: 'boolean' },
  },
};

const RIGHTS: Partial<Record<Method, Right>> = {
  createOne: 'update',
  createMany: 'update',
  updateOne: 'update',
  updateMany: 'update',
  mergeMany: 'update',
  deleteOne: 'softDelete',
  deleteMany: 'softDelete',
  restoreOne: 'softDelete',
  restoreMany: 'softDelete',
  destroyOne: 'destroy',
  destroyMany: 'destroy',
};

const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function methodsOf({ nameSingular, namePlural }: Entity): Record<string, Method> {
  const [one, many] = [upper(nameSingular), upper(namePlural)];
  return {
    [namePlural]: 'findMany',
    [nameSingular]: 'findOne',
    [`${nameSingular}Duplicates`]: 'findDuplicates',
    [`${namePlural}GroupBy`]: 'groupBy',
    [`create${one}`]: 'createOne',
    [`create${many}`]: 'createMany',
    [`update${one}`]: 'updateOne',
    [`update${many}`]: 'updateMany',
    [`delete${one}`]: 'deleteOne',
    [`delete${many}`]: 'deleteMany',
    [`destroy${one}`]: 'destroyOne',
    [`destroy${many}`]: 'destroyMany',
    [`restore${one}`]: 'restoreOne',
    [`restore${many}`]: 'restoreMany',
    [`merge${many}`]: 'mergeMany',
  };
}

export interface ParsedRequest {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fields: FieldNode[];
}

/** @throws GraphQLError for what is no GraphQL */
export function parseRequest(query: string, operationName?: string | null): ParsedRequest | null {
  const document = parse(query);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0];
  return operation ? { document, operation, fields: rootFields(document, operation) } : null;
}

export class RecordApi {
  private readonly shower: Shower;

  constructor(private readonly records: Records) {
    this.shower = new Shower(records);
  }

  find(name: string): { entity: Entity; method: Method } | null {
    for (const entity of this.records.schema.entities.values()) {
      const method = methodsOf(entity)[name];
      if (method) return { entity, method };
    }
    return null;
  }

  /** Every root field for itself: those that fail are null and leave an error, without a path. */
  execute({ document, fields }: ParsedRequest, variables: Record<string, unknown>, caller: RecordCaller): Answer {
    try {
      checkRoots(fields);
    } catch (error) {
      return { data: {}, errors: [formatted(error)] };
    }
    const data: Record<string, unknown> = {};
    const errors: FormattedError[] = [];
    for (const node of fields) {
      const key = node.alias?.value ?? node.name.value;
      try {
        data[key] = this.field(document, node, variables, caller);
      } catch (error) {
        data[key] = null;
        errors.push(formatted(error));
      }
    }
    return errors.length > 0 ? { data, errors } : { data };
  }

  private field(document: DocumentNode, node: FieldNode, variables: Record<string, unknown>, caller: RecordCaller): unknown {
    const found = this.find(node.name.value);
    if (!found) return null;
    const { entity, method } = found;
    const args: Row = {};
    for (const { name, value } of node.arguments ?? []) {
      const given = valueFromASTUntyped(value, variables);
      if (given !== undefined && given !== null) args[name.value] = given;
    }
    checkArguments(method, args);
    caller.ration();
    const selection = selectionOf(document, node.selectionSet);
    const record = method === 'findMany' ? (selection.get('edges')?.get('node') ?? new Map<string, Selection>()) : selection;
    checkComplexity(this.records.schema, entity, record);
    if (!caller.may(entity.nameSingular, 'read') || !caller.may(entity.nameSingular, RIGHTS[method] ?? 'read')) throw denied();
    return this.run(entity, method, args, selection, caller.actor);
  }

  private run(entity: Entity, method: Method, args: Row, selection: Selection, actor: Actor): unknown {
    const { records } = this;
    const filter = (args.filter ?? {}) as Filter;
    const id: Filter = { id: { eq: args.id } };
    const one = (rows: Row[]) => this.shower.record(entity, records.one(rows), selection);
    const many = (rows: Row[]) => rows.map((row) => this.shower.record(entity, row, selection));
    const write = (inputs: Row[]) => (args.upsert === true ? records.upsert(entity, inputs, actor) : records.create(entity, inputs, actor));
    switch (method) {
      case 'findMany':
        return this.page(entity, args, selection);
      case 'findOne':
        if (Object.keys(filter).length === 0) throw badArgument('Missing filter argument');
        return one(records.select(entity, filter));
      case 'findDuplicates':
        throw refuse('The contract server finds no duplicates', null, STANDARD, 'INTERNAL_SERVER_ERROR');
      case 'groupBy':
        return this.groups(entity, args, filter, selection);
      case 'createOne':
        return one(write([args.data as Row]));
      case 'createMany':
        return many(write(args.data as Row[]));
      case 'updateOne':
        return one(records.update(entity, id, args.data as Row, actor));
      case 'updateMany':
        return many(records.update(entity, filter, args.data as Row, actor));
      case 'deleteOne':
        return one(records.softDelete(entity, id, actor));
      case 'deleteMany':
        return many(records.softDelete(entity, filter, actor));
      case 'destroyOne':
        return one(records.destroy(entity, id, actor));
      case 'destroyMany':
        return many(records.destroy(entity, filter, actor));
      case 'restoreOne':
        return one(records.restore(entity, id, actor));
      case 'restoreMany':
        return many(records.restore(entity, filter, actor));
      case 'mergeMany':
        return this.merge(entity, args, selection, actor);
    }
  }

  private page(entity: Entity, args: Row, selection: Selection): Row {
    checkPaging(args);
    const forward = args.before === undefined;
    const steps = orderSteps(this.records.schema, entity, args.orderBy);
    const whole = this.records.select(entity, (args.filter ?? {}) as Filter);
    const order = (left: Row, right: Row) => this.compare(steps, left, right) * (forward ? 1 : -1);
    const cursor = args.after ?? args.before;
    const edge = cursor === undefined ? null : decoded(cursor as string);
    const from = [...whole].sort(order).filter((row) => !edge || order(edge, row) < 0);
    const limit = Number(args.first ?? args.last ?? MAX_RECORDS);
    const rest = from.slice(Number(args.offset ?? 0));
    const page = rest.slice(0, limit);
    const hasMore = rest.length > limit;
    const [first, last] = [page[0], page.at(-1)];
    // The cursors of the page are taken before it is turned round.
    const cursors = { startCursor: first ? cursorOf(steps, first) : null, endCursor: last ? cursorOf(steps, last) : null };
    if (!forward) page.reverse();
    return this.shower.connection(
      entity,
      page,
      whole,
      steps,
      { hasNextPage: forward && hasMore, hasPreviousPage: !forward && hasMore },
      selection,
      cursors,
    );
  }

  private compare(steps: OrderStep[], left: Row, right: Row): number {
    for (const { path, through, direction } of steps) {
      const value = (row: Row) => at(through ? this.records.follow(through.relation?.target ?? '', row[`${through.name}Id`]) : row, path);
      const order = compareStep(value(left), value(right), direction);
      if (order !== 0) return order;
    }
    return 0;
  }

  private groups(entity: Entity, args: Row, filter: Filter, selection: Selection): Row[] {
    if (!Array.isArray(args.groupBy)) throw badArgument('Missing required argument: "groupBy" must be an array.');
    const paths = (args.groupBy as Row[]).flatMap((each) =>
      Object.entries(each).map(([key, value]) => (isObject(value) ? [key, ...Object.keys(value)] : [key])),
    );
    const groups = new Map<string, { values: unknown[]; rows: Row[] }>();
    for (const row of this.records.select(entity, filter)) {
      const values = paths.map((path) => at(row, path));
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { values, rows: [] };
      group.rows.push(row);
      groups.set(key, group);
    }
    return [...groups.values()]
      .slice(0, Number(args.limit ?? MAX_RECORDS))
      .map(({ values, rows }) =>
        Object.fromEntries(
          [...selection.keys()].map((key) => [key, key === 'groupByDimensionValues' ? values : aggregate(entity, key, rows)]),
        ),
      );
  }

  private merge(entity: Entity, args: Row, selection: Selection, actor: Actor): Row {
    const { ids, conflictPriorityIndex: priority, dryRun } = args as { ids: string[]; conflictPriorityIndex: number; dryRun?: boolean };
    const no = (message: string, friendly: string = STANDARD) => refuse(message, 'INVALID_QUERY_INPUT', friendly);
    if (!['person', 'company'].includes(entity.nameSingular))
      throw no(
        `Merge is only available for objects with duplicate criteria. Object '${entity.nameSingular}' does not have duplicate criteria defined.`,
        'This type of record cannot be merged.',
      );
    if (ids.length < 2) throw no('At least 2 record IDs are required for merge', 'Please select at least 2 records to merge.');
    if (ids.length > MAX_MERGED)
      throw no(`Maximum ${MAX_MERGED} records can be merged at once`, `You can merge up to ${MAX_MERGED} records at once.`);
    if (priority < 0 || priority >= ids.length)
      throw no(`Invalid conflict priority '${priority}'. Valid options for ${ids.length} records: 0-${ids.length - 1}`);
    return this.shower.record(entity, this.records.merge(entity, ids, priority, [...selection.keys()], actor, dryRun), selection);
  }
}

function checkRoots(fields: FieldNode[]): void {
  if (fields.length > MAX_ROOT_FIELDS)
    throw refuse(
      `Query too complex - Too many root resolvers requested: ${fields.length} - Maximum allowed root resolvers: ${MAX_ROOT_FIELDS}`,
      null,
      null,
    );
  const seen = new Set<string>();
  for (const { name } of fields) {
    if (seen.has(name.value)) throw refuse(`Duplicate root resolver: "${name.value}"`, null, null);
    seen.add(name.value);
  }
}

function checkArguments(method: Method, args: Row): void {
  const { allowed, required = {}, typed = {} } = ARGUMENTS[method];
  for (const key of Object.keys(args)) if (!allowed.includes(key)) throw badArgument(`Argument not allowed: ${key}`);
  for (const [key, kind] of Object.entries(required)) {
    const value = args[key];
    const fits =
      kind === 'array'
        ? Array.isArray(value)
        : kind === 'UUID'
          ? isUuid(value)
          : kind === 'number'
            ? typeof value === 'number'
            : isObject(value);
    if (!fits) throw badArgument(`Missing required argument: "${key}" (${kind})`);
  }
  for (const [key, kind] of Object.entries(typed)) {
    const value = args[key];
    if (value === undefined || (kind === 'object' ? isObject(value) : typeof value === kind)) continue;
    throw badArgument(`Invalid argument: "${key}" must be ${kind === 'object' ? 'an' : 'a'} ${kind}`);
  }
}

function checkPaging({ first, last, before, after }: Row): void {
  const conflict = (one: string, other: string) => refuse(`Cannot provide both ${one} and ${other}`, 'ARGS_CONFLICT');
  if (first && last) throw conflict('first', 'last');
  if (before && after) throw conflict('before', 'after');
  if (before && first) throw conflict('before', 'first');
  if (after && last) throw conflict('after', 'last');
  if (first !== undefined && Number(first) < 0) throw refuse('First argument must be non-negative', 'INVALID_ARGS_FIRST');
  if (last !== undefined && Number(last) < 0) throw refuse('Last argument must be non-negative', 'INVALID_ARGS_LAST');
}

function decoded(cursor: string): Row {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64').toString()) as Row;
  } catch {
    throw refuse(`Invalid cursor: ${cursor}`, 'INVALID_CURSOR');
  }
}

const denied = () =>
  refuse('Entity performing the request does not have permission', 'PERMISSION_DENIED', 'User does not have permission.', 'FORBIDDEN');

function formatted(error: unknown): FormattedError {
  if (error instanceof Refusal) return error.format();
  return { message: error instanceof Error ? error.message : String(error), extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}
