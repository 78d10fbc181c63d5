/** What the pages ask stays within what the engine takes of one operation, however many rows they ask for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  buildASTSchema,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  separateOperations,
  specifiedRules,
  typeFromAST,
  validate,
  type DocumentNode,
  type GraphQLInputType,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import { costRefusal, rules } from '../../src/platform/graphql.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGES = ['plugin/desk/src', 'plugin/console/src', 'wallboard/src'];

const textOf = (folder: string): string =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readFileSync(join(ROOT, folder, file), 'utf8'))
    .join('\n');

const schema = buildASTSchema(parse(textOf('graphql/schema')));

/** One that a variable may have, with the most rows that a page asks for by a variable. */
const SAMPLES: Record<string, unknown> = {
  UUID: '01890000-0000-7000-8000-000000000000',
  PageSize: 100,
  DateTime: '2026-01-05T08:00:00Z',
  IdempotencyKey: 'key-00000000',
  Boolean: true,
  Int: 1,
  Float: 1,
  Seconds: 1,
  Priority: 1,
  Level: 1,
  Units: 1,
  Percent: 1,
};

function sample(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sample(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return SAMPLES[type.name] ?? 'x';
  const fields = Object.values(type.getFields());
  if (type.isOneOf) return { [fields[0]!.name]: sample(fields[0]!.type) };
  const needed = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  return Object.fromEntries(needed.map((field) => [field.name, sample(field.type)]));
}

const operations = PAGES.flatMap((folder) =>
  Object.entries(separateOperations(parse(textOf(folder)))).map(([name, document]): [string, DocumentNode] => [
    `${folder.split('/').at(-2)}: ${name}`,
    document,
  ]),
);

test.each(operations)('%s', (_name, document) => {
  const operation = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)!;
  const variables = Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, type }) => [
      variable.name.value,
      sample(typeFromAST(schema, type as NamedTypeNode) as GraphQLInputType),
    ]),
  );
  expect(getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors).toBeUndefined();
  expect(validate(schema, document, [...specifiedRules, ...rules])).toEqual([]);
  expect(costRefusal(schema, document, variables)?.message).toBeUndefined();
});

test('there are some', () => expect(operations.length).toBeGreaterThan(100));
