/**
 * `npm run bench`: measures on a PostgreSQL of its own, one bench after the other, each in a process of its own; prints
 * a table and writes all samples as JSON.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../plugin/src/platform/embedded-postgres.js';
import { freshFolder, removeFolder } from '../support/patchbay.js';
import type { Figure, Summary } from './figure.js';
import { summarise } from './figure.js';
import { table } from './report.js';

/** In the order in which they run; the file of each has its name. */
const BENCHES = [
  'router',
  'offers',
  'life',
  'arrival',
  'settings',
  'sweep',
  'rules',
  'dryrun',
  'boards',
  'takeover',
  'readers',
  'fold',
  'wall',
  'start',
  'audit',
  'list',
  'identify',
];

const HELP = `Measures Patchbay on this machine.

  npm run bench -- [options]

  --only a,b,c   these benches: ${BENCHES.join(', ')}
  --profile      write CPU profiles of the benches and their engines (open them in Chromium's developer tools)
  --out FOLDER   where the JSON and the profiles go (default .patchbay/bench)
  --help         this text

An aim that is missed is said in the table; the exit status is 1 only when a bench failed to run.
`;

interface Options {
  only: string[];
  profile: boolean;
  out: string;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      profile: { type: 'boolean', default: false },
      out: { type: 'string', default: fileURLToPath(new URL('../../.patchbay/bench', import.meta.url)) },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const only = values.only?.split(',') ?? BENCHES;
  const unknown = only.filter((name) => !BENCHES.includes(name));
  if (unknown.length > 0) throw new Error(`There is no bench "${unknown.join('", "')}": take some of ${BENCHES.join(', ')}.`);
  return { only, profile: values.profile, out: resolve(values.out) };
}

async function main(): Promise<number> {
  const { only, profile, out } = readOptions();
  await mkdir(out, { recursive: true });
  const folder = await freshFolder();
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), {
    max_connections: '300',
    track_commit_timestamp: 'on',
    shared_preload_libraries: 'pg_stat_statements',
  });
  const measured: Record<string, Summary[]> = {};
  const failed: string[] = [];
  try {
    for (const name of only) {
      process.stdout.write(`${name} …\n`);
      const began = performance.now();
      const figures = await run(name, postgres.url('postgres'), profile ? out : null);
      if (!figures) {
        failed.push(name);
        continue;
      }
      measured[name] = figures.map(summarise);
      process.stdout.write(`${table(measured[name])}\n(${((performance.now() - began) / 1_000).toFixed(0)} s)\n\n`);
    }
  } finally {
    await postgres.stop();
    await removeFolder(folder);
  }
  const file = join(out, 'figures.json');
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? '',
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), machine, measured }, null, 2)}\n`);
  if (only.length > 1) process.stdout.write(`${table(Object.values(measured).flat())}\n\n`);
  process.stdout.write(`All samples: ${file}\n`);
  if (failed.length > 0) process.stderr.write(`FAILED: ${failed.join(', ')}\n`);
  return failed.length > 0 ? 1 : 0;
}

/** Null where it failed; its errors are on the terminal. */
async function run(name: string, server: string, profileFolder: string | null): Promise<Figure[] | null> {
  const profiling = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`, `--cpu-prof-name=${name}.cpuprofile`] : [];
  const child = fork(fileURLToPath(new URL('./run.ts', import.meta.url)), [name, server, profileFolder ?? ''], {
    execArgv: ['--import', 'tsx', '--max-old-space-size=6000', '--expose-gc', ...profiling],
    // A bench may take a part of the engine by itself, and those have decorators.
    env: { ...process.env, TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../plugin/tsconfig.json', import.meta.url)) },
  });
  let figures: Figure[] | null = null;
  child.on('message', (message) => (figures = message as Figure[]));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0 ? figures : null;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
