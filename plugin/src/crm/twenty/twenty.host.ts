/** Twenty as the host: reads and writes its records within its limit, and understands its tokens and webhooks. */
import {
  BATCH,
  HostFailure,
  type ChangedPage,
  type CrmHost,
  type CrmKind,
  type Fields,
  type HostRecord,
  type HostUser,
  type Position,
  type RecordOf,
  type RecordPage,
  type Urgency,
} from '../host.js';
import { Budget } from './budget.js';
import { askTwenty, type TwentyAddress } from './client.js';
import { endOfKey } from './install/key.js';
import { fromTwenty, kindOfObject, OBJECTS, toTwenty, type TwentyRow } from './objects.js';
import { ACTIVITIES, deleteMany, DELETED_TOO, findMany, IN_TIMELINES, ROLES, targetOf, upsertMany, WHO_AM_I } from './queries.js';
import { Deliveries } from './signature.js';

/** The pause after Twenty refused a call for its limit, of which other programs spend too. */
const REFUSED_PAUSE_MS = 5_000;
/** A change may be committed so much later than its time says: so much is read again. */
const OVERLAP_MS = 10_000;

interface Found {
  found: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor: string | null }; edges: { node: TwentyRow }[] };
}

interface Role {
  canUpdateAllSettings: boolean;
}

interface WhoAmI {
  currentUser: {
    email: string;
    firstName: string | null;
    lastName: string | null;
    workspaceMember: { id: string; roles: Role[] | null } | null;
    currentWorkspace: { id: string } | null;
  };
}

interface Delivered {
  eventName?: string;
  objectMetadata?: { nameSingular?: string };
  record?: { id?: string; updatedBy?: { source?: string } | null };
}

const OURS: readonly CrmKind[] = ['QUEUE', 'AGENT', 'QUEUE_MEMBER', 'SLA_POLICY', 'AUTOMATION_RULE', 'INTERACTION'];

export interface TwentySettings {
  url: string;
  apiKey: string;
  workspaceId: string;
  webhookSecret: string;
}

export class TwentyHost implements CrmHost {
  readonly name = 'Twenty';
  readonly keyEndsAt: Date | null;
  private readonly address: TwentyAddress;
  private readonly budget = new Budget();
  private readonly deliveries: Deliveries;
  /** The activities that were seen, by id and time: the last ones come again with each look. */
  private looked = new Map<string, string>();
  /** By Twenty's clock, ISO 8601. */
  private lookedAt: string | null = null;

  /** @param now the engine's clock, in ms */
  constructor(
    private readonly settings: TwentySettings,
    private readonly now: () => number,
  ) {
    this.address = { url: settings.url, token: settings.apiKey };
    this.keyEndsAt = endOfKey(settings.apiKey);
    this.deliveries = new Deliveries(settings.webhookSecret);
  }

  waitMs(urgency: Urgency): number {
    return this.budget.waitMs(urgency, this.now());
  }

  async read(kind: CrmKind, ids: readonly string[]): Promise<HostRecord[]> {
    if (ids.length === 0) return [];
    const { data } = await this.call<Found>(findMany(kind), { filter: { and: [{ id: { in: ids } }, DELETED_TOO] }, first: BATCH });
    return data.found.edges.map(({ node }) => fromTwenty(kind, node));
  }

  async changed(kind: CrmKind, position: Position | null): Promise<ChangedPage> {
    const from: Position = position ?? { since: null, after: null, startedAt: null, read: 0, total: null, complete: false };
    const filter = { and: [...(from.since ? [{ updatedAt: { gte: from.since } }] : []), DELETED_TOO] };
    const { data, date } = await this.call<Found>(findMany(kind), { filter, first: BATCH, after: from.after ?? undefined });
    const { found } = data;
    const records = found.edges.map(({ node }) => fromTwenty(kind, node));
    const more = found.pageInfo.hasNextPage;
    const startedAt = from.startedAt ?? date.toISOString();
    const counted = from.complete
      ? { read: from.read, total: from.total }
      : { read: from.read + records.length, total: from.total ?? found.totalCount };
    const next: Position = more
      ? { ...from, ...counted, after: found.pageInfo.endCursor, startedAt }
      : { ...counted, since: new Date(Date.parse(startedAt) - OVERLAP_MS).toISOString(), after: null, startedAt: null, complete: true };
    return { records, next, more };
  }

  async edited(): Promise<RecordOf[]> {
    const since = this.lookedAt ?? new Date(this.now() - OVERLAP_MS).toISOString();
    const filter = { and: [{ workspaceMemberId: { is: 'NOT_NULL' } }, { updatedAt: { gte: since } }] };
    const { data, date } = await this.call<Found>(ACTIVITIES, { filter, first: BATCH });
    const rows = data.found.edges.map(({ node }) => node);
    const fresh = rows.filter(({ id, updatedAt }) => this.looked.get(String(id)) !== String(updatedAt));
    this.looked = new Map(rows.map(({ id, updatedAt }) => [String(id), String(updatedAt)]));
    this.lookedAt = new Date(date.getTime() - OVERLAP_MS).toISOString();
    return fresh.flatMap((row) =>
      IN_TIMELINES.flatMap((kind) => {
        const id = row[targetOf(kind)];
        return typeof id === 'string' ? [{ kind, id }] : [];
      }),
    );
  }

  async push(kind: CrmKind, records: readonly { id: string; fields: Fields }[]): Promise<ReadonlyMap<string, string>> {
    if (records.length === 0) return new Map();
    const sent = records.map(({ id, fields }) => toTwenty(kind, id, fields));
    const { data } = await this.call<{ written: TwentyRow[] }>(upsertMany(kind), { data: sent });
    const isSent = new Set(records.map(({ id }) => id));
    const foreign = data.written.filter(({ id }) => !isSent.has(String(id)));
    const answered = foreign.flatMap((row) => {
      const own = sent.find((each) => addressOf(each) !== null && addressOf(each) === addressOf(row));
      return own ? [[String(own.id), String(row.id)] as const] : [];
    });
    return new Map(answered);
  }

  async remove(kind: CrmKind, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.call(deleteMany(kind), { filter: { id: { in: ids } } });
  }

  async findPeople(emails: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    if (emails.length === 0) return found;
    const filter = { and: [{ emails: { primaryEmail: { in: emails } } }, DELETED_TOO] };
    const { data } = await this.call<Found>(findMany('PERSON'), { filter, first: BATCH });
    for (const { node } of data.found.edges) {
      const { id, fields } = fromTwenty('PERSON', node);
      for (const address of fields.emails as string[]) found.set(address, id);
    }
    return found;
  }

  async identify(token: string): Promise<HostUser> {
    const { data } = await askTwenty<WhoAmI>({ url: this.settings.url, token }, 'metadata', WHO_AM_I);
    const { currentUser } = data;
    const { email, firstName, lastName, workspaceMember, currentWorkspace } = currentUser;
    // On a server with many workspaces, a token of a different workspace is valid, but not for ours.
    if (currentWorkspace?.id !== this.settings.workspaceId || !workspaceMember) {
      throw new HostFailure('DENIED', 'This sign-in belongs to another workspace of Twenty.');
    }
    return {
      userId: workspaceMember.id,
      email: email.toLowerCase(),
      name: [firstName, lastName].filter(Boolean).join(' ') || email,
      isAdministrator: (workspaceMember.roles ?? []).some(isAdministrators),
    };
  }

  async administrators(): Promise<ReadonlySet<string>> {
    const { data } = await askTwenty<{ getRoles: (Role & { workspaceMembers: { id: string }[] | null })[] }>(
      this.address,
      'metadata',
      ROLES,
    );
    return new Set(data.getRoles.filter(isAdministrators).flatMap(({ workspaceMembers }) => (workspaceMembers ?? []).map(({ id }) => id)));
  }

  pageOf(kind: CrmKind, id: string): RecordPage {
    const object = OBJECTS[kind].singular;
    return { object, id, url: `${this.settings.url.replace(/\/+$/, '')}/object/${object}/${id}` };
  }

  delivery(headers: Readonly<Record<string, string | string[] | undefined>>, body: Buffer, now: Date): RecordOf | null {
    const header = (name: string): string => String(headers[name] ?? '');
    this.deliveries.check(header('x-twenty-webhook-timestamp'), header('x-twenty-webhook-signature'), body, now.getTime());
    const { eventName, objectMetadata, record } = JSON.parse(body.toString()) as Delivered;
    const kind = kindOfObject(objectMetadata?.nameSingular ?? '');
    if (!kind || !record?.id) return null;
    // A program changed one of our records, most likely this one; changes of other programs are found by the cursor.
    const isEcho = OURS.includes(kind) && record.updatedBy?.source === 'API' && /\.(created|updated)$/.test(eventName ?? '');
    return isEcho ? null : { kind, id: record.id };
  }

  private async call<T>(query: string, variables: Record<string, unknown>): Promise<{ data: T; date: Date }> {
    this.budget.spend(this.now());
    try {
      return await askTwenty<T>(this.address, 'graphql', query, variables);
    } catch (error) {
      if (error instanceof HostFailure && error.kind === 'LIMITED') this.budget.refused(this.now(), REFUSED_PAUSE_MS);
      throw error;
    }
  }
}

/** Not by its name, which administrators may change: what the role Admin may do. */
const isAdministrators = ({ canUpdateAllSettings }: Role): boolean => canUpdateAllSettings;

const addressOf = ({ emails }: TwentyRow): string | null =>
  ((emails as { primaryEmail?: string | null } | null | undefined)?.primaryEmail ?? '').toLowerCase() || null;
