/**
 * GraphQL over WebSockets (graphql-transport-ws), on a server of our own: whether a client may connect is settled before the
 * handshake, frames are bounded, nothing that a client sends reaches a log, and a token that is over ends its sockets
 * whether or not the client takes part in the closing.
 */
import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import proxyAddress from '@fastify/proxy-addr';
import { Logger } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  execute,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import { CloseCode, handleProtocols, makeServer, type Context } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { Access, type Identity } from './access.js';
import { CONFIG, type Config } from './config.js';
import { describeError, PatchbayError } from './errors.js';
import { asGraphQLError, costRefusal, originAllowed, present, presentResult, rules, type RequestContext } from './graphql.js';
import { Limits, LIMITS, retryAfter } from './limits.js';
import { bearer, shownBy } from './shown.js';
import { Loaders } from './loaders.js';
import { subscribeShared } from './shared-frames.js';

const PATH = '/graphql';
const HEARTBEAT_MS = 12_000;
/** How long a client may take to answer a close. */
const CLOSE_MS = 2_000;
/** RFC 6455: come back later. graphql-ws clients do, as they do not after its own codes. */
const TRY_AGAIN_LATER = 1013;
const RETRY_SECONDS = 10;
/** The room of a close frame, in bytes of ASCII. */
const REASON_LENGTH = 120;

interface Extra {
  socket: WebSocket;
  request: IncomingMessage;
  address: string;
  /** Whether it came by HTTPS, to us or to the proxy before us. */
  secure: boolean;
  identity?: Identity;
  release?: () => void;
}

type Socket = Context<Record<string, unknown>, Extra>;

const log = new Logger('sockets');
/** Why a document could not be parsed, by the empty one that stands for it until it is validated. */
const unparsed = new WeakMap<DocumentNode, GraphQLError>();

/** Takes WebSockets until the returned function is called, which closes all of them. */
export function openSockets(app: NestFastifyApplication): () => Promise<void> {
  const access = app.get(Access);
  const limits = app.get(Limits);
  const config = app.get<Config>(CONFIG);
  const protocol = makeServer<Record<string, unknown>, Extra>({
    schema: app.get(GraphQLSchemaHost).schema,
    connectionInitWaitTimeout: LIMITS.signInMs,
    onConnect: (socket) => admit(access, limits, socket),
    onClose: ({ extra }) => extra.release?.(),
    onSubscribe: async ({ extra, subscriptions }) => {
      const refusal = await refusalOf(limits, extra, Object.keys(subscriptions).length);
      return refusal ? [wrapped(refusal)] : undefined;
    },
    // Thrown here, it would end the whole connection; as a fault of validation it is the operation's alone.
    parse: (source) => {
      try {
        return parse(source, { maxTokens: LIMITS.tokens });
      } catch (error) {
        const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] };
        unparsed.set(nothing, error as GraphQLError);
        return nothing;
      }
    },
    validate: (schema, document) => {
      const fault = unparsed.get(document);
      return fault ? [fault] : validate(schema, document, [...specifiedRules, ...rules]);
    },
    context: ({ extra }, id): RequestContext => ({
      send: (json) => sendNext(extra.socket, id, json),
      identity: extra.identity,
      actor: extra.identity?.actor,
      part: extra.identity?.part ?? null,
      loaders: new Loaders(false),
      address: extra.address,
    }),
    execute: (args) => tooCostly(args) ?? execute(args),
    subscribe: async (args) => {
      const costly = tooCostly(args);
      if (costly) return costly;
      const { actor, part, send } = args.contextValue as RequestContext;
      // What bounded readers see depends on each of them.
      const shared = actor && send && !part && (await subscribeShared(args, { role: actor.role, send, present: presentResult }));
      return shared || subscribe(args);
    },
    onError: (_socket, _id, _payload, errors) => errors.map((error) => asGraphQLError(present(error, error as GraphQLError))),
    onNext: (_socket, _id, _payload, _args, result) => (result.errors ? presentResult(result) : undefined),
  });

  const server = new WebSocketServer({ noServer: true, maxPayload: LIMITS.requestBytes, handleProtocols });
  const trusted = config.TRUSTED_PROXIES.length > 0 ? proxyAddress.compile(config.TRUSTED_PROXIES) : () => false;
  const answered = new WeakSet<WebSocket>();
  const http = app.getHttpServer();

  const upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer): void => {
    const status = statusOf(request, server.clients.size, config);
    if (status !== null) return refuse(connection, status);
    server.handleUpgrade(request, connection, head, (socket) => {
      const extra: Extra = { socket, request, address: proxyAddress(request, trusted), secure: isSecure(request, trusted) };
      answered.add(socket);
      socket.on('pong', () => answered.add(socket));
      // A frame that breaks the rules: the library closes the connection by itself, with the fitting code.
      socket.on('error', () => undefined);
      const closed = protocol.opened(
        {
          protocol: socket.protocol,
          send: (data) => sendText(socket, data),
          close: (code = 1000, reason = '') => end(socket, code, reason),
          onMessage: (listener) => {
            socket.on('message', (data: Buffer, isBinary) => {
              // A client that ignores the closing has nothing to say any more.
              if (socket.readyState !== socket.OPEN) return;
              if (isBinary) return end(socket, CloseCode.BadRequest, 'Send text, not bytes');
              if (socket.bufferedAmount > LIMITS.unreadBytes) return socket.terminate();
              listener(data.toString()).catch((error: unknown) => fail(socket, error));
            });
          },
        },
        extra,
      );
      socket.once('close', (code, reason) => void closed(code, String(reason)).catch((error: unknown) => log.error(describeError(error))));
    });
  };
  http.on('upgrade', upgrade);
  const heartbeat = setInterval(() => {
    for (const socket of server.clients) {
      if (!answered.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, HEARTBEAT_MS);

  return async () => {
    clearInterval(heartbeat);
    http.off('upgrade', upgrade);
    for (const socket of server.clients) end(socket, 1001, 'Going away');
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
}

function isSecure({ socket, headers }: IncomingMessage, trusted: (address: string, hop: number) => boolean): boolean {
  if ('encrypted' in socket && socket.encrypted) return true;
  return trusted(socket.remoteAddress ?? '', 0) && headers['x-forwarded-proto']?.toString().split(',')[0] === 'https';
}

/** Why a connection is refused, as a status of HTTP; null where it is accepted. */
function statusOf({ url, headers }: IncomingMessage, open: number, config: Config): number | null {
  if (url?.split('?')[0] !== PATH) return 404;
  if (!originAllowed(headers.origin, headers.host, config.ALLOWED_ORIGINS)) return 403;
  return open >= config.CONNECTIONS ? 429 : null;
}

function refuse(connection: Duplex, status: number): void {
  connection.on('error', () => undefined);
  const retry = status === 429 ? `Retry-After: ${RETRY_SECONDS}\r\n` : '';
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    connection.destroy(),
  );
}

async function admit(access: Access, limits: Limits, { extra, connectionParams }: Socket): Promise<boolean> {
  const { socket, request, address, secure } = extra;
  const authorization = connectionParams?.authorization;
  const gone: ((identity: Identity) => boolean)[] = [];
  // Followed from before the look-up: a token revoked meanwhile must not slip through.
  const unfollow = access.onEnded((isOver, renewed) => {
    gone.push(isOver);
    if (extra.identity && isOver(extra.identity)) over(renewed);
  });
  let disconnect: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const over = (renewed: boolean): void => {
    extra.release?.();
    if (renewed) end(socket, TRY_AGAIN_LATER, 'What you may see has changed');
    else end(socket, CloseCode.Forbidden, 'The sign-in was ended or has expired');
  };
  extra.release = () => {
    unfollow();
    disconnect();
    disconnect = () => undefined;
    clearTimeout(timer);
  };
  try {
    const identity = await access.identify(
      typeof authorization === 'string' ? bearer(authorization) : shownBy(request.headers, secure),
      address,
    );
    if (gone.some((isOver) => isOver(identity)) || socket.readyState !== socket.OPEN) return release(extra);
    disconnect = limits.connect(identity.id);
    const wait = (): void => {
      const ends = identity.expiresAt?.getTime() ?? Infinity;
      const changes = identity.lent?.until.getTime() ?? Infinity;
      const left = Math.min(ends, changes) - Date.now();
      if (left <= 0) over(changes < ends);
      // Node's timers hold 24.8 days at most.
      else if (left < Infinity) timer = setTimeout(wait, Math.min(left, 2 ** 31 - 1));
    };
    wait();
    extra.identity = identity;
    return true;
  } catch (error) {
    // Neither a database that is away nor a limit is a verdict on the token: the client should come back.
    if (!(error instanceof PatchbayError)) end(socket, CloseCode.InternalServerError, 'The engine failed');
    else if (error.code === 'UNAVAILABLE' || retryAfter(error)) end(socket, TRY_AGAIN_LATER, `${error.code}: ${error.message}`);
    return release(extra);
  }
}

function release(extra: Extra): false {
  extra.release?.();
  return false;
}

async function refusalOf(limits: Limits, { identity }: Extra, open: number): Promise<PatchbayError | null> {
  if (open > LIMITS.subscriptionsPerSocket) {
    return new PatchbayError('LIMIT_EXCEEDED', `At most ${LIMITS.subscriptionsPerSocket} operations may be open on one connection.`);
  }
  try {
    await limits.spend(identity?.id ?? '');
    return null;
  } catch (error) {
    if (error instanceof PatchbayError) return error;
    throw error;
  }
}

function tooCostly(args: ExecutionArgs): ExecutionResult | null {
  const refusal = costRefusal(args.schema, args.document, { ...args.variableValues }, args.operationName ?? undefined);
  return refusal && { errors: [wrapped(refusal)] };
}

/** An error as graphql-ws knows it; `onError` and `onNext` present it. */
const wrapped = (refusal: PatchbayError): GraphQLError => new GraphQLError(refusal.message, { originalError: refusal });

/** A message of the graphql-transport-ws protocol around JSON that is ready; the socket's queue is the back-pressure. */
const sendNext = (socket: WebSocket, id: string, json: string): Promise<void> =>
  sendText(socket, `{"id":${JSON.stringify(id)},"type":"next","payload":${json}}`);

function sendText(socket: WebSocket, text: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((resolve, reject) => socket.send(text, (error) => (error ? reject(error) : resolve())));
}

function end(socket: WebSocket, code: number, reason: string): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(code, reason.slice(0, REASON_LENGTH));
  const late = setTimeout(() => socket.terminate(), CLOSE_MS);
  socket.once('close', () => clearTimeout(late));
}

function fail(socket: WebSocket, error: unknown): void {
  // The connection went away under an answer: nothing of ours failed.
  if (socket.readyState === socket.OPEN) log.error(describeError(error));
  end(socket, CloseCode.InternalServerError, 'The engine failed');
}
