/**
 * The contract server: answers over HTTP as Twenty 2.21 does, from memory, where there is no Twenty.
 * It is made from what was measured on a real one and read in its code, and knows nothing of our client.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError } from 'graphql';
import { Applications } from './applications.js';
import { type Refusal } from './errors.js';
import { FaultyListener } from './faults.js';
import type { Row } from './filters.js';
import { DEFAULT_LIMITS, Throttle, type Limits } from './limits.js';
import { MetadataApi, validationErrors } from './metadata-api.js';
import { parseRequest, RecordApi, type Answer, type ParsedRequest, type Right } from './record-api.js';
import { clone, Records, type Actor } from './records.js';
import { Schema, stableId } from './schema.js';
import { Tokens, type Claims, type TokenKind } from './tokens.js';
import { shownRecord } from './values.js';
import { keepTimelines } from './timelines.js';
import { Webhooks, type Delivery } from './webhooks.js';

export interface ContractServerOptions {
  /** The clock, in milliseconds; the real one if not given. */
  now?: () => number;
  /** Shuffles webhooks: the same seed, the same order. */
  seed?: number;
  limits?: Partial<Limits>;
  version?: string;
  /** How long a receiver of webhooks has; Twenty gives 5,000. */
  webhookTimeoutMs?: number;
  workspaceName?: string;
}

export interface LoggedRequest {
  method: string;
  path: string;
  /** Each costs a key one token of the limits on `/graphql`. */
  rootFields: string[];
  at: number;
  token: TokenKind | null;
  /** Null while it is not answered, and for ever if it was cut off. */
  status: number | null;
}

export interface Member {
  id: string;
  userId: string;
  userWorkspaceId: string;
  name: string;
  email: string;
}

export interface By {
  by: 'user' | 'api' | 'workflow';
  /** Which user; the first member where it is not said. */
  as?: Member;
}

/** What people do in Twenty's own screens, and a look at what is there. */
export interface Store {
  /** All rows as they are shown outside, soft-deleted ones too. */
  records(object: string): Row[];
  record(object: string, id: string): Row | null;
  create(object: string, data: Row, by?: By): Row;
  edit(object: string, id: string, changes: Row, by?: By): Row;
  /** Softly. */
  remove(object: string, id: string, by?: By): void;
  restore(object: string, id: string, by?: By): void;
  /** For good. */
  destroy(object: string, id: string, by?: By): void;
  /** The first one stays, the others are destroyed. */
  merge(object: string, ids: string[], by?: By): Row;
}

export interface ContractServer {
  readonly url: string;
  /** A key of the role Admin. */
  readonly apiKey: string;
  readonly workspaceId: string;
  readonly store: Store;
  readonly requests: LoggedRequest[];
  /** Every webhook that was due, sent or lost. */
  readonly deliveries: readonly Delivery[];
  readonly applications: Applications;
  limits: Limits;
  version: string;
  /** Added to the clock that stamps records, tokens and webhooks; not to that of the limits. */
  clockSkewMs: number;
  stop(): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
  restart(): void;
  slow(ms: number): void;
  /** Requests that a slow server holds back just now. */
  waiting(): number;
  refuseAll(status: number | null): void;
  loseAnswers(count: number): void;
  loseWebhooks(lose: boolean): void;
  /** Resolves when every webhook under way was answered or given up. */
  webhooksSettled(): Promise<void>;
  refillLimits(): void;
  /** Takes a right on an object away from every key and application; `allow` gives it back. */
  forbid(object: string, right: Right): void;
  allow(object: string, right: Right): void;
  member(name: string, email?: string, more?: Row): Member;
  newApiKey(options?: { name?: string; expiresInMs?: number }): { id: string; token: string };
  revokeApiKey(id: string): void;
  userToken(member: Member, lifetimeMs?: number): string;
  /** Without a member: a token of the application itself, as a logic function has. */
  appToken(member: Member | null, options?: { applicationId?: string; lifetimeMs?: number }): string;
  seedPeople(count: number): Row[];
}

const HALF_AN_HOUR_MS = 30 * 60_000;
const A_YEAR_MS = 365 * 24 * 3_600_000;
const NAMES = ['Ada', 'Bob', 'Cora', 'Dan', 'Eva', 'Finn', 'Gita', 'Hugo', 'Ines', 'Jan'];

/** Numbers from 0 to below 1, always the same for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export async function startContractServer(options: ContractServerOptions = {}): Promise<ContractServer> {
  const server = new Contract(options);
  await server.start();
  return server;
}

class Contract implements ContractServer {
  url = '';
  readonly apiKey: string;
  readonly workspaceId = stableId('workspace');
  readonly store: Store;
  readonly requests: LoggedRequest[] = [];
  readonly applications: Applications;
  limits: Limits;
  version: string;
  clockSkewMs = 0;

  private readonly clock: () => number;
  private readonly now = () => this.clock() + this.clockSkewMs;
  private readonly records: Records;
  private readonly tokens: Tokens;
  private readonly webhooks: Webhooks;
  private readonly throttle: Throttle;
  private readonly recordApi: RecordApi;
  private readonly metadataApi: MetadataApi;
  private readonly listener: FaultyListener;
  private readonly forbidden = new Set<string>();
  private readonly first: Member;

  constructor(options: ContractServerOptions) {
    this.clock = options.now ?? Date.now;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.version = options.version ?? '2.21.0';
    this.records = new Records(new Schema(), this.now);
    this.tokens = new Tokens(this.now);
    this.throttle = new Throttle(this.clock);
    this.webhooks = new Webhooks({
      workspaceId: this.workspaceId,
      applicationId: stableId('custom-application', this.workspaceId),
      now: this.now,
      random: randomFrom(options.seed ?? 1),
      timeoutMs: options.webhookTimeoutMs ?? 5_000,
    });
    this.records.onEvents((events) => this.webhooks.send(events));
    keepTimelines(this.records, this.now);
    this.applications = new Applications(this.records, this.throttle, () => this.limits.applicationDevelopment, this.workspaceId, this.now);
    this.recordApi = new RecordApi(this.records);
    this.metadataApi = new MetadataApi({
      workspace: { id: this.workspaceId, displayName: options.workspaceName ?? 'Contract' },
      records: this.records,
      tokens: this.tokens,
      webhooks: this.webhooks,
      applications: this.applications,
    });
    this.listener = new FaultyListener((request, response) => void this.answer(request, response));
    this.first = this.member('Ada Admin', 'ada@example.org');
    this.apiKey = this.newApiKey({ name: 'contract' }).token;
    this.store = this.makeStore();
  }

  async start(): Promise<void> {
    this.url = await this.listener.start();
  }

  get deliveries(): readonly Delivery[] {
    return this.webhooks.deliveries;
  }

  async stop(): Promise<void> {
    this.webhooks.lose = true;
    await this.listener.down();
    await this.webhooks.settled();
  }

  down = () => this.listener.down();
  up = () => this.listener.up();
  restart = () => this.listener.cut();
  slow = (ms: number) => this.listener.slow(ms);
  waiting = () => this.listener.waiting();
  refuseAll = (status: number | null) => this.listener.refuseAll(status);
  loseAnswers = (count: number) => this.listener.loseAnswers(count);
  webhooksSettled = () => this.webhooks.settled();
  refillLimits = () => this.throttle.clear();

  loseWebhooks(lose: boolean): void {
    this.webhooks.lose = lose;
  }

  forbid(object: string, right: Right): void {
    this.forbidden.add(`${object}.${right}`);
  }

  allow(object: string, right: Right): void {
    this.forbidden.delete(`${object}.${right}`);
  }

  member(name: string, email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.org`, more: Row = {}): Member {
    const [firstName = '', ...rest] = name.split(' ');
    const userId = randomUUID();
    const [row] = this.records.create(
      this.records.schema.entity('workspaceMember'),
      [{ name: { firstName, lastName: rest.join(' ') }, userEmail: email, userId, ...more }],
      { source: 'SYSTEM', name: 'System' },
    ) as [Row];
    return { id: row.id as string, userId, userWorkspaceId: stableId('user-workspace', userId), name, email };
  }

  newApiKey({ name = 'key', expiresInMs = A_YEAR_MS }: { name?: string; expiresInMs?: number } = {}): { id: string; token: string } {
    const id = randomUUID();
    const admin = [...this.applications.roles.values()].find(({ label }) => label === 'Admin');
    const expiresAt = new Date(this.now() + expiresInMs).toISOString();
    this.tokens.apiKeys.set(id, {
      id,
      name,
      expiresAt,
      revokedAt: null,
      roleId: admin?.id ?? '',
      createdAt: new Date(this.now()).toISOString(),
    });
    return { id, token: this.tokens.mint({ sub: this.workspaceId, type: 'API_KEY', workspaceId: this.workspaceId, jti: id }, A_YEAR_MS) };
  }

  revokeApiKey(id: string): void {
    const key = this.tokens.apiKeys.get(id);
    if (key) key.revokedAt = new Date(this.now()).toISOString();
  }

  userToken(member: Member, lifetimeMs = HALF_AN_HOUR_MS): string {
    const { userId, userWorkspaceId, id: workspaceMemberId } = member;
    return this.tokens.mint(
      { sub: userId, type: 'ACCESS', workspaceId: this.workspaceId, userId, userWorkspaceId, workspaceMemberId },
      lifetimeMs,
    );
  }

  appToken(
    member: Member | null,
    { applicationId, lifetimeMs = HALF_AN_HOUR_MS }: { applicationId?: string; lifetimeMs?: number } = {},
  ): string {
    const own = [...this.applications.installed.values()].find(({ canBeUninstalled }) => canBeUninstalled);
    const id = applicationId ?? own?.id ?? stableId('an-application');
    const user = member && { userId: member.userId, userWorkspaceId: member.userWorkspaceId };
    return this.tokens.mint({ sub: id, type: 'APPLICATION_ACCESS', workspaceId: this.workspaceId, applicationId: id, ...user }, lifetimeMs);
  }

  seedPeople(count: number): Row[] {
    const taken = this.records.table('person').size;
    return Array.from({ length: count }, (_, index) => {
      const number = taken + index;
      const firstName = NAMES[number % NAMES.length] as string;
      return this.store.create('person', {
        name: { firstName, lastName: `Seed${number}` },
        emails: { primaryEmail: `${firstName.toLowerCase()}.${number}@example.org` },
        phones: { primaryPhoneNumber: `+420601${String(number).padStart(6, '0')}` },
        jobTitle: 'Customer',
      });
    });
  }

  private makeStore(): Store {
    const entity = (object: string) => this.records.schema.entity(object);
    const show = (object: string, row: Row) => shownRecord(entity(object), clone(row));
    const user: By = { by: 'user' };
    const only = (id: string) => ({ id: { eq: id } });
    return {
      records: (object) => [...this.records.table(object).values()].map((row) => show(object, row)),
      record: (object, id) => {
        const row = this.records.table(object).get(id);
        return row ? show(object, row) : null;
      },
      create: (object, data, by = user) => show(object, this.records.one(this.records.create(entity(object), [data], this.actor(by)))),
      edit: (object, id, changes, by = user) =>
        show(object, this.records.one(this.records.update(entity(object), only(id), changes, this.actor(by)))),
      remove: (object, id, by = user) => void this.records.one(this.records.softDelete(entity(object), only(id), this.actor(by))),
      restore: (object, id, by = user) => void this.records.one(this.records.restore(entity(object), only(id), this.actor(by))),
      destroy: (object, id, by = user) => void this.records.one(this.records.destroy(entity(object), only(id), this.actor(by))),
      merge: (object, ids, by = user) => {
        const all = entity(object).fields.map(({ name }) => name);
        return show(object, this.records.merge(entity(object), ids, 0, all, this.actor(by)));
      },
    };
  }

  private actor({ by, as = this.first }: By): Actor {
    if (by === 'api') return { source: 'API', name: 'contract' };
    if (by === 'workflow') return { source: 'WORKFLOW', name: 'Workflow' };
    return { source: 'MANUAL', name: as.name, userId: as.userId, workspaceMemberId: as.id };
  }

  private actorOf(claims: Claims): Actor {
    const member = [...this.records.table('workspaceMember').values()].find(({ userId }) => claims.userId && userId === claims.userId);
    if (member) {
      const { firstName, lastName } = member.name as { firstName: string | null; lastName: string | null };
      return {
        source: 'MANUAL',
        name: [firstName, lastName].filter(Boolean).join(' '),
        userId: member.userId as string,
        workspaceMemberId: member.id as string,
      };
    }
    if (claims.type === 'API_KEY') return { source: 'API', name: this.tokens.apiKeys.get(claims.jti ?? '')?.name ?? '' };
    const application = [...this.applications.installed.values()].find(({ id }) => id === claims.applicationId);
    return { source: 'APPLICATION', name: application?.name ?? '' };
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] as string;
    const logged: LoggedRequest = { method: request.method ?? 'GET', path, rootFields: [], at: this.now(), token: null, status: null };
    this.requests.push(logged);
    try {
      const body = await read(request);
      const [status, content] = await this.route(logged, request, body);
      if (this.listener.isLost()) return void request.socket.destroy();
      logged.status = status;
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'access-control-allow-origin': '*' });
      response.end(JSON.stringify(content));
    } catch {
      // The connection went away under the request.
      request.socket.destroy();
    }
  }

  private async route(logged: LoggedRequest, request: IncomingMessage, body: Buffer): Promise<[number, unknown]> {
    const { path } = logged;
    if (path === '/healthz') return [200, { status: 'ok', info: {}, error: {}, details: {} }];
    if (path === '/client-config') return [200, { appVersion: this.version }];
    if (path === '/.well-known/mcp/server-card.json')
      return [200, { name: 'com.twenty/twenty', version: this.version, title: 'Twenty CRM' }];
    if (path !== '/graphql' && path !== '/metadata')
      return [404, { statusCode: 404, messages: [`Cannot ${logged.method} ${path}`], error: 'Not Found' }];
    let claims: Claims | null;
    try {
      claims = this.tokens.read(request.headers.authorization);
    } catch (error) {
      return [200, { errors: [(error as Refusal).format()] }];
    }
    logged.token = claims?.type ?? null;
    let sent: { query?: string; variables?: Record<string, unknown> | null; operationName?: string | null };
    try {
      sent = await readGraphQL(request, body);
    } catch (error) {
      return [400, { message: error instanceof Error ? error.message : '', error: 'Bad Request', statusCode: 400 }];
    }
    if (!sent.query) return [200, { errors: [{ message: 'Must provide query string.' }] }];
    return [200, await this.graphql(logged, sent.query, sent.variables ?? {}, sent.operationName, claims)];
  }

  private async graphql(
    logged: LoggedRequest,
    query: string,
    variables: Record<string, unknown>,
    operationName: string | null | undefined,
    claims: Claims | null,
  ): Promise<Answer> {
    let parsed: ParsedRequest | null;
    try {
      parsed = parseRequest(query, operationName);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [{ message: error.message, locations: error.locations ?? [] }] };
    }
    if (!parsed) return { errors: [{ message: `Unknown operation named "${operationName}".` }] };
    logged.rootFields = parsed.fields.map(({ name }) => name.value);
    if (logged.path === '/metadata') return this.metadataApi.execute(parsed, variables, claims);
    const own = logged.rootFields.map((name) => this.recordApi.find(name) !== null);
    // Without a token there are no objects: their fields are unknown, and nothing says why.
    if (!claims || !own.includes(true)) return { errors: validationErrors(parsed, 'core') };
    if (own.includes(false)) {
      const message = 'This query cannot be executed as a single request. Please split it into separate queries.';
      return { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] };
    }
    const isLimited = claims.type === 'API_KEY';
    return this.recordApi.execute(parsed, variables, {
      actor: this.actorOf(claims),
      ration: () => {
        if (!isLimited) return;
        this.throttle.take('short', this.limits.short);
        this.throttle.take('long', this.limits.long);
      },
      may: (object, right) => claims.type === 'ACCESS' || !this.forbidden.has(`${object}.${right}`),
    });
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, or a file beside the operation (the GraphQL multipart request). @throws Error for a body that is neither */
async function readGraphQL(
  request: IncomingMessage,
  body: Buffer,
): Promise<{ query?: string; variables?: Record<string, unknown>; operationName?: string }> {
  type Sent = { query?: string; variables?: Record<string, unknown>; operationName?: string };
  const contentType = request.headers['content-type'] ?? '';
  if (!contentType.startsWith('multipart/form-data')) return body.length === 0 ? {} : (JSON.parse(body.toString()) as Sent);
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  const sent = JSON.parse(form.get('operations') as string) as Sent;
  const map = JSON.parse(form.get('map') as string) as Record<string, string[]>;
  for (const [part, paths] of Object.entries(map)) {
    const file = form.get(part);
    if (!(file instanceof Blob)) throw new Error(`File missing in the request: ${part}`);
    const bytes = Buffer.from(await file.arrayBuffer());
    for (const path of paths) sent.variables = { ...sent.variables, [path.replace(/^variables\./, '')]: bytes };
  }
  return sent;
}
