/**
 * Writes TypeScript from the contract: `node generate.mjs server FILE` the types the engine's resolvers speak, and Prisma's
 * enum of channels; `node generate.mjs client FOLDER` typed documents for the `.graphql` files in that folder; each with
 * the definitions of the channels beside it, which `node generate.mjs channels FOLDER` writes alone.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import { parse } from 'graphql';
import { asPrisma, asSdl, asTypeScript, channels } from './channels.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const graphqlFiles = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ location: join(folder, file), text: readFileSync(join(folder, file), 'utf8') }));

/** Several of us may run at once: what is there already stays, and nobody ever reads half a file. */
function put(file, content) {
  if (existsSync(file) && readFileSync(file, 'utf8') === content) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}

const all = await channels();
put(join(here, 'schema', 'channel.graphql'), asSdl(all));

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
  put(filename, content);
}

const [target, path] = process.argv.slice(2).map((argument, index) => (index ? resolve(argument) : argument));
if (target === 'server') {
  put(join(here, '..', 'plugin', 'prisma', 'channel.prisma'), asPrisma(all));
  put(join(dirname(path), 'channels.ts'), asTypeScript(all));
  await write(path, ['typescript'], [], {
    scalars: scalars('Date'),
    maybeValue: 'T | null',
    avoidOptionals: { field: true, object: false, inputValue: false, defaultValue: true },
  });
} else if (target === 'client') {
  put(join(path, 'generated', 'channels.ts'), asTypeScript(all));
  const documents = graphqlFiles(path).map(({ location, text }) => ({ location, document: parse(text) }));
  await write(join(path, 'generated', 'operations.ts'), ['operations', 'typedDocuments'], documents, {
    scalars: scalars('string'),
    avoidOptionals: false,
  });
} else if (target === 'channels') {
  put(join(path, 'generated', 'channels.ts'), asTypeScript(all));
} else {
  console.error('usage: generate.mjs server FILE | client FOLDER | channels FOLDER');
  process.exit(2);
}
