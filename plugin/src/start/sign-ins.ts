/**
 * The sign-ins that the start prints: one token a role, made once and kept in a file that only this user may read, so
 * that an open wall or desk stays signed in over a restart.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { TokensService } from '../access/tokens.service.js';
import { UsersService } from '../access/users.service.js';
import { START } from '../platform/actor-names.js';
import { Access } from '../platform/access.js';
import type { Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { PatchbayError } from '../platform/errors.js';
import type { Agent } from '../platform/generated/prisma/client.js';
import type { Role } from '../platform/generated/graphql.js';
import { bearer } from '../platform/shown.js';
import { uuidv7 } from '../platform/ids.js';
import type { Engine } from '../engine.js';

export interface SignIn {
  role: Role;
  secret: string;
  /** The agent whose sign-in it is; only with the role AGENT. */
  agent?: { name: string; email: string };
}

/** Names of the tokens: histories show them beside the names of people. */
const NAMES: Readonly<Partial<Record<Role, string>>> = {
  ADMIN: 'Administrator',
  SUPERVISOR: 'Supervisor',
  AGENT: 'Desk',
  WALLBOARD: 'Wallboard',
  INTAKE: 'Intake',
};

const SETUP: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: START };

/** @param agentEmail of the agent whose sign-in is made too, where there is such an agent */
export async function signIns(engine: Engine, file: string, agentEmail: string | null): Promise<SignIn[]> {
  const access = engine.app.get(Access);
  const tokens = engine.app.get(TokensService, { strict: false });
  const agent = agentEmail ? await engine.app.get(Database).prisma.agent.findUnique({ where: { email: agentEmail } }) : null;
  const kept = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as Partial<Record<Role, string>>;
  const roles: Role[] = ['ADMIN', 'SUPERVISOR', ...(agent ? (['AGENT'] as const) : []), 'WALLBOARD'];
  const made: SignIn[] = [];
  for (const role of roles) {
    const secret = (await stillGood(access, kept[role], role, agent?.id ?? null)) ?? (await create(tokens, role, agent?.id));
    kept[role] = secret;
    made.push({ role, secret, ...(role === 'AGENT' && agent && { agent: { name: agent.name, email: agent.email } }) });
  }
  await writeFile(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
  return made;
}

/** Whom a demonstration lets anybody on this machine sign in as, without a password. */
const DEMO_PEOPLE = [
  { name: 'Alena Dvořáková', email: 'alena.dvorakova@patchbay.example', role: 'ADMIN' },
  { name: 'Olga Svobodová', email: 'olga.svobodova@patchbay.example', role: 'SUPERVISOR' },
  { name: 'Filip Marek', email: 'filip.marek@patchbay.example', role: 'ANALYST' },
] as const;

export async function makeDemoPeople(engine: Engine, agentEmail: string): Promise<void> {
  const users = engine.app.get(UsersService, { strict: false });
  const { prisma } = engine.app.get(Database);
  const agent = await prisma.agent.findUnique({ where: { email: agentEmail } });
  const people = [...DEMO_PEOPLE, ...(agent ? demoTeam(agent) : [])];
  const known = new Set((await prisma.user.findMany({ select: { email: true } })).map(({ email }) => email));
  for (const person of people.filter(({ email }) => !known.has(email))) await users.invite(SETUP, { idempotencyKey: uuidv7(), ...person });
}

/** The agent, and who leads the agent's team. */
const demoTeam = ({ id, name, email, teamId }: Agent) => [
  { name, email, role: 'AGENT' as const, agentId: id },
  ...(teamId
    ? [
        {
          name: 'Radek Beneš',
          email: 'radek.benes@patchbay.example',
          role: 'TEAM_LEAD' as const,
          bounds: { departments: [], queueIds: [], teamIds: [teamId] },
        },
      ]
    : []),
];

async function stillGood(access: Access, secret: string | undefined, role: Role, agentId: string | null): Promise<string | null> {
  if (!secret) return null;
  try {
    const { actor } = await access.identify(bearer(`Bearer ${secret}`), 'start');
    return actor.role === role && (role !== 'AGENT' || actor.agentId === agentId) ? secret : null;
  } catch (error) {
    if (error instanceof PatchbayError && error.code === 'UNAUTHENTICATED') return null;
    throw error;
  }
}

async function create(tokens: TokensService, role: Role, agentId: string | undefined): Promise<string> {
  const { secret } = await tokens.create(SETUP, {
    idempotencyKey: uuidv7(),
    name: NAMES[role] ?? role,
    role,
    agentId: role === 'AGENT' ? agentId : undefined,
  });
  return secret ?? '';
}
