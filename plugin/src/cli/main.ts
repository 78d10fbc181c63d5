/** `npx --no-install patchbay-center`: the administrator's commands. Prints and exits; what is done stands in crm/. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Consent, CrmAdministration, Finding, Progress, Request, SavedConnection } from '../crm/administration.js';
import { ADMINISTRATIONS } from '../crm/administrations.js';
import { HostFailure } from '../crm/host.js';
import { COMMAND, START } from '../platform/command.js';
import { PatchbayError } from '../platform/errors.js';
import { DATA } from '../platform/folders.js';
import { DatabaseStore } from './connection-store.js';
import { CONFIG_ACTIONS, runConfiguration, type ConfigRequest } from './configuration.js';
import { explainDatabase, hasDatabase, openDatabase } from './database.js';
import { watchReading } from './first-reading.js';
import { printFinding, printInventory, printLosses, printPlan } from './print.js';
import { Advice, ask, canAsk, color, fail, heading, line, note, outliveOutput, step, wrap } from './terminal.js';

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
type Command = (typeof COMMANDS)[number];

/** Wrong usage, with the exit status of it. */
class Usage extends Advice {}

interface Options {
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

const PROGRESS: Progress = { step, note };
const QUIET: Progress = { step: (_name, work) => work(() => undefined), note: () => undefined };

const closes: (() => Promise<void>)[] = [];
let ending = false;

function readOptions(): Options | ConfigRequest {
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

async function openStore({ data }: Options, progress: Progress): Promise<DatabaseStore> {
  const database = await progress.step('database', (say) => openDatabase(data, say));
  closes.unshift(() => database.close());
  const store = await DatabaseStore.open(database.url);
  closes.unshift(() => store.close());
  return store;
}

/** The saved connection for a command that only looks; no database is made for it. */
async function peek(options: Options, progress: Progress): Promise<DatabaseStore | null> {
  return hasDatabase(options.data) ? openStore(options, progress) : null;
}

const consent =
  ({ yes }: Options): Consent =>
  async ({ losses }) => {
    if (yes) return true;
    line();
    printLosses(losses);
    return canAsk() && (await ask('Type "yes" to go on:')) === 'yes';
  };

const commands: Record<Command, (options: Options) => Promise<number>> = {
  async plan(options) {
    const { request, administration, json, verbose } = options;
    const progress = json ? QUIET : PROGRESS;
    if (!json) heading(`Patchbay → ${administration.name}: plan`);
    const needsSaved = !request.url || !request.apiKey || !request.publicUrl;
    const saved = needsSaved ? ((await (await peek(options, progress))?.read()) ?? null) : null;
    const { plan, url } = await administration.plan(request, saved, progress);
    if (json) line(JSON.stringify(plan, null, 2));
    else {
      printPlan(plan, verbose);
      if (plan.groups.length > 0) line(color('dim', `  Nothing was changed at ${url}.\n`));
    }
    return 0;
  },

  async install(options) {
    const { request, administration } = options;
    heading(`Patchbay → ${administration.name}: install`);
    const store = await openStore(options, PROGRESS);
    await store.claim();
    if (!(await store.read()) && (await store.isDemo())) await mustWantDemo(options);
    const done = await administration.install(request, store, PROGRESS, consent(options));
    await PROGRESS.step('first reading', (say) => watchReading(() => store.reading(), say));
    line(
      done.changed
        ? `\n  Patchbay ${done.appVersion} is in ${done.workspace}. Open ${done.url} and look for\n  Contact center in the menu.`
        : `\n  No changes: Patchbay ${done.appVersion} was in ${done.workspace} already.`,
    );
    line(`  The engine is expected at ${done.publicUrl}: ${START}\n  Is everything well? ${COMMAND} doctor twenty\n`);
    return 0;
  },

  async upgrade(options) {
    const { request, administration, verbose } = options;
    heading(`Patchbay → ${administration.name}: upgrade`);
    const store = await openStore(options, PROGRESS);
    await store.claim();
    const show = (plan: Parameters<typeof printPlan>[0]): void => {
      if (plan.groups.length > 0) printPlan({ ...plan, losses: [] }, verbose);
    };
    const done = await administration.upgrade(request, store, PROGRESS, show, consent(options));
    line(
      done.changed
        ? `\n  ${done.workspace} has Patchbay ${done.appVersion} now.\n`
        : `\n  Up to date: Patchbay ${done.appVersion} in ${done.workspace}.\n`,
    );
    return 0;
  },

  async doctor(options) {
    const { request, administration, json } = options;
    const findings: Finding[] = [];
    const found = (finding: Finding): void => {
      findings.push(finding);
      if (!json) printFinding(finding);
    };
    if (!json) heading(`Patchbay → ${administration.name}: doctor`);
    let store: DatabaseStore | null = null;
    try {
      store = await peek(options, QUIET);
      found({
        check: 'database',
        verdict: store ? 'ok' : 'wrong',
        words: store ? 'open' : `there is none in ${options.data}`,
        ...(!store && { mend: `${COMMAND} install twenty, or give its folder: --data FOLDER` }),
      });
    } catch (error) {
      const [words = '', ...rest] = (explainDatabase(error) as Error).message.split('\n');
      found({ check: 'database', verdict: 'wrong', words, mend: rest.join('\n') });
    }
    await administration.doctor(request, store, found);
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length;
    const warned = findings.filter(({ verdict }) => verdict === 'warn').length;
    if (json) line(JSON.stringify({ healthy: wrong === 0, findings }, null, 2));
    else
      line(
        `\n  ${wrong > 0 ? color('red', `${wrong} wrong`) : color('green', 'All is well')}${warned > 0 ? `, ${warned} to look at` : ''}.\n`,
      );
    return wrong > 0 ? 1 : 0;
  },

  async uninstall(options) {
    const { request, administration, yes } = options;
    heading(`Patchbay → ${administration.name}: uninstall`);
    const store = await openStore(options, PROGRESS);
    await store.claim();
    if (options.forget) return forget(store, options);
    const saved = await store.read();
    const there = await administration.inventory(request, saved, PROGRESS);
    if (!there.installed && there.webhooks === 0 && !saved) {
      line(`\n  Nothing to do: Patchbay is not in ${there.workspace}.\n`);
      return 0;
    }
    printInventory(there, (await store.invented()).length);
    if (there.lockedOut.length > 0) throw administration.lockedOut(there.lockedOut);
    if (options.export) await administration.exportRecords(request, saved, resolve(options.export), PROGRESS);
    else if (there.objects.some(({ count }) => count > 0))
      line(`  To keep a copy of the records, stop here and add ${color('bold', '--export FOLDER')}.\n`);
    if (!yes && !(await typed(there.workspace))) throw new Advice('Nothing was removed.');
    await administration.uninstall(request, store, PROGRESS);
    line(`\n  Patchbay is out of ${there.workspace}. Install it again: ${COMMAND} install twenty\n`);
    return 0;
  },
};

/** @throws Advice unless somebody who knows what it means said so */
async function mustWantDemo({ withDemo, administration }: Options): Promise<void> {
  line();
  for (const part of wrap(
    `This contact center is the demo: its people, and all who get in touch with it, are invented. Connected, they appear in ${administration.name} beside your real ones. For work, start an empty one: npm start -- --no-demo --data FOLDER, and give the same --data here.`,
    2,
  ))
    line(`  ${part}`);
  line();
  const refusal = 'Nothing was changed. To connect the demo all the same, type "demo" when asked, or add --with-demo.';
  if (!withDemo && !(await typed('demo', refusal))) throw new Advice(refusal);
}

async function forget(store: DatabaseStore, { yes }: Options): Promise<number> {
  const saved: SavedConnection | null = await store.read();
  if (!saved) {
    line('\n  Nothing to do: no connection is saved.\n');
    return 0;
  }
  line(`\n  The connection with ${saved.url} is forgotten; nothing is removed there.\n`);
  if (!yes && !(await typed(saved.workspaceId))) throw new Advice('Nothing was forgotten.');
  await step('connection', async (say) => say((await store.forget()) ? 'forgotten' : 'there was none'));
  line();
  return 0;
}

/** @throws Advice where nobody can be asked */
async function typed(
  word: string,
  refusal = 'Nothing was removed: there is no terminal to ask in.\nIf you are sure, add --yes.',
): Promise<boolean> {
  if (!canAsk()) throw new Advice(refusal);
  return (await ask(`Type ${color('bold', word)} to go on:`)) === word;
}

async function end(code: number): Promise<never> {
  if (!ending) {
    ending = true;
    for (const close of closes) await close().catch((error: unknown) => fail(explainDatabase(error)));
  }
  process.exit(code);
}

outliveOutput();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (ending) return;
    line('\n\n  Stopped. What was done so far is kept; run the same command again to go on.\n');
    void end(130);
  });

try {
  const options = readOptions();
  const code = 'action' in options ? await runConfiguration(options) : await commands[options.command](options);
  await end(code);
} catch (error) {
  if (!ending) {
    fail(error instanceof HostFailure || error instanceof PatchbayError ? error : explainDatabase(error));
    await end(error instanceof Usage ? 2 : 1);
  }
}
