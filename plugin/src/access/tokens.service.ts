/** Bearer tokens of programs, walls and pages inside a CRM: kept as hashes, shown once, over when they are revoked or expire. */
import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Access, hashOf, unauthenticated, type Identity } from '../platform/access.js';
import { Clock } from '../platform/clock.js';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { tokenState } from '../platform/record-states.sql.js';
import { Commands, type Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { invalid, notFound } from '../platform/errors.js';
import type { CreateTokenInput, Role } from '../platform/generated/graphql.js';
import type { Token } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';

const PREFIX = 'pb_';
/** How long an expired token can still be seen in the list. */
const KEPT_MS = 86_400_000;

/** A team lead is bounded, and an outside party is somebody. */
const PERSONS_ONLY: readonly Role[] = ['TEAM_LEAD', 'CLIENT'];

@Injectable()
export class TokensService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly access: Access,
  ) {}

  onModuleInit(): void {
    this.access.recognise('token', (hash, now) => this.lookUp(hash, now));
    this.access.endOn('token.revoked', (id) => (identity) => identity.id === id);
    this.access.endOn(
      'agent.left',
      (id) =>
        ({ actor }) =>
          actor.agentId === id,
    );
  }

  list(): Promise<Token[]> {
    return this.database.prisma.token.findMany({ orderBy: { id: 'desc' } });
  }

  async get(id: string): Promise<Token> {
    const token = await this.database.prisma.token.findUnique({ where: { id } });
    if (!token) throw notFound('token', id);
    return token;
  }

  /** @param input `crmUserId`: the user of the CRM whose token it is, by an id of the CRM */
  async create(actor: Actor, input: CreateTokenInput & { crmUserId?: string }): Promise<{ token: Token; secret: string | null }> {
    if (PERSONS_ONLY.includes(input.role))
      throw invalid('role', `The role ${input.role} is for people who sign in; a token cannot have it.`);
    if ((input.role === 'AGENT') !== Boolean(input.agentId)) {
      throw invalid('agentId', 'Name the agent for a token of the role AGENT, and for no other role.');
    }
    const secret = PREFIX + randomBytes(32).toString('base64url');
    const { id, repeated } = await this.commands.run(actor, (command) =>
      once(command, 'createToken', input, async (tokenId) => {
        if (input.agentId && !(await command.tx.agent.findUnique({ where: { id: input.agentId } }))) throw notFound('agent', input.agentId);
        await command.tx.token.create({
          data: {
            id: tokenId,
            name: input.name,
            role: input.role,
            agentId: input.agentId ?? null,
            crmUserId: input.crmUserId ?? null,
            hash: new Uint8Array(hashOf(secret)),
            hint: secret.slice(-4),
            createdAt: command.at,
            expiresAt: input.validSeconds ? new Date(command.at.getTime() + input.validSeconds * 1_000) : null,
          },
        });
        const event = { type: 'token.created', subjectId: tokenId, facts: { role: input.role, name: input.name } };
        await recordChange(command, absent(tokenState(tokenId)), event);
      }),
    );
    return { token: await this.get(id), secret: repeated ? null : secret };
  }

  async revoke(actor: Actor, id: string): Promise<Token> {
    await this.commands.run(actor, async (command) => {
      const before = await watch(command, tokenState(id));
      const { count } = await command.tx.token.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: command.at } });
      if (count > 0) await recordChange(command, before, { type: 'token.revoked', subjectId: id, facts: {} });
    });
    const token = await this.get(id);
    this.access.forget((identity) => identity.id === id);
    return token;
  }

  /** Those that users of the CRM work with in the console now. */
  inCrm(): Promise<Token[]> {
    return this.database.prisma.token.findMany({
      where: { crmUserId: { not: null }, revokedAt: null, expiresAt: { gt: this.clock.now() } },
    });
  }

  /** Tokens of somebody that have long expired are of no use to anybody. */
  async clear(whose: { agentId: string } | { crmUserId: string }): Promise<void> {
    await this.database.prisma.token.deleteMany({
      where: { ...whose, expiresAt: { lt: new Date(this.clock.now().getTime() - KEPT_MS) } },
    });
  }

  private async lookUp(hash: Buffer, now: Date): Promise<Identity> {
    const token = await this.database.prisma.token.findUnique({ where: { hash: new Uint8Array(hash) }, include: { agent: true } });
    if (!token) throw unauthenticated('This token is unknown; check that it was copied whole.');
    if (token.revokedAt) throw unauthenticated('This token was revoked; ask for a new one.');
    if (token.expiresAt && token.expiresAt <= now) throw unauthenticated('This token has expired; ask for a new one.');
    if (token.agent && !token.agent.active) throw unauthenticated('This agent does not work here any more.');
    return {
      kind: 'token',
      id: token.id,
      userId: null,
      part: null,
      lent: null,
      expiresAt: token.expiresAt,
      actor: token.agent
        ? { kind: 'AGENT', role: token.role, id: token.agent.id, agentId: token.agent.id, name: token.agent.name }
        : { kind: token.role === 'INTAKE' ? 'INTAKE' : 'CLIENT', role: token.role, id: token.id, agentId: null, name: token.name },
    };
  }
}
