/**
 * Rights that are bounded to a part of the contact center. The schema says which rows belong to a part (`@within`), what the ids
 * of an input stand for (`@names`), and what cannot be cut to a part (`@whole`); here that is put in front of and behind every
 * resolver, so that no field can forget it. Lists with pages ask for the part by themselves too, or their pages would come out short.
 */
import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLFieldConfig,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { forbidden, notFound } from './errors.js';
import type { Named } from './generated/graphql.js';
import type { Loaders } from './loaders.js';

/** What is told to belong to a part by its row alone. */
export type LookedUp = 'INTERACTION' | 'CUSTOMER' | 'OFFER' | 'MESSAGE' | 'ATTACHMENT';

/** One part of the contact center as it is now: it changes along with queues, teams and memberships. */
export interface Part {
  /** Queues whose work belongs to the part. */
  readonly queueIds: readonly string[];
  /** Those, and the queues that agents of the part's teams serve. */
  readonly servedQueueIds: readonly string[];
  /** Agents of the part's teams. */
  readonly holderIds: readonly string[];
  /** Those, and the agents who serve queues of the part. */
  readonly agentIds: readonly string[];
  has(kind: 'queue' | 'servedQueue' | 'holder' | 'agent' | 'team', id: string): boolean;
  /** Which of these records belong to the part; looked up. */
  among(kind: LookedUp, ids: string[]): Promise<string[]>;
}

/** What the guard reads of a request's context. */
export interface Bounded {
  /** Null for a right over the whole contact center. */
  part: Part | null;
  loaders: Loaders;
}

type Rule = Partial<Record<'queue' | 'servedQueue' | 'holder' | 'agent' | 'team' | 'interaction' | 'customer', string>> & { all?: boolean };
type Field = GraphQLFieldConfig<unknown, Bounded>;

const AT_ONCE = ['queue', 'servedQueue', 'holder', 'agent', 'team'] as const;
const BY_NAME: readonly [RegExp, Named][] = [
  [/queueIds?$/i, 'QUEUE'],
  [/agentIds?$/i, 'AGENT'],
  [/teamIds?$/i, 'TEAM'],
  [/interactionIds?$/i, 'INTERACTION'],
  [/customerIds?$/i, 'CUSTOMER'],
];
const HELD_AS = { QUEUE: 'servedQueue', AGENT: 'agent', TEAM: 'team' } as const;

/** What an id of the input stands for; null where it belongs to no part, such as a skill. */
export function namedBy(schema: GraphQLSchema, input: GraphQLArgument | GraphQLInputField): Named | null {
  const said = getDirective(schema, input, 'names')?.[0]?.a as Named | undefined;
  return said ?? BY_NAME.find(([pattern]) => pattern.test(input.name))?.[1] ?? null;
}

/** Whether the resolver answers for each of these ids by itself. */
const isForEach = (schema: GraphQLSchema, input: GraphQLArgument | GraphQLInputField): boolean =>
  getDirective(schema, input, 'names')?.[0]?.each === true;

/** How rows of the type are told to belong to a part; null where they are not. */
export function ruleOf(schema: GraphQLSchema, type: GraphQLOutputType): Rule | null {
  const named = getNamedType(type);
  return isObjectType(named) ? ((getDirective(schema, named, 'within')?.[0] as Rule | undefined) ?? null) : null;
}

/** Puts the bounds of the schema around its resolvers. */
export function boundSchema(schema: GraphQLSchema): GraphQLSchema {
  const around = (config: object, fieldName: string, typeName: string): object => {
    const field = config as Field;
    const isRoot = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].some((type) => type?.name === typeName);
    const isWhole = getDirective(schema, field, 'whole') !== undefined;
    const cut = cutter(schema, field.type);
    if (!isRoot && !isWhole && !cut) return field;
    const { resolve = defaultFieldResolver, subscribe } = field;
    const before = (args: Record<string, unknown>, part: Part): Promise<void> | void => {
      if (isWhole) throw forbidden(`Your right is bounded to a part of the contact center, and ${fieldName} is about all of it.`);
      return isRoot ? checkInput(schema, field, args, part) : undefined;
    };
    if (subscribe) {
      field.subscribe = async (source, args, context, info) => {
        if (context.part) await before(args, context.part);
        return subscribe(source, args, context, info);
      };
    }
    field.resolve = (source, args, context, info) => {
      const { part } = context;
      if (!part) return resolve(source, args, context, info);
      // A subscription was checked when it began.
      const checked = subscribe ? undefined : before(args, part);
      const value = checked ? checked.then(() => resolve(source, args, context, info)) : resolve(source, args, context, info);
      return cut ? cut(value, context, part) : value;
    };
    return field;
  };
  return mapSchema(schema, { [MapperKind.ROOT_FIELD]: around as never, [MapperKind.OBJECT_FIELD]: around as never });
}

type Cut = (value: unknown, context: Bounded, part: Part) => unknown;

/** Takes out of a field's value what does not belong to the part; null where nothing of its type can be outside of one. */
function cutter(schema: GraphQLSchema, type: GraphQLOutputType): Cut | null {
  const named = getNamedType(type);
  // An edge of a page is its node with a position.
  const node = isObjectType(named) && named.name.endsWith('Edge') ? named.getFields().node : undefined;
  const rule = ruleOf(schema, node ? node.type : type);
  if (!rule) return null;
  const isInside = (row: unknown, context: Bounded, part: Part): Promise<boolean> =>
    belongs((node ? (row as { node: unknown }).node : row) as Record<string, unknown>, rule, context, part);
  const isList = isListType(getNullableType(type));
  return async (promised, context, part) => {
    const value = await promised;
    // Nest hands a refusal back as a value.
    if (value === null || value === undefined || value instanceof Error) return value;
    if (isList) {
      const rows = value as unknown[];
      const inside = await Promise.all(rows.map((row) => isInside(row, context, part)));
      return rows.filter((_, index) => inside[index]);
    }
    if (await isInside(value, context, part)) return value;
    if (!isNonNullType(type)) return null;
    throw forbidden(`This ${named.name} is outside of the part of the contact center to which your right is bounded.`);
  };
}

async function belongs(row: Record<string, unknown>, rule: Rule, { loaders }: Bounded, part: Part): Promise<boolean> {
  const idIn = (field: string | undefined): string | null => (field && typeof row[field] === 'string' ? row[field] : null);
  const isIn = (kind: (typeof AT_ONCE)[number]): boolean => {
    const id = idIn(rule[kind]);
    return id !== null && part.has(kind, id);
  };
  if (rule.all) return AT_ONCE.filter((kind) => rule[kind]).every(isIn);
  if (AT_ONCE.some(isIn)) return true;
  for (const [kind, id] of [
    ['INTERACTION', idIn(rule.interaction)],
    ['CUSTOMER', idIn(rule.customer)],
  ] as const) {
    if (id === null) continue;
    const found = await loaders.one(`${kind} of the part`, id, async (ids) =>
      (await part.among(kind, ids)).map((known) => ({ id: known })),
    );
    if (found) return true;
  }
  return false;
}

/** @throws PatchbayError NOT_FOUND for an id of something outside of the part, as for one that does not exist */
async function checkInput(schema: GraphQLSchema, field: Field, args: Record<string, unknown>, part: Part): Promise<void> {
  const named: [Named, string][] = [];
  const collect = (input: GraphQLArgument | GraphQLInputField, value: unknown): void => {
    if (value === null || value === undefined) return;
    const type = getNamedType(input.type as GraphQLInputType);
    const values = Array.isArray(value) ? (value as unknown[]) : [value];
    if (isInputObjectType(type)) {
      for (const inner of Object.values(type.getFields()))
        for (const one of values) collect(inner, (one as Record<string, unknown>)[inner.name]);
      return;
    }
    const kind = type.name === 'UUID' && !isForEach(schema, input) ? namedBy(schema, input) : null;
    if (kind) for (const id of values) named.push([kind, id as string]);
  };
  for (const [name, arg] of Object.entries(field.args ?? {})) collect({ ...arg, name } as GraphQLArgument, args[name]);
  for (const kind of new Set(named.map(([one]) => one))) {
    const ids = [...new Set(named.filter(([one]) => one === kind).map(([, id]) => id))];
    const known = kind === 'QUEUE' || kind === 'AGENT' || kind === 'TEAM' ? null : new Set(await part.among(kind, ids));
    const outside = ids.find((id) => (known ? !known.has(id) : !part.has(HELD_AS[kind as keyof typeof HELD_AS], id)));
    if (outside !== undefined) throw notFound(kind.toLowerCase(), outside);
  }
}
