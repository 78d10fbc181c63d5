/**
 * Writes all that follows from the contract and from the definitions of channels, into each workspace that speaks them: types
 * for the engine's resolvers, typed documents for the `.graphql` files of pages and seed, Prisma's enum of channels. One
 * process does it, since loading the generator takes longer than what it generates. `node generate.mjs FOLDER` writes
 * what a client in that folder needs.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import * as typedDocuments from '@graphql-codegen/typed-document-node';
import { buildASTSchema, parse } from 'graphql';
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

/** Built once: what the generator works out of a schema it keeps with this object, for the next of its runs. */
const schemaAst = buildASTSchema(schema);

const strings = ['UUID', 'Line', 'Text', 'Document', 'IdempotencyKey', 'Address', 'Cursor'];
const numbers = ['Seconds', 'Priority', 'Level', 'Units', 'Percent', 'PageSize'];
const scalars = (dateTime) => ({
  DateTime: dateTime,
  Facts: 'Record<string, unknown>',
  Json: 'unknown',
  Settings: 'Record<string, unknown>',
  ...Object.fromEntries(strings.map((name) => [name, 'string'])),
  ...Object.fromEntries(numbers.map((name) => [name, 'number'])),
});

async function write(filename, plugins, documents, config) {
  const content = await codegen({
    filename,
    schema,
    schemaAst,
    documents,
    config: { enumType: 'string-literal', enumsAsTypes: true, useTypeImports: true, strictScalars: true, ...config },
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: { typescript, operations, typedDocuments },
  });
  put(filename, content);
}

const putChannels = (folder) => put(join(folder, 'generated', 'channels.ts'), asTypeScript(all));

async function writeClient(folder) {
  putChannels(folder);
  const documents = graphqlFiles(folder).map(({ location, text }) => ({ location, document: parse(text) }));
  await write(join(folder, 'generated', 'operations.ts'), ['operations', 'typedDocuments'], documents, {
    scalars: scalars('string'),
    avoidOptionals: false,
  });
}

async function writeServer(plugin) {
  put(join(plugin, 'prisma', 'channel.prisma'), asPrisma(all));
  putChannels(join(plugin, 'src/platform'));
  await write(join(plugin, 'src/platform/generated/graphql.ts'), ['typescript'], [], {
    scalars: scalars('Date'),
    maybeValue: 'T | null',
    avoidOptionals: { field: true, object: false, inputValue: false, defaultValue: true },
  });
}

const [client] = process.argv.slice(2);
if (client) await writeClient(resolve(client));
else {
  const root = join(here, '..');
  await writeServer(join(root, 'plugin'));
  for (const folder of ['plugin/console/src', 'plugin/desk/src', 'seed/src', 'wallboard/src']) await writeClient(join(root, folder));
  putChannels(join(root, 'plugin/twenty-app/src'));
}
