/**
 * Access to the API: who calls, by the secret that a request shows, and the `@access` rule of each operation, which the schema
 * itself carries. Secrets are 256 random bits, so that a slow hash would add nothing. What a secret stands for is said by the
 * domain that gives it out.
 */
import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import type { FastifyRequest } from 'fastify';
import { defaultFieldResolver, type GraphQLField, type GraphQLFieldConfig, type GraphQLSchema } from 'graphql';
import { Clock } from './clock.js';
import type { Part } from './bounds.js';
import type { Actor } from './commands.js';
import { forbidden, PatchbayError, unavailable } from './errors.js';
import { EventTail } from './event-tail.js';
import type { Role } from './generated/graphql.js';
import { Limits } from './limits.js';
import { shownBy, type Shown } from './shown.js';

type Kind = Shown['kind'];

export interface Identity {
  actor: Actor & { role: Role };
  /** What the caller is known by. */
  kind: Kind;
  /** Of that token or session. */
  id: string;
  /** Whose session it is; null for a token. */
  userId: string | null;
  /** To what part of the contact center the right is bounded; null for the whole. */
  part: Part | null;
  /** The right that was lent to the person and with which the person acts; null for the own one. */
  lent: { delegationId: string; fromUserId: string; until: Date } | null;
  expiresAt: Date | null;
}

/** @throws PatchbayError UNAUTHENTICATED where nobody has this secret, or has it no more */
export type LookUp = (hash: Buffer, now: Date) => Promise<Identity>;

type IsOver = (identity: Identity) => boolean;
/** @param renewed true where the secret goes on with another right: whoever shows it again is known anew */
type Watcher = (isOver: IsOver, renewed: boolean) => void;

const CACHE_LIMIT = 10_000;
const CACHE_MS = 60_000;

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

@Injectable()
export class Access implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache = new Map<string, { identity: Identity; until: number }>();
  private readonly requests = new WeakMap<object, Promise<Identity>>();
  private readonly watchers = new Set<Watcher>();
  private readonly sources = new Map<Kind, LookUp>();
  private readonly enders = new Map<string, { isOver: (subjectId: string) => IsOver; renewed: boolean }>();
  /** Counts up with each token or session that ends, so that a look-up under way notices. */
  private endings = 0;
  private unfollow: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly tail: EventTail,
    private readonly limits: Limits,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { position } = await this.tail.consistently(() => Promise.resolve());
    this.unfollow = await this.tail.follow(position, (events) => {
      for (const { type, subjectId } of events) {
        const ender = this.enders.get(type);
        if (ender) this.drop(ender.isOver(subjectId), ender.renewed);
      }
    });
  }

  onApplicationShutdown(): void {
    this.unfollow();
  }

  /** Before the start: what a secret of this kind stands for. */
  recognise(kind: Kind, lookUp: LookUp): void {
    this.sources.set(kind, lookUp);
  }

  /** Before the start: an event of this type ends identities, at every engine. */
  endOn(type: string, isOver: (subjectId: string) => IsOver): void {
    this.enders.set(type, { isOver, renewed: false });
  }

  /** The same for an event after which the secret stands for another right. */
  renewOn(type: string, isOver: (subjectId: string) => IsOver): void {
    this.enders.set(type, { isOver, renewed: true });
  }

  /**
   * Who sends this HTTP request; counted once, however many parts of the engine ask.
   *
   * @throws PatchbayError UNAUTHENTICATED, LIMIT_EXCEEDED, or UNAVAILABLE when it cannot be looked up now
   */
  admit(request: FastifyRequest): Promise<Identity> {
    let identity = this.requests.get(request.raw);
    if (!identity) {
      identity = this.identify(shownBy(request.headers, request.protocol === 'https'), request.ip).then(async (found) => {
        await this.limits.spend(found.id);
        return found;
      });
      this.requests.set(request.raw, identity);
    }
    return identity;
  }

  /**
   * @param shown null where the call shows nothing that it could be known by: that is no attempt
   * @param address where the call comes from: failures are counted by it
   * @throws PatchbayError UNAUTHENTICATED, LIMIT_EXCEEDED, or UNAVAILABLE when it cannot be looked up now
   */
  async identify(shown: Shown | null, address: string): Promise<Identity> {
    if (!shown) throw unauthenticated(HOW);
    const { kind, secret } = shown;
    const hash = secret === null ? null : hashOf(secret);
    const known = hash ? this.cache.get(keyOf(kind, hash)) : undefined;
    return this.limits.guarded(address, Boolean(known), () => {
      if (!hash) throw unauthenticated(HOW);
      const now = this.clock.now();
      if (!known || known.until <= now.getTime()) return this.lookUp(kind, hash);
      if (known.identity.expiresAt && known.identity.expiresAt <= now) throw unauthenticated(EXPIRED[kind]);
      return Promise.resolve(known.identity);
    });
  }

  /** Tells `watcher` of tokens and sessions that end before their time, by whichever engine, until the returned function is called. */
  onEnded(watcher: Watcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private async lookUp(kind: Kind, hash: Buffer): Promise<Identity> {
    const endings = this.endings;
    const now = this.clock.now();
    const lookUp = this.sources.get(kind);
    if (!lookUp) throw new Error(`Nobody knows a ${kind}.`);
    const identity = await lookUp(hash, now).catch((error: unknown) => {
      if (error instanceof PatchbayError) throw error;
      throw unavailable(`The ${kind} cannot be checked now; try again in a few seconds.`, error);
    });
    // One has ended while this was read: what was read may be older than that.
    if (endings !== this.endings) return this.lookUp(kind, hash);
    if (this.cache.size >= CACHE_LIMIT) this.cache.clear();
    const until = Math.min(now.getTime() + CACHE_MS, identity.lent?.until.getTime() ?? Infinity);
    this.cache.set(keyOf(kind, hash), { identity, until });
    return identity;
  }

  /** These identities are over, at this engine; the event that says so ends them at the others. */
  forget(isOver: IsOver): void {
    this.drop(isOver, false);
  }

  /** What these may see has changed: they are looked up anew, and their open connections begin again. */
  renew(isOver: IsOver): void {
    this.drop(isOver, true);
  }

  private drop(isOver: IsOver, renewed: boolean): void {
    this.endings += 1;
    for (const [key, { identity }] of this.cache) if (isOver(identity)) this.cache.delete(key);
    for (const watcher of this.watchers) watcher(isOver, renewed);
  }
}

const HOW = 'Sign in, or send the header "Authorization: Bearer <token>".';

const EXPIRED: Readonly<Record<Kind, string>> = {
  token: 'This token has expired; ask for a new one.',
  session: 'You were signed in for long enough; sign in again.',
};

const keyOf = (kind: Kind, hash: Buffer): string => `${kind} ${hash.toString('base64')}`;

export const unauthenticated = (message: string): PatchbayError => new PatchbayError('UNAUTHENTICATED', message);

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
  if (!identity) throw unauthenticated(HOW);
  if (identity instanceof PatchbayError) throw identity;
  if (roles.includes(identity.actor.role)) return;
  throw forbidden(`The role ${identity.actor.role} may not call ${name}; it needs ${roles.join(' or ')}.`);
}
