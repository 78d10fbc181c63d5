/**
 * `npx --no-install patchbay-center start`, and `npm start` in the repository: a whole contact center on this machine. Starts
 * PostgreSQL (its own, unless DATABASE_URL names one), puts the schema in place, fills an empty database with the demo,
 * starts the engine and the simulator, and says where to look and how to sign in. Ctrl-C ends all of it.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { NewLink } from '../access/links.service.js';
import { DatabaseStore } from '../crm/connection-store.service.js';
import { explainDatabase } from '../cli/database.js';
import { Advice, fail, heading, line, note, outliveOutput, step, table } from '../cli/terminal.js';
import type { SavedConnection } from '../crm/administration.js';
import type { Engine } from '../engine.js';
import { START } from '../platform/command.js';
import { readConfig, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { ensureDatabase, startEmbeddedPostgres, type EmbeddedPostgres } from '../platform/embedded-postgres.js';
import { ROOT } from '../platform/folders.js';
import { applyMigrations } from '../platform/migrations.js';
import { claimFolder } from './claim.js';
import { readOptions, type Options } from './options.js';
import { secretKeyIn } from './secret-key.js';
import { makeDemoPeople, signIns, type SignIn } from './sign-ins.js';

/** The agent whom the simulator leaves to the person at the desk. */
const DEMO_AGENT = 'jana.novakova@patchbay.example';
const DEMO_SMTP_PORT = 2525;
/** The exit status of the seed where there is a contact center already. */
const SEEDED_BEFORE = 3;
/** The exit status of the simulator where the contact center is connected to a CRM. */
const CONNECTED = 3;

const stops: { what: string; stop: () => Promise<void> | void }[] = [];
let stopping = false;

async function main(): Promise<void> {
  const options = readOptions();
  await mkdir(options.data, { recursive: true, mode: 0o755 });
  claimFolder(options.data);
  const began = performance.now();
  heading('Patchbay');

  const environment: Record<string, string | undefined> = {
    ...process.env,
    ...(options.port !== undefined && { PORT: String(options.port) }),
    ...(options.language !== undefined && { CENTER_LANGUAGE: options.language }),
  };
  const wished = Number(environment.PORT || 4400);
  if (!(await isFree(wished))) throw portTaken(wished);
  // The engine's code takes longer to load than anything else here, and the database is another process.
  const loading = import('../engine.js');
  loading.catch(() => undefined);
  const url = await step('database', (say) => openDatabase(options, environment.DATABASE_URL, say));
  await step('schema', async (say) => {
    const applied = await applyMigrations(url, join(ROOT, 'plugin/prisma/migrations'));
    say(applied.length > 0 ? `${applied.length} migration(s) applied` : 'up to date');
  });
  const connection = await savedConnection(url);
  if (connection && options.demo) {
    options.demo = false;
    note(`Connected to ${connection.url}: no demo data and no simulator, for a CRM is no place for invented people.`);
  }
  const smtp = environment.SMTP_PORT ?? (options.demo && (await isFree(DEMO_SMTP_PORT)) ? String(DEMO_SMTP_PORT) : undefined);
  const config = settings({
    ...environment,
    DATABASE_URL: url,
    SMTP_PORT: smtp,
    SECRET_KEY: environment.SECRET_KEY || secretKeyIn(options.data),
    DEMO_SIGN_IN: options.demo ? 'true' : environment.DEMO_SIGN_IN,
  });
  if (options.demo) await step('demo data', (say) => seed(url, say));
  const engine = await step('engine', async (say) => openEngine(await loading, config, say));
  const language = config.CENTER_LANGUAGE ?? connection?.language ?? 'en';
  const { StarterService } = await import('../configuration/starter.service.js');
  const made = await engine.app.get(StarterService, { strict: false }).fill(language);
  if (made.statuses + made.dispositions > 0) note(`A new center: ${made.statuses} presence statuses, ${made.dispositions} dispositions, in the language ${language}.`); // prettier-ignore
  const people = await signIns(engine, join(options.data, 'sign-in.json'), options.demo ? DEMO_AGENT : null);
  if (options.demo) await makeDemoPeople(engine, DEMO_AGENT);
  const { SessionsService } = await import('../access/sessions.service.js');
  const first = options.demo ? null : await engine.app.get(SessionsService, { strict: false }).firstLink();
  if (options.demo) await step('simulator', (say) => simulate(engine, people, config, options.speed, say));
  await show(engine, people, first, config, began, options);
}

async function openDatabase(options: Options, given: string | undefined, say: (words: string) => void): Promise<string> {
  if (given) {
    say('yours, by DATABASE_URL');
    return given;
  }
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres(join(options.data, 'postgres')).catch((error: unknown) => {
    throw new Advice(
      `${(error as Error).message}\nIts log is in ${join(options.data, 'postgres')}; or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  });
  stops.unshift({ what: 'database', stop: () => postgres.stop() });
  say(postgres.adopted ? 'PostgreSQL, taken over from a start that was killed' : 'PostgreSQL, embedded');
  return ensureDatabase(postgres, 'patchbay');
}

async function savedConnection(url: string): Promise<SavedConnection | null> {
  const store = await DatabaseStore.open(url);
  try {
    return await store.read();
  } finally {
    await store.close();
  }
}

function settings(environment: Record<string, string | undefined>): Config {
  try {
    return readConfig(environment);
  } catch (error) {
    throw new Advice(`A setting is wrong:\n${(error as Error).message}`);
  }
}

async function seed(url: string, say: (words: string) => void): Promise<void> {
  const child = fork(join(ROOT, 'seed/dist/cli.js'), ['--database-url', url], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === SEEDED_BEFORE) return say('kept as it is');
  if (code !== 0) throw new Advice(`The demo data could not be written:\n${output.trim()}`);
  say(output.trim().split('\n').at(-1) ?? '');
}

async function openEngine({ startEngine }: typeof import('../engine.js'), config: Config, say: (words: string) => void): Promise<Engine> {
  const engine = await startEngine(config).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw portTaken((error as { port?: number }).port ?? config.PORT);
    throw error;
  });
  stops.unshift({ what: 'engine', stop: () => engine.stop() });
  say(engine.url);
  return engine;
}

/** Plays the customers and the other agents; a simulator that fails is started again. */
async function simulate(engine: Engine, people: SignIn[], config: Config, speed: number, say: (words: string) => void): Promise<void> {
  const admin = people.find(({ role }) => role === 'ADMIN')?.secret;
  let child: ChildProcess;
  const launch = (): ChildProcess => {
    child = fork(join(ROOT, 'seed/dist/simulate-cli.js'), ['--speed', String(speed), '--keep-free', DEMO_AGENT], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        PATCHBAY_URL: engine.url,
        PATCHBAY_ADMIN_TOKEN: admin,
        ...(config.SMTP_PORT && { PATCHBAY_SMTP_PORT: String(config.SMTP_PORT) }),
      },
    });
    child.once('exit', (code) => {
      if (stopping) return;
      if (code === CONNECTED) return note('A CRM is connected now: the simulator has ended, and does not come back.');
      setTimeout(() => stopping || launch(), 2_000);
    });
    return child;
  };
  launch();
  stops.unshift({
    what: 'simulator',
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  });
  say(`a day of a utility's contact center, at ${speed}×`);
}

async function show(
  engine: Engine,
  people: SignIn[],
  first: NewLink | null,
  config: Config,
  began: number,
  options: Options,
): Promise<void> {
  const secret = (role: SignIn['role']): string => people.find((person) => person.role === role)?.secret ?? '';
  const agent = people.find(({ role }) => role === 'AGENT')?.agent;
  const { prisma } = engine.app.get(Database);
  const has = { agents: (await prisma.agent.count()) > 0, queues: (await prisma.queue.count()) > 0 };
  line(`\n  Ready in ${((performance.now() - began) / 1_000).toFixed(1)} s. Open one of these; the token signs you in:\n`);
  table([
    first
      ? ['first admin', `${engine.url}${first.path}   good once, until tomorrow`]
      : ['console', `${engine.url}/console/${options.demo ? '   choose whom to sign in as' : ''}`],
    ['wallboard', `${engine.url}/wallboard/#token=${secret('WALLBOARD')}`],
    ['supervisor', `${engine.url}/wallboard/#token=${secret('SUPERVISOR')}`],
    agent
      ? [`desk of ${agent.name}`, `${engine.url}/desk/#token=${secret('AGENT')}`]
      : ['desk', `${engine.url}/desk/   for agents, whom the console invites`],
    ['admin, API', `${engine.url}/graphql   Authorization: Bearer ${secret('ADMIN')}`],
    ['schema', `${engine.url}/schema.graphql   docs/first-steps.md shows requests`],
    ...(config.SMTP_PORT ? [['mail in', `smtp://127.0.0.1:${config.SMTP_PORT}`]] : []),
  ]);
  if (!has.agents || !has.queues) line(NEXT);
  line(options.demo ? '\n  Ctrl-C stops everything; the data stays for the next start.\n' : '\n  Ctrl-C stops everything.\n');
}

const NEXT = `
  It has presence statuses, one of them OFFLINE, with which an agent begins, and dispositions. What it needs yet (or made in the CRM, where
  one is connected):
    1. in the console, whose first page leads through it: a queue, an agent, that agent a member of the queue, and an entry point, which
       is the number, mailbox or form whose work goes to the queue;
    2. under People there, an invitation for the person who is the agent, and who then signs in at the desk.
  docs/first-steps.md does the same by the API.`;

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  if (stops.length > 0) line('\n  Stopping…');
  for (const { what, stop: end } of stops) {
    await Promise.resolve(end()).catch((error: unknown) => fail(new Advice(`The ${what} did not stop cleanly: ${String(error)}`)));
  }
  process.exit(code);
}

const portTaken = (port: number): Advice =>
  new Advice(`Port ${port} is taken by another program.\nStop that one, or choose another: ${START} --port ${port + 1}`);

async function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });
}

outliveOutput(() => process.stderr.write(`\n  Nobody reads the output any more; Patchbay goes on. To stop it: kill ${process.pid}\n\n`));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

main().catch(async (error: unknown) => {
  if (stopping) return;
  fail(explainDatabase(error));
  await stop(1);
});
