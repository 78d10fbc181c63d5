/**
 * Installs the package that `npm run release` made, as an administrator does, and starts it: in an empty folder, with an
 * empty home. Says how long that took and how much there is then.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const MOST_MB = 350;
const WITHIN_MS = 120_000;
const COMMAND = 'patchbay-center';
const BOARD = `subscription { board { kind queues { queueId } } }`;

const packed = fileURLToPath(new URL('dist/', import.meta.url));

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
};

function must(holds, words) {
  if (!holds) throw new Error(words);
}

async function until(what, read) {
  const deadline = performance.now() + WITHIN_MS;
  for (;;) {
    const value = await Promise.resolve(read()).catch(() => undefined);
    if (value) return value;
    must(performance.now() < deadline, `Waited in vain for ${what}.`);
    await setTimeout(100);
  }
}

const launch = (folder, command, args, options = {}) => {
  const child = spawn(command, args, { cwd: folder, env: { ...process.env, HOME: options.home, NO_COLOR: '1' }, ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return { child, output: () => output, ended: once(child, 'close') };
};

/** @returns seconds and what it wrote @throws Error with that where it fails */
async function run(folder, home, command, ...args) {
  const began = performance.now();
  const { output, ended } = launch(folder, command, args, { home });
  const [code] = await ended;
  must(code === 0, `${command} ${args.join(' ')} ended with ${code}:\n${output()}`);
  return { seconds: (performance.now() - began) / 1_000, output: output() };
}

async function bytesIn(path) {
  const entry = await lstat(path);
  if (!entry.isDirectory()) return entry.blocks * 512;
  const inside = await Promise.all((await readdir(path)).map((name) => bytesIn(join(path, name))));
  return inside.reduce((sum, one) => sum + one, entry.blocks * 512);
}

async function tell(how, folder, { seconds }) {
  const megabytes = (await bytesIn(folder)) / 2 ** 20;
  console.log(`${how}: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`);
  must(megabytes < MOST_MB, `That is more than ${MOST_MB} MB.`);
}

/** Starts it, hands its address to `look`, and ends it as Ctrl-C does. */
async function started(folder, home, words, look) {
  const port = await freePort();
  const [command, ...args] = words;
  const { child, output, ended } = launch(folder, command, [...args, '--port', String(port)], { home, detached: true });
  const failed = ended.then(([code]) => {
    throw new Error(`${words.join(' ')} ended with ${code}:\n${output()}`);
  });
  failed.catch(() => undefined);
  try {
    await Promise.race([failed, until('it to be ready', () => /Ready in/.test(output()))]);
    await look(`http://127.0.0.1:${port}`);
  } finally {
    process.kill(-child.pid, 'SIGINT');
    await ended;
  }
  console.log(
    `${words.join(' ')}: ${output()
      .match(/Ready in [\d.]+ s/)[0]
      .toLowerCase()}`,
  );
}

async function isWell(url) {
  const { status } = await (await fetch(`${url}/health`)).json();
  must(status === 'ok', `/health says ${status}.`);
}

/** The page and all that it names. */
async function hasPage(url, path) {
  const page = await fetch(`${url}${path}`);
  must(page.ok, `${path} answers ${page.status}.`);
  const named = [...(await page.text()).matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, to]) => to);
  must(
    named.some((to) => to.endsWith('.js')),
    `${path} names no script.`,
  );
  for (const to of named) {
    const part = await fetch(new URL(to, page.url));
    must(part.ok, `${to} of ${path} answers ${part.status}.`);
  }
}

/** What a wall shows first: the queues of the demo. */
async function hasFrame(url, token) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  try {
    await new Promise((done, failed) => {
      const send = (message) => socket.send(JSON.stringify(message));
      socket.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
      socket.on('message', (data) => {
        const message = JSON.parse(data.toString());
        if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload: { query: BOARD } });
        else if (message.type === 'next' && message.payload.data && data.includes('"queueId"')) done();
        else if (message.type !== 'ping') failed(new Error(`A wall was answered: ${data}`));
      });
      socket.on('error', failed);
      socket.on('close', (code) => failed(new Error(`A wall's socket closed with ${code}.`)));
    });
  } finally {
    socket.terminate();
  }
}

const file = (await readdir(packed).catch(() => [])).find((name) => name.endsWith('.tgz'));
must(file, 'There is no package: npm run release');
const folder = await mkdtemp(join(tmpdir(), 'patchbay-release-'));
try {
  // The database of a start as root runs as another user, who must get through.
  await chmod(folder, 0o755);
  const [home, unpacked, dependent, elsewhere] = ['home', 'package', 'dependent', 'elsewhere'].map((name) => join(folder, name));
  for (const one of [home, dependent, elsewhere]) await mkdir(one);

  await run(folder, home, 'tar', 'xzf', join(packed, file));
  await tell('npm ci --omit=dev', unpacked, await run(unpacked, home, 'npm', 'ci', '--omit=dev'));
  await started(unpacked, home, ['npm', 'start', '--'], async (url) => {
    await isWell(url);
    await hasPage(url, '/wallboard/');
    await hasPage(url, '/desk/');
    const { WALLBOARD } = JSON.parse(await readFile(join(unpacked, '.patchbay/sign-in.json'), 'utf8'));
    await hasFrame(url, WALLBOARD);
  });

  await tell(`npm install ${file}`, dependent, await run(dependent, home, 'npm', 'install', join(packed, file)));
  await started(dependent, home, ['npx', '--no-install', COMMAND, 'start', '--no-demo'], isWell);
  must((await readdir(dependent)).includes('.patchbay'), 'The data is not kept beside node_modules.');

  const { output, ended } = launch(elsewhere, 'npx', ['--no-install', COMMAND, '--help'], { home });
  const [code] = await ended;
  must(code !== 0 && (await readdir(elsewhere)).length === 0, `npx ran something where nothing is installed:\n${output()}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
