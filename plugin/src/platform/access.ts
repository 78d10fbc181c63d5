/**
 * Access to the API: bearer tokens, kept as SHA-256 hashes (they are 256 random bits, so a slow hash would add nothing), and
 * the `@access` rule of each operation, which the schema itself carries.
 */
import { createHash, randomBytes } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import type { FastifyRequest } from 'fastify';
import { defaultFieldResolver, type GraphQLField, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { Clock } from './clock.js';
import { Commands, record, type Actor } from './commands.js';
import { Database } from './database.js';
import { forbidden, invalid, notFound, PatchbayError, unavailable } from './errors.js';
import { EventTail } from './event-tail.js';
import type { Token } from './generated/prisma/client.js';
import type { CreateTokenInput, Role } from './generated/graphql.js';
import { once } from './idempotency.js';
import { Limits } from './limits.js';

export interface Identity {
  actor: Actor & { role: Role };
  tokenId: string;
  expiresAt: Date | null;
}

type IsOver = (identity: Identity) => boolean;

const PREFIX = 'pb_';
const CACHE_LIMIT = 10_000;
const CACHE_MS = 60_000;
/** How long an expired token can still be seen in the list. */
const KEPT_MS = 86_400_000;

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

@Injectable()
export class Access implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache = new Map<string, { identity: Identity; until: number }>();
  private readonly requests = new WeakMap<object, Promise<Identity>>();
  private readonly watchers = new Set<(isOver: IsOver) => void>();
  /** Counts up with each token that ends, so that a look-up under way notices. */
  private endings = 0;
  private unfollow: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly tail: EventTail,
    private readonly limits: Limits,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { position } = await this.tail.consistently(() => Promise.resolve());
    this.unfollow = await this.tail.follow(position, (events) => {
      for (const { type, subjectId } of events) {
        if (type === 'token.revoked') this.forget(({ tokenId }) => tokenId === subjectId);
        if (type === 'agent.left') this.forget(({ actor }) => actor.agentId === subjectId);
      }
    });
  }

  onApplicationShutdown(): void {
    this.unfollow();
  }

  /**
   * Who sends this HTTP request; counted once, however many parts of the engine ask.
   *
   * @throws PatchbayError UNAUTHENTICATED, LIMIT_EXCEEDED, or UNAVAILABLE when it cannot be looked up now
   */
  admit(request: FastifyRequest): Promise<Identity> {
    let identity = this.requests.get(request.raw);
    if (!identity) {
      identity = this.identify(request.headers.authorization, request.ip).then(async (found) => {
        await this.limits.spend(found.tokenId);
        return found;
      });
      this.requests.set(request.raw, identity);
    }
    return identity;
  }

  /**
   * @param header the value of `Authorization`; undefined where there was none
   * @param address where the call comes from: failures are counted by it
   * @throws PatchbayError UNAUTHENTICATED, LIMIT_EXCEEDED, or UNAVAILABLE when it cannot be looked up now
   */
  async identify(header: string | undefined, address: string): Promise<Identity> {
    const secret = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(header ?? '')?.[1];
    const hash = secret ? hashOf(secret) : null;
    const known = hash ? this.cache.get(hash.toString('base64')) : undefined;
    return this.limits.guarded(address, Boolean(known), () => {
      if (!hash) throw unauthenticated('Send the header "Authorization: Bearer <token>".');
      const now = this.clock.now();
      if (!known || known.until <= now.getTime()) return this.lookUp(hash);
      if (known.identity.expiresAt && known.identity.expiresAt <= now) throw unauthenticated('This token has expired; ask for a new one.');
      return Promise.resolve(known.identity);
    });
  }

  /** Tells `watcher` of tokens that end before their time, by whichever engine, until the returned function is called. */
  onEnded(watcher: (isOver: IsOver) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  tokens(): Promise<Token[]> {
    return this.database.prisma.token.findMany({ orderBy: { id: 'desc' } });
  }

  async token(id: string): Promise<Token> {
    const token = await this.database.prisma.token.findUnique({ where: { id } });
    if (!token) throw notFound('token', id);
    return token;
  }

  async create(actor: Actor, input: CreateTokenInput): Promise<{ token: Token; secret: string | null }> {
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
            hash: new Uint8Array(hashOf(secret)),
            hint: secret.slice(-4),
            createdAt: command.at,
            expiresAt: input.validSeconds ? new Date(command.at.getTime() + input.validSeconds * 1_000) : null,
          },
        });
        await record(command, [{ type: 'token.created', subjectId: tokenId, facts: { role: input.role, name: input.name } }]);
      }),
    );
    return { token: await this.token(id), secret: repeated ? null : secret };
  }

  async revoke(actor: Actor, id: string): Promise<Token> {
    await this.commands.run(actor, async (command) => {
      const { count } = await command.tx.token.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: command.at } });
      if (count > 0) await record(command, [{ type: 'token.revoked', subjectId: id, facts: {} }]);
    });
    const token = await this.token(id);
    this.forget(({ tokenId }) => tokenId === id);
    return token;
  }

  /** Tokens of an agent that have long expired are of no use to anybody. */
  async clear(agentId: string): Promise<void> {
    await this.database.prisma.token.deleteMany({ where: { agentId, expiresAt: { lt: new Date(this.clock.now().getTime() - KEPT_MS) } } });
  }

  private async lookUp(hash: Buffer): Promise<Identity> {
    const endings = this.endings;
    const now = this.clock.now();
    const token = await this.database.prisma.token
      .findUnique({ where: { hash: new Uint8Array(hash) }, include: { agent: true } })
      .catch((error: unknown) => {
        throw unavailable('The token cannot be checked now; try again in a few seconds.', error);
      });
    // A token ended while this one was read: what was read may be older than that.
    if (endings !== this.endings) return this.lookUp(hash);
    if (!token) throw unauthenticated('This token is unknown; check that it was copied whole.');
    if (token.revokedAt) throw unauthenticated('This token was revoked; ask for a new one.');
    if (token.expiresAt && token.expiresAt <= now) throw unauthenticated('This token has expired; ask for a new one.');
    if (token.agent && !token.agent.active) throw unauthenticated('This agent does not work here any more.');
    const identity: Identity = {
      tokenId: token.id,
      expiresAt: token.expiresAt,
      actor: token.agent
        ? { kind: 'AGENT', role: token.role, id: token.agent.id, agentId: token.agent.id, name: token.agent.name }
        : { kind: token.role === 'INTAKE' ? 'INTAKE' : 'CLIENT', role: token.role, id: token.id, agentId: null, name: token.name },
    };
    if (this.cache.size >= CACHE_LIMIT) this.cache.clear();
    this.cache.set(hash.toString('base64'), { identity, until: now.getTime() + CACHE_MS });
    return identity;
  }

  private forget(isOver: IsOver): void {
    this.endings += 1;
    for (const [key, { identity }] of this.cache) if (isOver(identity)) this.cache.delete(key);
    for (const watcher of this.watchers) watcher(isOver);
  }
}

const unauthenticated = (message: string): PatchbayError => new PatchbayError('UNAUTHENTICATED', message);

/** The roles that each operation of the schema names, by `Query.field`; null for anyone. @throws Error for one without a rule */
export function accessRules(schema: GraphQLSchema): Map<string, Role[] | null> {
  const rules = new Map<string, Role[] | null>();
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const roles = fieldRoles(schema, field);
      if (type && getDirective(schema, field, 'anyone')) {
        rules.set(`${type.name}.${field.name}`, null);
        continue;
      }
      if (!type || !roles?.length) throw new Error(`The operation ${type?.name}.${field.name} does not say who may call it: add @access.`);
      rules.set(`${type.name}.${field.name}`, roles);
    }
  }
  return rules;
}

/** The roles that a field below an operation names; null where it is for everybody who gets there. */
export const fieldRoles = (
  schema: GraphQLSchema,
  field: GraphQLFieldConfig<unknown, unknown> | GraphQLField<unknown, unknown>,
): Role[] | null => (getDirective(schema, field, 'access')?.[0]?.roles as Role[] | undefined) ?? null;

/** Puts each rule of the schema in front of its resolver. */
export function guardSchema(schema: GraphQLSchema): GraphQLSchema {
  const rules = accessRules(schema);
  return mapSchema(schema, {
    [MapperKind.ROOT_FIELD]: (field, fieldName, typeName) => {
      const roles = rules.get(`${typeName}.${fieldName}`) ?? null;
      if (roles === null) return field;
      const { resolve = defaultFieldResolver, subscribe } = field;
      if (typeName === 'Subscription' && subscribe) {
        field.subscribe = (source, args, context: RequestIdentity, info) => {
          check(context, roles, fieldName);
          return subscribe(source, args, context, info);
        };
        return field;
      }
      field.resolve = (source, args, context: RequestIdentity, info) => {
        check(context, roles, fieldName);
        return resolve(source, args, context, info);
      };
      return field;
    },
    [MapperKind.OBJECT_FIELD]: (field, fieldName, typeName) => {
      const roles = fieldRoles(schema, field);
      if (!roles) return field;
      const { resolve = defaultFieldResolver } = field;
      field.resolve = (source, args, context: RequestIdentity, info) => {
        check(context, roles, `${typeName}.${fieldName}`);
        return resolve(source, args, context, info);
      };
      return field;
    },
  });
}

interface RequestIdentity {
  identity?: Identity | PatchbayError;
}

function check({ identity }: RequestIdentity, roles: Role[], name: string): void {
  if (!identity) throw unauthenticated('Send the header "Authorization: Bearer <token>".');
  if (identity instanceof PatchbayError) throw identity;
  if (roles.includes(identity.actor.role)) return;
  throw forbidden(`A token of the role ${identity.actor.role} may not call ${name}; it needs ${roles.join(' or ')}.`);
}
