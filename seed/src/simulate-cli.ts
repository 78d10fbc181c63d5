/**
 * `node dist/simulate-cli.js`: plays a day at a running engine. Ends by itself when told to (SIGTERM, SIGINT) or when the
 * process that forked it is gone.
 */
import { randomUUID } from 'node:crypto';
import { numberOption, readOptions, UsageError } from './arguments.js';
import { TRIAL_AGENT_EMAIL } from './organisation.js';
import { simulate, type SimulationOptions } from './simulator.js';

const HELP = `Plays a contact center's day at a running Patchbay: agents who work and customers who call, write and hang up.

  node seed/dist/simulate-cli.js [options]

  --speed N           simulated seconds in a real one, 1 to 100 (default 1)
  --start HH:MM       time of day at the start (default 09:30)
  --seed N            which day: the same number decides alike (default 1)
  --keep-free EMAIL   leave this agent alone, for a person who tries the desk (such as ${TRIAL_AGENT_EMAIL})
  --help              this

Environment:
  PATCHBAY_URL          where the engine is (default http://127.0.0.1:4400)
  PATCHBAY_ADMIN_TOKEN  secret of a token with the role ADMIN (required)
  PATCHBAY_SMTP_PORT    port of the engine's mail listener on this machine; without it e-mails go in through the API

Exit status: 0 told to stop, 2 wrong options, 3 the contact center is connected to a CRM, where nobody wants invented people.
`;

function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Omit<SimulationOptions, 'log'> | null {
  const values = readOptions(args, {
    speed: { type: 'string' },
    start: { type: 'string' },
    seed: { type: 'string' },
    'keep-free': { type: 'string' },
    help: { type: 'boolean' },
  });
  if (values.help) return null;
  const start = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(String(values.start ?? '09:30'));
  if (!start) throw new UsageError(`--start must be a time of day such as 09:30, not "${String(values.start)}".`);
  const { PATCHBAY_URL: url = 'http://127.0.0.1:4400', PATCHBAY_ADMIN_TOKEN: adminToken, PATCHBAY_SMTP_PORT: smtpPort } = environment;
  if (!/^https?:\/\/[^/]+$/.test(url)) throw new UsageError(`PATCHBAY_URL must look like http://127.0.0.1:4400, not "${url}".`);
  if (!adminToken) throw new UsageError('Set PATCHBAY_ADMIN_TOKEN to the secret of a token with the role ADMIN.');
  if (smtpPort && !/^\d{1,5}$/.test(smtpPort)) throw new UsageError(`PATCHBAY_SMTP_PORT must be a port number, not "${smtpPort}".`);
  return {
    url,
    adminToken,
    smtpPort: smtpPort ? Number(smtpPort) : null,
    speed: numberOption(values, 'speed', { from: 1, to: 100, otherwise: 1, decimals: true }),
    seed: numberOption(values, 'seed', { from: -2_147_483_648, to: 2_147_483_647, otherwise: 1 }),
    startAt: Number(start[1]) * 3_600 + Number(start[2]) * 60,
    keepFree: typeof values['keep-free'] === 'string' ? values['keep-free'].toLowerCase() : null,
  };
}

async function run(options: Omit<SimulationOptions, 'log'>): Promise<number> {
  const stop = new AbortController();
  const end = (): void => stop.abort();
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.once('disconnect', end);
  if (process.send && !process.connected) end();
  // A simulator that dies of a detail leaves an empty contact center behind: it says what happened and plays on.
  const survive = (error: unknown): void =>
    void process.stderr.write(`simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.on('uncaughtException', survive);
  process.on('unhandledRejection', survive);
  // Whoever read the lines may be gone already.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const isConnected = await simulate(
    { ...options, log: (line) => void process.stdout.write(`${line}\n`) },
    randomUUID().slice(0, 8),
    stop.signal,
  );
  return isConnected ? 3 : 0;
}

try {
  const options = readCommand(process.argv.slice(2), process.env);
  if (!options) process.stdout.write(HELP);
  process.exit(options ? await run(options) : 0);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
}
