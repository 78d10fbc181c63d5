/**
 * `npm run soak -- <hours>`: the whole product on a simulated day at 50x, with the engine's memory, open files,
 * database connections and how far its readers are behind the log sampled into soak.csv and drawn into soak.svg. The
 * verdict is the linear trend of the memory after the first quarter, which is warm-up.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { WebSocket } from 'ws';
import { ensureDatabase, startEmbeddedPostgres } from '../plugin/dist/platform/embedded-postgres.js';

/** Megabytes an hour that a healthy engine may seem to grow by: the noise of its garbage collector. */
const TOLERATED_MB_PER_HOUR = 20;
/** Below this a trend is noise of the warm-up, whatever it says. */
const LEAST_HOURS_FOR_A_VERDICT = 0.5;

const hours = Number(process.argv[2] ?? 1);
const port = process.argv[3] ?? '4490';
if (!(hours > 0)) {
  process.stderr.write('How many hours? A number above 0, such as npm run soak -- 8, or 0.05 for a look.\n');
  process.exit(2);
}
const folders = await Promise.all(['soak-data-', 'soak-postgres-'].map((name) => mkdtemp(join(tmpdir(), name))));
for (const folder of folders) await chmod(folder, 0o755);
const [data, postgresFolder] = folders;
const postgres = await startEmbeddedPostgres(postgresFolder);
const url = await ensureDatabase(postgres, 'patchbay');
const main = fileURLToPath(new URL('../plugin/dist/start/main.js', import.meta.url));
const engine = spawn(process.execPath, [main, '--speed', '50', '--port', port, '--data', data], {
  env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let output = '';
engine.stdout.on('data', (chunk) => (output += chunk));
let ended = false;
engine.on('exit', () => (ended = true));
while (!output.includes('Ready in') && !ended) await pause(200);

const { ADMIN } = JSON.parse(readFileSync(join(data, 'sign-in.json'), 'utf8'));
let seen = 0;
createClient({
  url: `ws://127.0.0.1:${port}/graphql`,
  webSocketImpl: WebSocket,
  connectionParams: { authorization: `Bearer ${ADMIN}` },
}).subscribe(
  { query: 'subscription { interactionChanges { seq } }' },
  {
    next: ({ data: change }) => (seen = Number(change?.interactionChanges.seq ?? seen)),
    error: () => undefined,
    complete: () => undefined,
  },
);
const pool = new pg.Pool({ connectionString: url, max: 1 });
const samples = [];
const began = performance.now();
const every = Math.max(1_000, (hours * 3_600_000) / 2_000);
while (!ended && performance.now() - began < hours * 3_600_000) {
  await pause(every);
  const { rows } = await pool.query(`SELECT
    (SELECT coalesce(max(seq), 0)::bigint FROM events WHERE type LIKE 'interaction.%' OR type LIKE 'sla.%') AS events,
    (SELECT count(*)::int FROM pg_stat_activity WHERE application_name LIKE 'patchbay%') AS connections`);
  if (ended) break;
  samples.push({
    minutes: (performance.now() - began) / 60_000,
    memoryMb: Number(execFileSync('ps', ['-o', 'rss=', '-p', String(engine.pid)], { encoding: 'utf8' })) / 1_024,
    openFiles: openFiles(engine.pid),
    connections: rows[0].connections,
    eventsBehind: seen === 0 ? 0 : Math.max(0, Number(rows[0].events) - seen),
    events: Number(rows[0].events),
  });
}
await pool.end();
if (!ended) {
  engine.kill('SIGINT');
  await once(engine, 'exit');
}
await postgres.stop();
for (const folder of folders) rmSync(folder, { recursive: true, force: true });

const names = Object.keys(samples[0]);
writeFileSync(
  'soak.csv',
  [names.join(), ...samples.map((sample) => names.map((name) => sample[name].toFixed(name === 'minutes' ? 3 : 1)).join())].join('\n'),
);
writeFileSync('soak.svg', chart(samples, names.slice(1)));
const warm = samples.slice(Math.floor(samples.length / 4));
const trend = slope(
  warm.map(({ minutes }) => minutes / 60),
  warm.map(({ memoryMb }) => memoryMb),
);
const most = (name) => Math.max(...warm.map((sample) => sample[name]));
const last = samples.at(-1);
process.stdout.write(
  `${samples.length} samples over ${last.minutes.toFixed(1)} minutes, ${last.events} events. After warm-up: memory ${warm[0].memoryMb.toFixed(0)} to ` +
    `${last.memoryMb.toFixed(0)} MB, trend ${trend.toFixed(1)} MB an hour; at most ${most('openFiles')} open files, ${most('connections')} connections, ` +
    `${most('eventsBehind')} events behind.\nsoak.csv, soak.svg\n`,
);
const tooShort = hours < LEAST_HOURS_FOR_A_VERDICT;
const sound = samples.length > 0 && trend <= TOLERATED_MB_PER_HOUR;
process.stdout.write(
  `Verdict: ${tooShort ? 'none, as it ran for less than half an hour' : sound ? 'the memory stands' : 'the memory grows'}.\n`,
);
process.exit(tooShort || sound ? 0 : 1);

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Minus one where the system does not tell. */
function openFiles(pid) {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return -1;
  }
}

/** Least squares. */
function slope(xs, ys) {
  const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
  return xs.reduce((sum, x, index) => sum + (x - x0) * (ys[index] - y0), 0) / spread;
}

/** One small line chart for each figure, one below the other. */
function chart(rows, figures) {
  const [width, height, left] = [900, 130, 60];
  const longest = rows.at(-1).minutes;
  const panels = figures.map((name, panel) => {
    const top = Math.max(1, ...rows.map((row) => row[name]));
    const points = rows.map(
      (row) =>
        `${(left + (row.minutes / longest) * (width - left - 10)).toFixed(1)},${(height - 15 - (row[name] / top) * (height - 40)).toFixed(1)}`,
    );
    return (
      `<g transform="translate(0 ${panel * height})"><text x="${left}" y="16">${name}, at most ${top.toFixed(0)}</text>` +
      `<path d="M${left} ${height - 15}H${width - 10}" stroke="#999"/><polyline fill="none" stroke="#1769aa" points="${points.join(' ')}"/></g>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${figures.length * height + 20}" font-family="sans-serif" font-size="12">${panels.join('')}<text x="${left}" y="${figures.length * height + 10}">0 to ${longest.toFixed(1)} minutes</text></svg>`;
}
