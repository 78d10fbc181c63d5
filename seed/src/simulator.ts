/** A day of a contact center, played through the engine's public API: agents at their desks and customers who call. */
import { setMaxListeners } from 'node:events';
import { AgentActor } from './agent-actor.js';
import { lacking, readCenter, type AgentInfo, type CenterInfo } from './center-info.js';
import { Crowd, EXTERNAL_PREFIX } from './crowd.js';
import { EngineApi, Refusal, type Credential } from './engine-api.js';
import { ConnectedDocument, CreateTokenDocument, type Role } from './generated/operations.js';
import { Post } from './mail.js';
import { pause } from './pause.js';
import { randomStream } from './random.js';
import { SimClock, timeOfDay } from './sim-clock.js';
import { presences, shiftOf } from './staffing.js';
import { Tally } from './tally.js';
import type { Workplace } from './workplace.js';

export interface SimulationOptions {
  /** Where the engine is, such as `http://127.0.0.1:4400`. */
  url: string;
  /** Secret of a token with the role ADMIN: makes the others' tokens and follows all changes. */
  adminToken: string;
  /** Port of the engine's SMTP listener on this machine; null puts e-mails in through the API. */
  smtpPort: number | null;
  /** Any integer, of which 32 bits count. */
  seed: number;
  /** Simulated seconds in a real one, 1 to 100. */
  speed: number;
  /** Time of day at the start, seconds after midnight. */
  startAt: number;
  /** E-mail address of an agent who is left to a person; null for none. */
  keepFree: string | null;
  log(line: string): void;
}

const TOKEN_SECONDS = 43_200;
const RETRY_MS = 3_000;
/** Agents come to work one after another, in real time, so that the engine is not met by sixty connections at once. */
const ARRIVAL_GAP_SECONDS = 0.015;

/**
 * Plays until `told` aborts, or the contact center is connected to a CRM: nobody wants invented people there. Waits for
 * an engine that is not there yet or has no data, and survives its restarts.
 *
 * @param runKey tells this run's idempotency keys from any other run's
 * @returns true where a CRM ended it
 */
export async function simulate(options: SimulationOptions, runKey: string, told: AbortSignal): Promise<boolean> {
  const connected = new AbortController();
  const stopped = AbortSignal.any([told, connected.signal]);
  await Promise.all([play(options, runKey, stopped), untilConnected(options, stopped).then((is) => is && connected.abort())]);
  return connected.signal.aborted;
}

/** @returns whether a CRM was connected, once it is or `stopped` aborts */
async function untilConnected({ url, adminToken, log }: SimulationOptions, stopped: AbortSignal): Promise<boolean> {
  const admin = new EngineApi(url, { secret: () => Promise.resolve(adminToken), renew: () => undefined }, stopped);
  while (!stopped.aborted) {
    const { crm } = await admin.call(ConnectedDocument, {}).catch(() => ({ crm: null }));
    if (crm) {
      log(`simulator: ends, for this contact center is connected to ${crm.name}`);
      return true;
    }
    await pause(RETRY_MS, stopped);
  }
  return false;
}

async function play(options: SimulationOptions, runKey: string, stopped: AbortSignal): Promise<void> {
  const { log, seed } = options;
  // Every agent waits for the end.
  setMaxListeners(0, stopped);
  const admin = new EngineApi(options.url, { secret: () => Promise.resolve(options.adminToken), renew: () => undefined }, stopped);
  const center = await whenReady(admin, log, stopped);
  // Nothing is played before it is known that nobody's CRM gets to see it.
  if (!center || (await admin.call(ConnectedDocument, {}).catch(() => ({ crm: true }))).crm) return;
  const workers = center.agents.filter(({ email }) => email !== options.keepFree);
  if (options.keepFree !== null && workers.length === center.agents.length) {
    log(`simulator: no agent has the address ${options.keepFree}; all of them are simulated`);
  }

  let calls = 0;
  const newKey = (): string => `${EXTERNAL_PREFIX}${runKey}-${++calls}`;
  const clock = new SimClock(options.startAt, options.speed, (error) =>
    log(`simulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  );
  const tally = new Tally(() => clock.now());
  const place: Workplace = { center, clock, tally, newKey, realNow: Date.now, log };
  const apis = [admin];
  const apiOf = (role: Role, name: string, agentId?: string): EngineApi => {
    const api = new EngineApi(options.url, new MintedToken(admin, role, name, agentId, newKey), stopped);
    apis.push(api);
    return api;
  };

  log(
    `simulator: ${timeOfDay(options.startAt)} at speed ${options.speed}, ${workers.length} agents, ${center.customers.length} customers, ` +
      `${center.entryPoints.length} entry points, seed ${seed}${options.smtpPort === null ? '' : `, e-mails to port ${options.smtpPort}`}`,
  );
  for (const { agent, index, teamSize } of inTeams(workers)) {
    const day = (number: number) => randomStream(seed, 'presence', agent.email, number);
    const actor = new AgentActor(
      agent,
      apiOf('AGENT', `Simulator: ${agent.name}`, agent.id),
      place,
      randomStream(seed, 'agent', agent.email),
      presences(day, shiftOf(index, teamSize), clock.now()),
    );
    clock.after(apis.length * ARRIVAL_GAP_SECONDS * options.speed, () => actor.start());
  }
  const post = options.smtpPort === null ? null : new Post(options.smtpPort);
  new Crowd(apiOf('INTAKE', 'Simulator: customers'), admin, place, randomStream(seed, 'crowd'), post, seed).start();

  // To the full hour, not an hour on: a timer that fires a moment early must not say the hour twice.
  const sayHour = (hour: number): void => {
    clock.after(hour * 3_600 - clock.now(), () => {
      log(tally.line(hour * 3_600));
      sayHour(hour + 1);
    });
  };
  sayHour(Math.floor(options.startAt / 3_600) + 1);

  await new Promise<void>((resolve) => (stopped.aborted ? resolve() : stopped.addEventListener('abort', () => resolve(), { once: true })));
  clock.stop();
  post?.close();
  for (const api of apis) api.close();
}

/** The contact center as soon as there is one; null when the simulator stops before. */
async function whenReady(admin: EngineApi, log: (line: string) => void, stopped: AbortSignal): Promise<CenterInfo | null> {
  let said = '';
  while (!stopped.aborted) {
    const obstacle = await readCenter(admin).then(
      (center) => lacking(center) ?? center,
      (error: unknown) => (error instanceof Refusal ? `${error.code}: ${error.message}` : String(error)),
    );
    if (typeof obstacle !== 'string') return obstacle;
    if (obstacle !== said && !stopped.aborted) log(`simulator: waiting, ${obstacle}`);
    said = obstacle;
    await pause(RETRY_MS, stopped);
  }
  return null;
}

/** Each agent with their place in the team, which decides the shift: the same in every run. */
function inTeams(agents: readonly AgentInfo[]): { agent: AgentInfo; index: number; teamSize: number }[] {
  const teams = new Map<string, AgentInfo[]>();
  for (const agent of [...agents].sort((left, right) => (left.email < right.email ? -1 : 1))) {
    const team = agent.team?.name ?? '';
    teams.set(team, [...(teams.get(team) ?? []), agent]);
  }
  return [...teams.values()].flatMap((members) => members.map((agent, index) => ({ agent, index, teamSize: members.length })));
}

/** A token that the administrator's token makes when it is first needed, and again when it is refused. */
class MintedToken implements Credential {
  private minted: Promise<string> | null = null;
  private current: string | null = null;

  constructor(
    private readonly admin: EngineApi,
    private readonly role: Role,
    private readonly name: string,
    private readonly agentId: string | undefined,
    private readonly newKey: () => string,
  ) {}

  secret(): Promise<string> {
    this.minted ??= this.mint().catch((error: unknown) => {
      this.minted = null;
      throw error;
    });
    return this.minted;
  }

  renew(refused: string): void {
    // Of many calls that were refused together only the first asks for another.
    if (this.current === refused) this.minted = null;
  }

  private async mint(): Promise<string> {
    const { role, name, agentId } = this;
    // The secret is told only once: after a lost answer the next attempt takes another key.
    for (;;) {
      const { createToken } = await this.admin.call(CreateTokenDocument, {
        input: { idempotencyKey: this.newKey(), role, name, agentId, validSeconds: TOKEN_SECONDS },
      });
      if (createToken.secret !== null) return (this.current = createToken.secret);
    }
  }
}
