/**
 * Writes TypeScript types from the contract: `node generate.mjs server FILE` the types the engine's resolvers speak,
 * `node generate.mjs client FOLDER` typed documents for the `.graphql` files in that folder, beside them.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import { parse } from 'graphql';

const here = dirname(fileURLToPath(import.meta.url));
const graphqlFiles = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ location: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }));

const schema = parse(
  graphqlFiles(join(here, 'schema'))
    .map((file) => file.text)
    .join('\n'),
);

const strings = ['UUID', 'Line', 'Text', 'Document', 'IdempotencyKey', 'Address', 'Cursor'];
const numbers = ['Seconds', 'Priority', 'Level', 'Units', 'Percent', 'PageSize'];
const scalars = (dateTime) => ({
  DateTime: dateTime,
  Facts: 'Record<string, unknown>',
  Settings: 'Record<string, unknown>',
  ...Object.fromEntries(strings.map((name) => [name, 'string'])),
  ...Object.fromEntries(numbers.map((name) => [name, 'number'])),
});

async function write(filename, plugins, documents, config) {
  const content = await codegen({
    filename,
    schema,
    documents,
    config: { enumType: 'string-literal', enumsAsTypes: true, useTypeImports: true, strictScalars: true, ...config },
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: { typescript, operations, typedDocuments },
  });
  mkdirSync(dirname(filename), { recursive: true });
  writeFileSync(filename, content);
}

const [target, path] = process.argv.slice(2).map((argument, index) => (index ? resolve(argument) : argument));
if (target === 'server') {
  await write(path, ['typescript'], [], {
    scalars: scalars('Date'),
    maybeValue: 'T | null',
    avoidOptionals: { field: true, object: false, inputValue: false, defaultValue: true },
  });
} else if (target === 'client') {
  const documents = graphqlFiles(path).map(({ location, text }) => ({ location, document: parse(text) }));
  await write(join(path, 'generated', 'operations.ts'), ['operations', 'typedDocuments'], documents, {
    scalars: scalars('string'),
    avoidOptionals: false,
  });
} else {
  console.error('usage: generate.mjs server FILE | client FOLDER');
  process.exit(2);
}
