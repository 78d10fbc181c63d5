/**
 * Reads the definitions of channels/ and says the same in the languages that need it: SDL, Prisma's schema, TypeScript.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FOLDER = join(HERE, 'channels');
const WRITTEN = 'Written by the build from graphql/channels/: what is to change is changed there.';

/** Name and definition of each channel, in the order in which they are listed everywhere. */
export async function channels() {
  const all = await Promise.all(
    readdirSync(FOLDER)
      .filter((file) => file.endsWith('.js'))
      .map(async (file) => {
        const { default: definition } = await import(pathToFileURL(join(FOLDER, file)).href);
        return [file.slice(0, -3).replaceAll('-', '_').toUpperCase(), definition];
      }),
  );
  all.sort(([, one], [, other]) => one.order - other.order);
  const twins = all.find(([, { order }], index) => order === all[index + 1]?.[1].order);
  if (twins) throw new Error(`Two channels of graphql/channels/ have the order ${twins[1].order}: give one of them another.`);
  return all;
}

export const asSdl = (all) =>
  `# ${WRITTEN}

"How a customer and the center come together, or what is to be done without one; in the order in which channels are listed."
enum Channel {
${all.map(([name, { about }]) => `  ${JSON.stringify(about)}\n  ${name}`).join('\n')}
}
`;

export const asPrisma = (all) => `// ${WRITTEN}

enum Channel {
${all.map(([name]) => `  ${name}`).join('\n')}
}
`;

export const asTypeScript = (all) => `// ${WRITTEN}

${readFileSync(join(HERE, 'channel.ts'), 'utf8')}
export type Channel = ${all.map(([name]) => `'${name}'`).join(' | ')};

const definitions = ${JSON.stringify(Object.fromEntries(all), null, 2)} as const satisfies Record<Channel, ChannelDefinition>;

export const channels: Readonly<Record<Channel, ChannelDefinition>> = definitions;

/** In the order in which channels are listed. */
export const CHANNELS = Object.keys(definitions) as Channel[];

export const channelsWhere = (holds: (definition: ChannelDefinition) => boolean): Channel[] =>
  CHANNELS.filter((channel) => holds(channels[channel]));
`;
