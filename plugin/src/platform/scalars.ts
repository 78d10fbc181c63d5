/** The contract's scalars: a value outside their bounds is refused before any resolver runs. */
import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { DateTimeResolver, UUIDResolver } from 'graphql-scalars';

const refuse = (name: string, expected: string): never => {
  throw new GraphQLError(`${name} must be ${expected}.`, { extensions: { code: 'INVALID' } });
};

function text(name: string, expected: string, check: (value: string) => string | null): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => (typeof value === 'string' ? check(value) : null) ?? refuse(name, expected);
  return new GraphQLScalarType({
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}

function integer(name: string, least: number, most: number): GraphQLScalarType<number, number> {
  const expected = `a whole number from ${least} to ${most}`;
  const parse = (value: unknown): number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : refuse(name, expected);
  return new GraphQLScalarType({
    name,
    serialize: Number,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.INT ? Number(node.value) : null),
  });
}

// Lone surrogates cannot be stored as UTF-8, and PostgreSQL has no NUL in text.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const wellFormed = (value: string): boolean => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value);
const pattern = (expression: RegExp) => (value: string) => (expression.test(value) ? value : null);

const MOST_SETTINGS = 20_000;
const DEEPEST_SETTINGS = 8;

function settings(value: unknown): Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const fits = isObject && depth(value) <= DEEPEST_SETTINGS && clean(value) && JSON.stringify(value).length <= MOST_SETTINGS;
  return fits ? (value as Record<string, unknown>) : refuse('Settings', 'an object of at most 20,000 characters and 8 levels');
}

function clean(value: unknown): boolean {
  if (typeof value === 'string') return !CONTROL.test(value) && wellFormed(value);
  return typeof value !== 'object' || value === null || Object.entries(value).every(([key, inner]) => clean(key) && clean(inner));
}

function depth(value: unknown): number {
  return typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0;
}

export const scalars = {
  DateTime: DateTimeResolver,
  UUID: UUIDResolver,
  Line: text('Line', '1 to 200 characters on one line', (value) => {
    const line = value.trim();
    return line.length >= 1 && line.length <= 200 && !CONTROL.test(line) && !/[\n\r\t]/.test(line) && wellFormed(line) ? line : null;
  }),
  Text: text('Text', 'at most 50,000 characters without control characters', (value) =>
    value.length <= 50_000 && !CONTROL.test(value) && wellFormed(value) ? value : null,
  ),
  Document: text('Document', 'at most 200,000 characters without control characters', (value) =>
    value.length <= 200_000 && !CONTROL.test(value) && wellFormed(value) ? value : null,
  ),
  IdempotencyKey: text('IdempotencyKey', '8 to 100 letters, digits, "-", "_", ":" or "."', pattern(/^[A-Za-z0-9_:.-]{8,100}$/)),
  Address: text('Address', '1 to 320 characters on one line', (value) => {
    const address = value.trim();
    return address.length >= 1 && address.length <= 320 && !CONTROL.test(address) && !/[\n\r\t]/.test(address) && wellFormed(address)
      ? address
      : null;
  }),
  Cursor: text('Cursor', 'a cursor that a list gave', pattern(/^[A-Za-z0-9_-]{1,80}$/)),
  Seconds: integer('Seconds', 0, 31_536_000),
  Priority: integer('Priority', 0, 100),
  Level: integer('Level', 1, 10),
  Units: integer('Units', 0, 10_000),
  Percent: integer('Percent', 1, 100),
  PageSize: integer('PageSize', 1, 200),
  Settings: new GraphQLScalarType({
    name: 'Settings',
    serialize: (value) => value,
    parseValue: settings,
    parseLiteral: (node, variables) => settings(valueFromASTUntyped(node, variables)),
  }),
  Json: new GraphQLScalarType({
    name: 'Json',
    serialize: (value) => value,
    parseValue: () => refuse('Json', 'left out: it is never an input'),
  }),
  Facts: new GraphQLScalarType({
    name: 'Facts',
    serialize: (value) => value,
    parseValue: () => refuse('Facts', 'left out: it is never an input'),
  }),
};
