/** What may be typed after `npx --no-install patchbay-center`, and what its help says. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CrmAdministration, Request } from '../crm/administration.js';
import { ADMINISTRATIONS } from '../crm/administrations.js';
import { COMMAND, START } from '../platform/command.js';
import { DATA } from '../platform/folders.js';
import { CONFIG_ACTIONS, type ConfigRequest } from './configuration.js';
import { Advice } from './terminal.js';

const HELP = `Patchbay: puts the contact center into your CRM.

  ${COMMAND} <command> twenty [options]
  ${COMMAND} config <export | plan | apply> [file] [options]
  ${START} [options]

Commands
  start        a whole contact center on this machine: start --help
  plan         what an install or upgrade would change in Twenty; changes nothing
  install      puts Patchbay into Twenty and connects the engine with it;
               may be run again at any time, and goes on where it was stopped
  upgrade      brings Twenty to the version of this Patchbay
  doctor       looks at everything the connection needs; says how to mend it
  uninstall    takes Patchbay out of Twenty; people and companies stay,
               but for people whom a demo invented
  config       calendars, SLA policies and rules of a running engine as a file:
               export writes it, plan tells what it would change, apply does it,
               all or nothing

Options
  --url URL          Twenty's server, such as https://crm.example.org
  --api-key KEY      of the role Admin: Settings → MCP & APIs → API
  --public-url URL   where Twenty and its users reach the engine
                     (default: what was saved, else http://localhost:4400)
  --data FOLDER      folder of the embedded database (default .patchbay)
  --app FOLDER       the application to install (default: this Patchbay's)
  --yes              lose data without being asked: upgrade, uninstall;
                     change it: config apply
  --verbose          every line of a plan
  --json             doctor, plan, config plan: for programs
  --file FILE        config export: write into FILE
  --prune            config plan, apply: delete what the file does not name
  --export FOLDER    uninstall: first write all records into FOLDER
  --with-demo        install: connect a demo, with its invented people
  --forget           uninstall: only forget a Twenty that is gone for good
  --help             this text

Without --url and --api-key the saved connection is used.

Variables
  TWENTY_URL, TWENTY_API_KEY   instead of --url and --api-key; a key on the
                               command line is seen by others on the machine
  DATABASE_URL                 the engine's PostgreSQL, if not the embedded one
  PORT                         the engine's port, for the default --public-url
  PATCHBAY_URL                 config: the engine (default http://localhost:4400)
  PATCHBAY_TOKEN               config: the token of an administrator
  NO_COLOR                     no colours

Exit status: 0 done, 1 failed or something is wrong, 2 wrong usage,
130 interrupted. Of config plan 0 is nothing to do, 2 that something would
change, 1 all else.

Examples
  export TWENTY_URL=https://crm.example.org TWENTY_API_KEY=eyJ…
  ${COMMAND} plan twenty
  ${COMMAND} install twenty --public-url https://patchbay.example.org
  ${COMMAND} doctor twenty
  ${COMMAND} uninstall twenty --export ./patchbay-records
  ${COMMAND} config export --file center.yaml
  ${COMMAND} config plan center.yaml
  ${COMMAND} config apply center.yaml

npx --no-install runs what is installed here and never fetches anything. The same without
npx: node_modules/.bin/patchbay-center
`;

const COMMANDS = ['plan', 'install', 'upgrade', 'doctor', 'uninstall'] as const;
/** Speaks to the engine instead of a CRM. */
const CONFIG = 'config';
export type Command = (typeof COMMANDS)[number];

/** Wrong usage, with the exit status of it. */
export class Usage extends Advice {}

export interface Options {
  command: Command;
  administration: CrmAdministration;
  request: Request;
  data: string;
  yes: boolean;
  verbose: boolean;
  json: boolean;
  export: string | undefined;
  forget: boolean;
  withDemo: boolean;
}

/** @throws Advice saying what is wrong, with an example */
export function readOptions(): Options | ConfigRequest {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        'api-key': { type: 'string' },
        'public-url': { type: 'string' },
        data: { type: 'string', default: DATA },
        app: { type: 'string' },
        yes: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        export: { type: 'string' },
        forget: { type: 'boolean', default: false },
        'with-demo': { type: 'boolean', default: false },
        file: { type: 'string', short: 'f' },
        prune: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw wrongUsage(`${(error as Error).message.split('. ')[0]}.\nTry "${COMMAND} --help".`);
  }
  const { values, positionals } = parsed;
  const [command, crm, ...rest] = positionals;
  if (values.help || !command || command === 'help') {
    process.stdout.write(HELP);
    process.exit(values.help || command ? 0 : 2);
  }
  if (command === CONFIG) return readConfigRequest(positionals.slice(1), values);
  if (!COMMANDS.includes(command as Command))
    throw new Usage(`There is no command "${command}": it is one of ${[...COMMANDS, CONFIG].join(', ')}.`);
  const known = Object.keys(ADMINISTRATIONS);
  const administration = ADMINISTRATIONS[crm ?? known[0] ?? ''];
  if (!administration || rest.length > 0) {
    const odd = rest[0] ?? crm;
    throw new Usage(`"${odd}" is not a CRM that Patchbay knows: it is ${known.join(' or ')}.\nExample: ${COMMAND} ${command} twenty`);
  }
  return {
    command: command as Command,
    administration,
    request: {
      url: values.url ?? (process.env.TWENTY_URL || undefined),
      apiKey: values['api-key'] ?? (process.env.TWENTY_API_KEY || undefined),
      publicUrl: values['public-url'],
      localUrl: `http://localhost:${process.env.PORT || 4400}`,
      appFolder: values.app,
    },
    data: resolve(values.data),
    yes: values.yes,
    verbose: values.verbose,
    json: values.json,
    export: values.export,
    forget: values.forget,
    withDemo: values['with-demo'],
  };
}

function readConfigRequest(
  [action = '', file, ...rest]: string[],
  values: { file?: string; prune: boolean; yes: boolean; json: boolean },
): ConfigRequest {
  const known = CONFIG_ACTIONS.find((one) => one === action);
  if (!known || rest.length > 0) {
    const odd = known
      ? `"${rest[0]}" is one word too many.`
      : `"config ${action}" is no command: it is one of ${CONFIG_ACTIONS.join(', ')}.`;
    throw wrongUsage(`${odd}\nExample: ${COMMAND} config plan center.yaml`);
  }
  return {
    action: known,
    file: values.file ?? file,
    url: process.env.PATCHBAY_URL || `http://localhost:${process.env.PORT || 4400}`,
    token: process.env.PATCHBAY_TOKEN || undefined,
    prune: values.prune,
    yes: values.yes,
    json: values.json,
  };
}

/** Under `config` the status 2 says that a plan has changes. */
const wrongUsage = (words: string): Advice => (process.argv[2] === CONFIG ? new Advice(words) : new Usage(words));
