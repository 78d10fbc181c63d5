/** Filters and orders of Twenty 2.21: what it accepts, and which rows they mean. */
import { inspect } from 'node:util';
import { badFilter, refuse } from './errors.js';
import { COMPOSITES, type Entity, type Field, type FieldType, type Schema } from './schema.js';
import { isObject, isUuid } from './values.js';

export type Row = Record<string, unknown>;
/** SQL's three values: a comparison with nothing is neither true nor false. */
type Truth = boolean | null;
export type Filter = Record<string, unknown>;
/** Finds the row that a relation's column points at. */
export type Follow = (entity: string, id: unknown) => Row | null;

const COMPARE = ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'is'];
const OPERATORS: Partial<Record<FieldType, string[]>> = {
  TEXT: [...COMPARE, 'like', 'ilike', 'startsWith', 'endsWith'],
  UUID: COMPARE,
  NUMBER: COMPARE,
  NUMERIC: COMPARE,
  POSITION: COMPARE,
  DATE: COMPARE,
  DATE_TIME: COMPARE,
  BOOLEAN: ['eq', 'is'],
  SELECT: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'containsAny', 'is', 'isEmptyArray'],
  RATING: ['eq', 'neq', 'gt', 'gte', 'lt', 'lte', 'in', 'containsAny', 'is', 'isEmptyArray'],
  MULTI_SELECT: ['containsAny', 'is', 'isEmptyArray'],
  ARRAY: ['containsIlike', 'is', 'isEmptyArray'],
  RAW_JSON: ['is', 'like'],
  FILES: ['is', 'like'],
  RELATION: COMPARE,
  MORPH_RELATION: COMPARE,
};
const LISTS = ['in', 'contains', 'notContains'];

/** @throws Refusal as Twenty refuses the filter, before any row is looked at */
export function checkFilter(schema: Schema, entity: Entity, filter: Filter, depth = 0): void {
  for (const [key, value] of Object.entries(filter)) {
    if (key === 'and' || key === 'or') {
      for (const each of value as Filter[]) checkFilter(schema, entity, each, depth);
    } else if (key === 'not') checkFilter(schema, entity, value as Filter, depth);
    else checkField(schema, entity, key, value, depth);
  }
}

function checkField(schema: Schema, entity: Entity, key: string, value: unknown, depth: number): void {
  const found = schema.fieldOf(entity, key);
  if (!found) {
    const what = `${entity.nameSingular} object doesn't have any "${key}" field.`;
    throw badFilter(`Object ${entity.nameSingular} doesn't have any "${key}" field.`, `Invalid filter : ${what}`);
  }
  const { field, isColumn } = found;
  if (field.relation && !isColumn) {
    if (field.relation.kind === 'ONE_TO_MANY')
      throw badFilter(`Cannot filter by relation field "${key}"`, `Invalid filter: filtering by relation field "${key}" is not supported`);
    if (depth >= 1)
      throw badFilter('Relation filter nesting deeper than 1 hop is not supported', 'Relation filters can only traverse one relation deep');
    checkFilter(schema, schema.entity(field.relation.target), value as Filter, depth + 1);
    return;
  }
  const parts = COMPOSITES[field.type];
  if (!parts) return checkComparison(field.type, key, value);
  for (const [sub, comparison] of Object.entries(value as Filter)) {
    const part = parts[sub];
    if (!part) throw badFilter(`Sub field "${sub}" not found for composite type: ${field.type}`);
    checkComparison(part.type, sub, comparison);
  }
}

function checkComparison(type: FieldType, key: string, comparison: unknown): void {
  if (!isObject(comparison))
    throw badFilter(`Filter value for field "${key}" must be an object`, 'Invalid filter: filter value must be an object');
  const entries = Object.entries(comparison);
  const [first] = entries;
  if (entries.length !== 1 || !first)
    throw badFilter(
      `Filter for field "${key}" must have exactly one operator`,
      'Invalid filter: exactly one operator per field is required',
    );
  const [operator, value] = first;
  const allowed = OPERATORS[type] ?? ['is'];
  if (!allowed.includes(operator))
    throw badFilter(
      `Operator "${operator}" is not valid for field "${key}" of type ${type} - Allowed operators: ${allowed.join(', ')}`,
      `Invalid filter : Operator "${operator}" is not valid for this "${key}" ${type} field`,
    );
  if (operator === 'is') {
    if (value !== 'NULL' && value !== 'NOT_NULL')
      throw badFilter('Invalid filter value for "is" operator. Expected "NULL" or "NOT_NULL"', 'Invalid value for "is" operator');
    return;
  }
  if (LISTS.includes(operator) && (!Array.isArray(value) || value.length === 0))
    throw refuse(
      `Invalid filter value for field ${key}. Expected non-empty array`,
      'INVALID_QUERY_INPUT',
      `Invalid filter value: "${String(value)}"`,
    );
  for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) checkValue(type, key, each);
}

function checkValue(type: FieldType, key: string, value: unknown): void {
  if (value === null) return;
  const shown = inspect(value);
  if ((type === 'UUID' || type === 'RELATION' || type === 'MORPH_RELATION') && !isUuid(value))
    throw badFilter(`Invalid UUID value ${shown} for field "${key}"`, `Invalid value for UUID: "${shown}"`);
  if ((type === 'NUMBER' || type === 'NUMERIC' || type === 'POSITION') && (typeof value !== 'number' || !Number.isFinite(value)))
    throw badFilter(`Invalid number value ${shown} for field "${key}"`, `Invalid value for number: "${shown}"`);
  if (type === 'DATE_TIME' && (typeof value !== 'string' || Number.isNaN(Date.parse(value))))
    throw badFilter(
      `Invalid value ${shown} for date-time field "${key}". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'`,
      `Invalid value for date-time: "${shown}". Expected format: 'YYYY-MM-DDTHH:mm:ssZ'`,
    );
}

/** Soft-deleted rows show only where `deletedAt` stands in the filter itself, or under and, or, not. */
export function namesDeletedAt(filter: Filter): boolean {
  return Object.entries(filter).some(([key, value]) => {
    if (key === 'deletedAt') return true;
    if (key === 'not') return namesDeletedAt(value as Filter);
    return (key === 'and' || key === 'or') && (value as Filter[]).some(namesDeletedAt);
  });
}

/** Whether the row is one that the (checked) filter means. */
export function matches(schema: Schema, entity: Entity, filter: Filter, row: Row, follow: Follow): boolean {
  return truth(schema, entity, filter, row, follow) === true;
}

function all(truths: Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

function any(truths: Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

/** A condition, or two with an OR between them that Twenty puts into the statement without brackets. */
type Link = Truth | [Truth, Truth];

/** Conditions in a row, as SQL reads them: AND binds closer than an OR that slipped in, which so undoes what stands before it. */
function chain(links: Link[]): Truth {
  const groups: Truth[][] = [[]];
  for (const link of links) {
    groups.at(-1)?.push(Array.isArray(link) ? link[0] : link);
    if (Array.isArray(link)) groups.push([link[1]]);
  }
  return any(groups.map(all));
}

function truth(schema: Schema, entity: Entity, filter: Filter, row: Row, follow: Follow): Truth {
  const each = (inner: unknown) => truth(schema, entity, inner as Filter, row, follow);
  return chain(
    Object.entries(filter).flatMap(([key, value]): Link[] => {
      if (key === 'and') return [all((value as Filter[]).map(each))];
      if (key === 'or') return [(value as Filter[]).length === 0 ? true : any((value as Filter[]).map(each))];
      if (key !== 'not') return fieldLinks(schema, entity, key, value as Filter, row, follow);
      const inner = each(value);
      return [inner === null ? null : !inner];
    }),
  );
}

function fieldLinks(schema: Schema, entity: Entity, key: string, value: Filter, row: Row, follow: Follow): Link[] {
  const found = schema.fieldOf(entity, key);
  if (!found) return [null];
  const { field, isColumn } = found;
  if (field.relation && !isColumn) {
    const other = follow(field.relation.target, row[`${field.name}Id`]);
    return [other ? truth(schema, schema.entity(field.relation.target), value, other, follow) : null];
  }
  const parts = COMPOSITES[field.type];
  if (!parts) return [compare(field.type, row[key] ?? null, value)];
  const whole = (row[field.name] ?? {}) as Row;
  return Object.entries(value).map(([sub, comparison]) => compare(parts[sub]?.type ?? 'TEXT', whole[sub] ?? null, comparison as Filter));
}

/** `%` and `_` of LIKE, everything else as it stands. */
function likePattern(pattern: string, flags: string): RegExp {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/%/g, '.*')
    .replace(/_/g, '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

const comparable = (type: FieldType, value: unknown): string | number =>
  type === 'DATE_TIME'
    ? Date.parse(String(value))
    : typeof value === 'number'
      ? value
      : typeof value === 'boolean'
        ? String(value)
        : String(value).toString();

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function compare(type: FieldType, actual: unknown, comparison: Filter): Link {
  const [operator, expected] = Object.entries(comparison)[0] as [string, unknown];
  const isText = type === 'TEXT';
  // An empty text is stored as null, and means it.
  const meansNull = (isText && expected === '') || (type === 'ARRAY' && Array.isArray(expected) && expected.length === 0);
  if (operator === 'is') return expected === 'NULL' ? actual === null : actual !== null;
  if (operator === 'isEmptyArray') return actual === null || (Array.isArray(actual) && actual.length === 0);
  if (operator === 'eq' && meansNull) return [actual === null ? null : false, actual === null];
  if (operator === 'neq' && meansNull) return actual !== null;
  if ((operator === 'like' || operator === 'ilike') && meansNull) return [actual === null ? null : false, actual === null];
  if (actual === null || expected === null) return null;
  const left = comparable(type, actual);
  const right = Array.isArray(expected) ? '' : comparable(type, expected);
  switch (operator) {
    case 'eq':
      return left === right;
    case 'neq':
      return left !== right;
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'in':
      return (expected as unknown[]).some((each) => comparable(type, each) === left);
    case 'like':
      return likePattern(String(expected), '').test(asText(actual));
    case 'ilike':
      return likePattern(String(expected), 'i').test(asText(actual));
    case 'startsWith':
      return asText(actual).startsWith(String(expected));
    case 'endsWith':
      return asText(actual).endsWith(String(expected));
    case 'containsAny':
      return (actual as unknown[]).some((each) => (expected as unknown[]).includes(each));
    case 'containsIlike':
      return (actual as unknown[]).some((each) => likePattern(String(expected), 'i').test(String(each)));
    default:
      return null;
  }
}

export type Direction = 'AscNullsFirst' | 'AscNullsLast' | 'DescNullsFirst' | 'DescNullsLast';
/** One column to order by: the path into the row, over one relation at most. */
export interface OrderStep {
  path: string[];
  through: Field | null;
  direction: Direction;
}

/** The steps of an `orderBy`, the id last. @throws Refusal FIELD_NOT_FOUND */
export function orderSteps(schema: Schema, entity: Entity, orderBy: unknown): OrderStep[] {
  const entries = (Array.isArray(orderBy) ? (orderBy as Filter[]) : isObject(orderBy) ? [orderBy] : []).flatMap((each) =>
    Object.entries(each),
  );
  const steps = entries.flatMap(([key, value]): OrderStep[] => {
    const found = schema.fieldOf(entity, key);
    if (!found) throw refuse(`Field "${key}" does not exist or is not sortable`, 'FIELD_NOT_FOUND');
    const { field, isColumn } = found;
    if (field.relation && !isColumn && isObject(value))
      return orderSteps(schema, schema.entity(field.relation.target), value)
        .slice(0, -1)
        .map((step) => ({ ...step, through: field }));
    if (isObject(value))
      return Object.entries(value).map(([sub, direction]) => ({ path: [key, sub], through: null, direction: direction as Direction }));
    return [{ path: [key], through: null, direction: value as Direction }];
  });
  return [...steps, { path: ['id'], through: null, direction: 'AscNullsFirst' }];
}

export const at = (row: Row | null, path: string[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Row | null)?.[key] ?? null, row);

/** Which of two values of a step comes first; below zero: the left one. */
export function compareStep(left: unknown, right: unknown, direction: Direction): number {
  const nullsFirst = direction.endsWith('NullsFirst');
  if (left === null || right === null) return left === right ? 0 : (left === null) === nullsFirst ? -1 : 1;
  const order = (left as string) < (right as string) ? -1 : (left as string) > (right as string) ? 1 : 0;
  return direction.startsWith('Desc') ? -order : order;
}
