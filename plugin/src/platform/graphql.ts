/**
 * The API's front: one schema from the contract's SDL, over HTTP and over graphql-ws, with the same identity, limits
 * and error codes on both.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { Logger } from '@nestjs/common';
import { GraphQLModule, type GraphQLWsSubscriptionsConfig } from '@nestjs/graphql';
import {
  GraphQLError,
  specifiedRules,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { getComplexity } from 'graphql-query-complexity';
import { CloseCode, type Context as SocketContext, type ServerOptions } from 'graphql-ws';
import { Access, guardOperations, type Identity } from './access.js';
import { CONFIG, type Config } from './config.js';
import { fromDatabase, PatchbayError } from './errors.js';
import { Loaders } from './loaders.js';
import { scalars } from './scalars.js';
import { subscribeShared } from './shared-frames.js';

/** Far above what the desk and the wall send, far below what hurts. */
export const LIMITS = {
  depth: 10,
  cost: 20_000,
  aliases: 30,
  /** Bytes of a request's body or a WebSocket message. */
  requestBytes: 262_144,
  /** Subscriptions open at once on one WebSocket. */
  subscriptionsPerSocket: 50,
};

export interface RequestContext {
  /** A refusal stands here too, so that it reaches the caller as an error of the operation. */
  identity: Identity | PatchbayError | undefined;
  actor: Identity['actor'] | undefined;
  loaders: Loaders;
  /** Set for a WebSocket: sends a result, given as JSON, to the subscription of this context. */
  send?: (json: string) => Promise<void>;
}

interface SocketExtra {
  request: IncomingMessage;
  socket: {
    close(code: number, reason: string): void;
    send(data: string, sent: (error?: Error) => void): void;
    readyState: number;
    OPEN: number;
  };
  identity?: Identity;
  open?: Set<string>;
  release?: () => void;
}

const log = new Logger('api');
// Reported like any other fault of the document: thrown, it would pass for a failure of the engine.
const reported = {
  propagateOnRejection: false,
  onReject: [(context: ValidationContext | null, error: GraphQLError) => context?.reportError(error)],
};
const rules: ValidationRule[] = [
  maxDepthRule({ n: LIMITS.depth, ignoreIntrospection: true, ...reported }),
  maxAliasesRule({ n: LIMITS.aliases, ...reported }),
] as unknown as ValidationRule[];

/** A field costs 1, a list what it may hold: `first` times its children, ten times where it has no such bound. */
function costRefusal(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown>,
  operationName?: string,
): PatchbayError | null {
  let cost: number;
  try {
    cost = getComplexity({
      schema,
      query,
      variables,
      operationName,
      estimators: [
        ({ args, childComplexity, field }) => {
          if (typeof args.first === 'number') return 1 + args.first * childComplexity;
          const isList = /^\[/.test(String(field.type)) && field.name !== 'edges';
          return 1 + (isList ? 10 : 1) * childComplexity;
        },
      ],
    });
  } catch (error) {
    // Variables that do not fit their types: the execution says so, with the place.
    if (error instanceof GraphQLError) return null;
    throw error;
  }
  if (cost <= LIMITS.cost) return null;
  return new PatchbayError(
    'LIMIT_EXCEEDED',
    `This operation would cost ${cost}, the limit is ${LIMITS.cost}: ask for fewer rows or fields.`,
    { cost, limit: LIMITS.cost },
  );
}

/** What a caller sees of any failure: a code of the contract, the facts, and never the engine's insides. */
export function present(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
  const known = fromDatabase(original);
  const place = { ...(formatted.locations && { locations: formatted.locations }), ...(formatted.path && { path: formatted.path }) };
  if (known instanceof PatchbayError) {
    return { message: known.message, ...place, extensions: { code: known.code, facts: known.facts } };
  }
  // An error of graphql-js with none of ours behind it: the document or its variables are at fault.
  if (known instanceof GraphQLError && formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR') {
    const tooMuch = /limit of \d+ exceeded/i.test(formatted.message);
    return { message: formatted.message, ...place, extensions: { code: tooMuch ? 'LIMIT_EXCEEDED' : 'INVALID', facts: {} } };
  }
  const errorId = randomUUID();
  log.error(
    `${errorId} ${formatted.path?.join('.') ?? ''} ${original instanceof Error ? (original.stack ?? original.message) : String(original)}`,
  );
  return {
    message: `The engine failed; tell its operator the number ${errorId}.`,
    ...place,
    extensions: { code: 'INTERNAL', facts: { errorId } },
  };
}

/** Sandboxed CRM panels have the origin "null"; with a bearer token and no cookies there is nothing to ride on. */
export function originAllowed(origin: string | undefined, host: string | undefined, allowed: string[]): boolean {
  if (!origin || origin === 'null' || allowed.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

const schemaFiles = join(dirname(fileURLToPath(import.meta.url)), '../../../graphql/schema/*.graphql');

export const ApiModule = GraphQLModule.forRootAsync<ApolloDriverConfig>({
  driver: ApolloDriver,
  inject: [CONFIG, Access],
  useFactory: (config: Config, access: Access): ApolloDriverConfig => ({
    typePaths: [schemaFiles],
    resolvers: scalars,
    transformSchema: guardOperations,
    introspection: true,
    graphiql: false,
    // Every request carries a bearer token, never a cookie: a forged cross-site request has no rights to abuse.
    csrfPrevention: false,
    preserveHttpStatusForExecutionErrors: false,
    includeStacktraceInErrorResponses: false,
    validationRules: rules,
    formatError: present,
    plugins: [
      {
        requestDidStart: () =>
          Promise.resolve({
            didResolveOperation: ({ schema, document, request, operationName }) => {
              const refusal = costRefusal(schema, document, request.variables ?? {}, operationName ?? undefined);
              if (refusal) throw new GraphQLError(refusal.message, { originalError: refusal, extensions: { http: { status: 200 } } });
              return Promise.resolve();
            },
          }),
      },
    ],
    context: (request: { headers: { authorization?: string } }) => requestContext(access, request.headers.authorization),
    subscriptions: { 'graphql-ws': socketOptions(access, config) },
  }),
});

type Socket = SocketContext<Record<string, unknown>, SocketExtra>;

function socketOptions(access: Access, config: Config) {
  const options: Partial<ServerOptions<Record<string, unknown>, SocketExtra>> & { path: string } = {
    path: '/graphql',
    connectionInitWaitTimeout: 5_000,
    onConnect: (socket) => admit(access, config, socket),
    onSubscribe: ({ extra }, id) => {
      if ((extra.open?.size ?? 0) >= LIMITS.subscriptionsPerSocket) {
        const refusal = new PatchbayError(
          'LIMIT_EXCEEDED',
          `At most ${LIMITS.subscriptionsPerSocket} operations may be open on one connection.`,
        );
        return [asGraphQLError(present({ message: '' }, refusal))];
      }
      extra.open?.add(id);
      return undefined;
    },
    validate: (schema, document) => validate(schema, document, [...specifiedRules, ...rules]),
    context: ({ extra }, id): RequestContext => ({
      send: (json) => sendNext(extra.socket, id, json),
      identity: extra.identity,
      actor: extra.identity?.actor,
      loaders: new Loaders(false),
    }),
    subscribe: async (args) => {
      const refusal = costRefusal(args.schema, args.document, { ...args.variableValues }, args.operationName ?? undefined);
      if (refusal) return { errors: [new GraphQLError(refusal.message, { originalError: refusal })] };
      const { actor, send } = args.contextValue as RequestContext;
      const shared = actor && send && (await subscribeShared(args, { role: actor.role, send, present: presentResult }));
      return shared || subscribe(args);
    },
    onComplete: ({ extra }, id) => {
      extra.open?.delete(id);
    },
    onError: (_socket, _id, _payload, errors) => errors.map((error) => asGraphQLError(present(error, error as GraphQLError))),
    onNext: (_socket, _id, _payload, _args, result) => (result.errors ? presentResult(result) : undefined),
    onDisconnect: ({ extra }) => {
      extra.release?.();
    },
  };
  // Nest's type names fewer options than it passes on.
  return options as GraphQLWsSubscriptionsConfig;
}

const presentResult = (result: ExecutionResult): ExecutionResult =>
  result.errors ? { ...result, errors: result.errors.map((error) => asGraphQLError(present(error, error))) } : result;

/** A message of the graphql-transport-ws protocol around JSON that is ready; the socket's queue is the back-pressure. */
function sendNext(socket: SocketExtra['socket'], id: string, json: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((resolve, reject) => {
    socket.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`, (error) => (error ? reject(error) : resolve()));
  });
}

const asGraphQLError = ({ message, ...rest }: GraphQLFormattedError): GraphQLError =>
  new GraphQLError(message, { path: rest.path, extensions: rest.extensions });

async function requestContext(access: Access, authorization: string | undefined): Promise<RequestContext> {
  const identity = await access.identify(authorization).catch((error: unknown) => {
    if (error instanceof PatchbayError) return error;
    throw error;
  });
  return { identity, actor: identity instanceof PatchbayError ? undefined : identity.actor, loaders: new Loaders() };
}

async function admit(access: Access, config: Config, { extra, connectionParams }: Socket): Promise<boolean> {
  const { origin, host } = extra.request.headers;
  if (!originAllowed(origin, host, config.ALLOWED_ORIGINS)) return false;
  const authorization = connectionParams?.authorization;
  try {
    const identity = await access.identify(typeof authorization === 'string' ? authorization : extra.request.headers.authorization);
    const end = (): void => extra.socket.close(CloseCode.Forbidden, 'The token was revoked or has expired');
    const unwatch = access.onRevoked((tokenId) => {
      if (tokenId === identity.tokenId) end();
    });
    const left = identity.expiresAt ? identity.expiresAt.getTime() - Date.now() : null;
    // Node's timers hold 24.8 days at most; a token that lives longer is checked again at the next connection.
    const expiry = left !== null && left < 2 ** 31 ? setTimeout(end, left) : undefined;
    extra.identity = identity;
    extra.open = new Set();
    extra.release = () => {
      unwatch();
      clearTimeout(expiry);
    };
    return true;
  } catch (error) {
    // A database that is away is no verdict on the token: the client should come back.
    if (error instanceof PatchbayError && error.code === 'UNAVAILABLE') extra.socket.close(CloseCode.InternalServerError, error.message);
    return false;
  }
}
