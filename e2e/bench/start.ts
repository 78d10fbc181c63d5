/** What a newcomer waits for: `npm start` on an installed tree, nothing built, until a wall has its first frame with queues. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { until } from '../../plugin/test/support/until.js';
import { freePort, freshFolder, removeFolder, tokensOf } from '../support/patchbay.js';
import type { Bench } from './figure.js';
import { openWall } from './wall-socket.js';

const ROUNDS = 3;
const WITHIN_MS = 180_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

const bench: Bench = async () => {
  const first: number[] = [];
  const answers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { answered, frame } = await startOnce();
    answers.push(answered);
    first.push(frame);
  }
  return [
    {
      name: '`npm start` on an installed tree → first live frame',
      unit: 's',
      samples: first,
      aim: { op: '<=', value: 12 },
      note: 'everything is built anew, the database is created and the demo written',
    },
    { name: '… of that until the port answers', unit: 's', samples: answers },
  ];
};
export default bench;

/** Seconds. */
async function startOnce(): Promise<{ answered: number; frame: number }> {
  const folder = await freshFolder();
  const port = await freePort();
  const { DATABASE_URL: _, PORT: __, NODE_OPTIONS: ___, ...environment } = process.env;
  const began = performance.now();
  const since = (): number => (performance.now() - began) / 1_000;
  // Its own group, as a shell gives it one: Ctrl-C goes to all of it.
  const child = spawn('npm', ['start', '--', '--data', folder, '--port', String(port)], {
    cwd: root,
    detached: true,
    env: { ...environment, TURBO_FORCE: 'true', SMTP_PORT: String(await freePort()), NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const group = -(child.pid ?? NaN);
  const ended = once(child, 'exit');
  const failed = ended.then(() => Promise.reject(new Error(`It ended by itself:\n${output}`)));
  try {
    await Promise.race([failed, until('the port', () => answers(port), WITHIN_MS)]);
    const answered = since();
    const { WALLBOARD } = await Promise.race([failed, until('the sign-ins', () => tokensOf(folder).catch(() => null), WITHIN_MS)]);
    await Promise.race([failed, firstFrame(`http://127.0.0.1:${port}`, WALLBOARD)]);
    return { answered, frame: since() };
  } finally {
    failed.catch(() => undefined);
    if (isAlive(group)) process.kill(group, 'SIGINT');
    await ended;
    await until('the end of all its processes', () => !isAlive(group) && !isNamed(folder), 30_000);
    await removeFolder(folder);
  }
}

function firstFrame(url: string, token: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = openWall(
      url,
      token,
      null,
      (text) => {
        if (!text.includes('"kind":"SNAPSHOT"') || !text.includes('"queueId"')) return;
        socket.terminate();
        resolve();
      },
      reject,
    );
  });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => (probe.destroy(), answer(true)));
    probe.once('error', () => answer(false));
  });

function isAlive(group: number): boolean {
  try {
    process.kill(group, 0);
    return true;
  } catch {
    return false;
  }
}

/** True while a process has the folder in its command line, as the database server does, which is in a group of its own. */
const isNamed = (folder: string): boolean => execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).includes(folder);
