/**
 * The sign-ins that the start prints: one token a role, made once and kept in a file that only this user may read, so
 * that an open wall or desk stays signed in over a restart.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { Access } from '../platform/access.js';
import type { Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { PatchbayError } from '../platform/errors.js';
import type { Role } from '../platform/generated/graphql.js';
import { uuidv7 } from '../platform/ids.js';
import type { Engine } from '../engine.js';

export interface SignIn {
  role: Role;
  secret: string;
  /** The agent whose sign-in it is; only with the role AGENT. */
  agent?: { name: string; email: string };
}

/** Names of the tokens: histories show them beside the names of people. */
const NAMES: Readonly<Record<Role, string>> = {
  ADMIN: 'Administrator',
  SUPERVISOR: 'Supervisor',
  AGENT: 'Desk',
  WALLBOARD: 'Wallboard',
  INTAKE: 'Intake',
};

const SETUP: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'start' };

/** @param agentEmail of the agent whose sign-in is made too, where there is such an agent */
export async function signIns(engine: Engine, file: string, agentEmail: string | null): Promise<SignIn[]> {
  const access = engine.app.get(Access);
  const agent = agentEmail ? await engine.app.get(Database).prisma.agent.findUnique({ where: { email: agentEmail } }) : null;
  const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Partial<Record<Role, string>>;
  const roles: Role[] = ['ADMIN', 'SUPERVISOR', ...(agent ? (['AGENT'] as const) : []), 'WALLBOARD'];
  const made: SignIn[] = [];
  for (const role of roles) {
    const secret = (await stillGood(access, kept[role], role, agent?.id ?? null)) ?? (await create(access, role, agent?.id));
    kept[role] = secret;
    made.push({ role, secret, ...(role === 'AGENT' && agent && { agent: { name: agent.name, email: agent.email } }) });
  }
  await writeFile(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
  return made;
}

async function stillGood(access: Access, secret: string | undefined, role: Role, agentId: string | null): Promise<string | null> {
  if (!secret) return null;
  try {
    const { actor } = await access.identify(`Bearer ${secret}`, 'start');
    return actor.role === role && (role !== 'AGENT' || actor.agentId === agentId) ? secret : null;
  } catch (error) {
    if (error instanceof PatchbayError && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  }
}

async function create(access: Access, role: Role, agentId: string | undefined): Promise<string> {
  const { secret } = await access.create(SETUP, {
    idempotencyKey: uuidv7(),
    name: NAMES[role],
    role,
    agentId: role === 'AGENT' ? agentId : undefined,
  });
  return secret ?? '';
}
