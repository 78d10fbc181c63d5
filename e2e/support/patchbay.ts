/** The whole product as a process of its own, as `npm start` starts it, and the API beside it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `npm start` runs. */
const MAIN = fileURLToPath(new URL('../../plugin/dist/start/main.js', import.meta.url));

export interface Started {
  url: string;
  port: number;
  process: ChildProcess;
  /** All it has printed so far. */
  output(): string;
  /** Ends it as Ctrl-C does; the exit code. */
  stop(): Promise<number | null>;
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Open to other users, so that a start as root keeps its database here and nowhere else. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-e2e-'));
  await chmod(folder, 0o755);
  return folder;
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Starts it and waits until it says that it is ready. @throws Error with its output when it ends before that */
export async function startPatchbay(
  folder: string,
  args: string[] = ['--no-demo'],
  environment: Record<string, string> = {},
  port?: number,
  nodeOptions: string[] = [],
  main = MAIN,
): Promise<Started> {
  const at = port ?? (await freePort());
  const child = launch([...args, '--port', String(at), '--data', folder], environment, nodeOptions, main);
  const { output } = child;
  await new Promise<void>((ready, failed) => {
    child.process.stdout?.on('data', () => /Ready in/.test(output()) && ready());
    child.process.once('exit', (code) => failed(new Error(`It ended with ${code}:\n${output()}`)));
  });
  return { ...child, url: `http://127.0.0.1:${at}`, port: at };
}

/** Runs it to its end. */
export async function runPatchbay(
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; output: string }> {
  const child = launch(args, environment);
  const [code] = (await once(child.process, 'exit')) as [number | null];
  return { code, output: child.output() };
}

/** Starts it and does not wait for anything. */
export function launch(
  args: string[],
  environment: Record<string, string> = {},
  nodeOptions: string[] = [],
  main = MAIN,
): Omit<Started, 'url' | 'port'> {
  const { PATCHBAY_TEST_POSTGRES: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [...nodeOptions, main, ...args], {
    env: { ...inherited, ...environment, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };
  return { process: child, output: () => printed, stop: () => end('SIGINT'), kill: async () => void (await end('SIGKILL')) };
}

/** The tokens that the start keeps for the person in front of it, by role. */
export async function tokensOf(folder: string): Promise<Record<'ADMIN' | 'SUPERVISOR' | 'WALLBOARD', string>> {
  return JSON.parse(await readFile(join(folder, 'sign-in.json'), 'utf8')) as Record<'ADMIN' | 'SUPERVISOR' | 'WALLBOARD', string>;
}

export class Api {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async do<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
    if (errors?.[0]) throw new Error(errors[0].message);
    return data;
  }
}

/** The center's status of this name, made or changed to be as wished: a start makes some by itself. */
export async function presenceStatus(admin: Api, input: { name: string; availability: string; reasons?: string[] }): Promise<string> {
  const { presenceStatuses } = await admin.do<{ presenceStatuses: { id: string; name: string }[] }>('{ presenceStatuses { id name } }');
  const there = presenceStatuses.find(({ name }) => name === input.name);
  if (there && input.reasons)
    await admin.do('mutation($input: UpdatePresenceStatusInput!) { updatePresenceStatus(input: $input) { presenceStatus { id } } }', {
      input: { id: there.id, reasons: input.reasons },
    });
  if (there) return there.id;
  const { createPresenceStatus } = await admin.do<{ createPresenceStatus: { presenceStatus: { id: string } } }>(
    'mutation($input: CreatePresenceStatusInput!) { createPresenceStatus(input: $input) { presenceStatus { id } } }',
    { input: { idempotencyKey: randomUUID(), ...input } },
  );
  return createPresenceStatus.presenceStatus.id;
}
