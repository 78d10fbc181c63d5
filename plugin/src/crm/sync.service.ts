/**
 * Keeps the CRM and the contact center in step. One loop, one call at a time: pulling and pushing take turns, so that our
 * own writes are never taken for somebody's edits. It runs at one engine, with the reader that notes what is to be pushed.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { RulesService } from '../automation/rules.service.js';
import { RunListsService } from '../automation/run-lists.service.js';
import { InteractionListsService } from '../interactions/interaction-lists.service.js';
import { Clock } from '../platform/clock.js';
import { EventReaders } from '../platform/event-reader.js';
import type { LogEvent } from '../platform/event-tail.js';
import type { CrmChange, CrmConnection } from '../platform/generated/prisma/client.js';
import { Leases } from '../platform/leases.js';
import type { Loop } from '../platform/loop.js';
import { QueuesService } from '../queues/queues.service.js';
import { PoliciesService } from '../sla/policies.service.js';
import { isDeaf, LOOK_EVERY_MS, READ_EVERY_MS } from './cadence.js';
import { CrmAgendaService } from './agenda.service.js';
import { CrmConnectionService, CRM_LEASE, type Cursors } from './connection.service.js';
import { BATCH, HostFailure, type CrmHost, type CrmKind, type HostRecord, type Urgency } from './host.js';
import { KINDS, PULL_ORDER, PUSH_ORDER } from './kinds.js';
import { PullService } from './pull.service.js';
import { CONNECTED, marksOf, mayHelp, TOUCHES_CUSTOMER, TYPES, type Mark } from './push-marks.js';
import { PushService } from './push.service.js';
import { CrmRecordsService } from './records.service.js';

/** After this time, all records that belong together with a vanished one have been read. */
const SECOND_LOOK_MS = READ_EVERY_MS + 30_000;
/** How often the last run of rules is pushed: after each run would be too often. */
const RAN_EVERY_MS = 60_000;
const FIRST_RAN_MS = 3_600_000;
const POLL_MS = 500;
const UNCONNECTED_MS = 1_000;
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000];
const DENIED_PAUSE_MS = 30_000;
/** History older than that stays in the engine when a CRM is connected. */
const HISTORY_DAYS = 30;

@Injectable()
export class SyncService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('crm');
  private readonly loop: Loop;
  private readonly pushedAt = new Map<CrmKind, number>();
  private readonly pulledAt = new Map<CrmKind, number>();
  private lookedAt = 0;
  private unansweredSince: number | null = null;
  private ranAt: Date | null = null;
  private failures = 0;
  /** Whether there was a CRM when the reader of the log last asked. */
  private isConnected = false;

  constructor(
    private readonly clock: Clock,
    private readonly readers: EventReaders,
    private readonly connections: CrmConnectionService,
    private readonly records: CrmRecordsService,
    private readonly agenda: CrmAgendaService,
    private readonly pull: PullService,
    private readonly push: PushService,
    private readonly queues: QueuesService,
    private readonly agents: AgentsService,
    private readonly policies: PoliciesService,
    private readonly rules: RulesService,
    private readonly runs: RunListsService,
    private readonly lists: InteractionListsService,
    leases: Leases,
  ) {
    this.loop = leases.loop(CRM_LEASE.name, 'CRM sync', (fencing) => this.step(fencing), this.log, CRM_LEASE);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.readers.start({
      name: CRM_LEASE.name,
      lease: CRM_LEASE,
      // Without a CRM no record has to be pushed.
      types: () => (this.isConnected ? TYPES : [CONNECTED]),
      prepare: async () => void (this.isConnected = (await this.connections.get()) !== null),
      handle: (events) => this.heard(events),
    });
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Notes which records are to be pushed. */
  private async heard(events: readonly LogEvent[]): Promise<void> {
    if (!this.isConnected) return;
    const at = this.clock.now();
    if (events.some(({ type }) => type === CONNECTED)) await this.markAll(at);
    if (mayHelp(events)) await this.agenda.noteRefused();
    await this.records.mark(marksOf(events), at);
    const touched = events.filter(({ type }) => TOUCHES_CUSTOMER.includes(type)).map(({ subjectId }) => subjectId);
    const customers = (await this.lists.byIds([...new Set(touched)])).flatMap(({ customerId }) => customerId ?? []);
    await this.records.mark(
      [...new Set(customers)].map((id) => ({ kind: 'PERSON' as const, id, urgency: 1 as const })),
      at,
    );
    this.loop.wake();
  }

  private async markAll(at: Date): Promise<void> {
    const queueIds = await this.queues.ids();
    const all = async (ids: Promise<readonly string[]>, kind: CrmKind, urgency: Urgency): Promise<Mark[]> =>
      (await ids).map((id) => ({ kind, id, urgency }));
    const since = new Date(at.getTime() - HISTORY_DAYS * 86_400_000);
    const marks = await Promise.all([
      all(Promise.resolve(queueIds), 'QUEUE', 1),
      all(this.policies.list().then((rows) => rows.map(({ id }) => id)), 'SLA_POLICY', 1), // prettier-ignore
      all(this.rules.list().then((rows) => rows.map(({ id }) => id)), 'AUTOMATION_RULE', 1), // prettier-ignore
      all(this.agents.ids(), 'AGENT', 1),
      all(this.queues.membersOf(queueIds).then((rows) => rows.map(({ id }) => id)), 'QUEUE_MEMBER', 1), // prettier-ignore
      all(this.lists.idsSince(since), 'INTERACTION', 2),
    ]);
    await this.records.mark(marks.flat(), at);
  }

  /** Does the most urgent work that may be done now. @returns the time until the next step, in ms */
  private async step(fencing: bigint): Promise<number> {
    const connection = await this.connections.under(fencing);
    if (!connection) return UNCONNECTED_MS;
    try {
      const host = this.connections.host(connection);
      const waitMs = await this.next(host, connection, fencing);
      this.failures = 0;
      if (waitMs === 0) await this.connections.reached(connection);
      return waitMs;
    } catch (error) {
      if (!(error instanceof HostFailure)) throw error;
      return this.pause(error);
    }
  }

  private async next(host: CrmHost, connection: CrmConnection, fencing: bigint): Promise<number> {
    const now = this.clock.now();
    if (connection.deliveredAt && connection.deliveredAt.getTime() >= (this.unansweredSince ?? 0)) this.unansweredSince = null;
    await this.markRan(now);
    const agenda = await this.agenda.overview(now);
    const waits = [POLL_MS];
    const may = (urgency: Urgency): boolean => {
      const waitMs = host.waitMs(urgency);
      if (waitMs > 0) waits.push(waitMs);
      return waitMs === 0;
    };
    const push = async (most: Urgency): Promise<boolean> => {
      for (const kind of PUSH_ORDER) {
        const urgency = agenda.push.get(kind);
        if (urgency === undefined || urgency > most || !may(urgency)) continue;
        const gatheredMs = now.getTime() - (this.pushedAt.get(kind) ?? 0);
        if (gatheredMs < KINDS[kind].gatherMs) {
          waits.push(KINDS[kind].gatherMs - gatheredMs);
          continue;
        }
        this.pushedAt.set(kind, now.getTime());
        if (await this.push.push(host, kind, urgency)) {
          this.unansweredSince ??= now.getTime();
          return true;
        }
      }
      return false;
    };
    if (await push(0)) return 0;
    for (const kind of agenda.pull) if (may(1) && (await this.pullChanged(host, kind))) return 0;
    if (this.isToLook(connection, now) && may(1)) {
      await this.look(host, now);
      return 0;
    }
    if (await push(1)) return 0;
    for (const kind of PULL_ORDER)
      if (this.isToPull(kind, connection, now) && may(2) && (await this.pullOn(host, kind, connection, fencing))) return 0;
    if (await push(2)) return 0;
    return Math.min(...waits);
  }

  /** Runs do not change their rule, and there may be thousands: only the last one of a while is pushed. */
  private async markRan(now: Date): Promise<void> {
    const since = this.ranAt ?? new Date(now.getTime() - FIRST_RAN_MS);
    if (this.ranAt && now.getTime() - this.ranAt.getTime() < RAN_EVERY_MS) return;
    this.ranAt = now;
    const ids = await this.runs.ranSince(since);
    await this.records.mark(
      ids.map((id) => ({ kind: 'AUTOMATION_RULE' as const, id, urgency: 2 as const })),
      now,
    );
  }

  /** The records that the CRM's deliveries named. */
  private async pullChanged(host: CrmHost, kind: CrmKind): Promise<boolean> {
    const changes = await this.agenda.toPull(kind, BATCH);
    if (changes.length === 0) return false;
    try {
      await this.pullThese(host, kind, changes);
    } catch (error) {
      // One of these ids is none that the CRM could find, which must not keep the others from being read.
      if (!isInvalid(error)) throw error;
      for (const change of changes) await this.pullOne(host, kind, change);
    }
    return true;
  }

  private async pullOne(host: CrmHost, kind: CrmKind, change: CrmChange): Promise<void> {
    try {
      await this.pullThese(host, kind, [change]);
    } catch (error) {
      if (!isInvalid(error)) throw error;
      await this.agenda.pulled(kind, [change]);
    }
  }

  private async pullThese(host: CrmHost, kind: CrmKind, changes: readonly CrmChange[]): Promise<void> {
    const ids = changes.map(({ hostId }) => hostId);
    const found = await host.read(kind, ids);
    await this.pull.pull(host, kind, found);
    const again = await this.pull.gone(kind, ids.filter((id) => !found.some((record: HostRecord) => record.id === id))); // prettier-ignore
    for (const id of again) await this.agenda.note(kind, id, SECOND_LOOK_MS);
    await this.agenda.pulled(kind, changes);
  }

  private isToPull(kind: CrmKind, connection: CrmConnection, now: Date): boolean {
    const position = (connection.cursors as unknown as Cursors)[kind];
    return !position?.complete || position.after !== null || now.getTime() - (this.pulledAt.get(kind) ?? 0) >= READ_EVERY_MS;
  }

  private isToLook({ deliveredAt }: CrmConnection, now: Date): boolean {
    return now.getTime() - this.lookedAt >= LOOK_EVERY_MS && isDeaf({ deliveredAt, unansweredSince: this.unansweredSince }, now.getTime());
  }

  /** The records that its deliveries would have named. */
  private async look(host: CrmHost, now: Date): Promise<void> {
    this.lookedAt = now.getTime();
    try {
      for (const { kind, id } of await host.edited()) await this.agenda.note(kind, id);
    } catch (error) {
      // The key may not see these activities; all records are read once a minute anyway.
      if (!isInvalid(error) && !isDenied(error)) throw error;
      this.lookedAt = now.getTime() + READ_EVERY_MS;
    }
  }

  /** The next page of all records changed since the last look. */
  private async pullOn(host: CrmHost, kind: CrmKind, connection: CrmConnection, fencing: bigint): Promise<boolean> {
    const position = (connection.cursors as unknown as Cursors)[kind] ?? null;
    const page = await host.changed(kind, position);
    await this.pull.pull(host, kind, page.records);
    await this.connections.saveCursor(kind, page.next, fencing);
    if (!page.more) this.pulledAt.set(kind, this.clock.now().getTime());
    if (page.next.complete && !position?.complete) this.log.log(`Read all ${page.next.read} records of the kind ${kind} from the CRM.`);
    return true;
  }

  private async pause(failure: HostFailure): Promise<number> {
    if (failure.kind === 'LIMITED') return POLL_MS;
    this.failures += 1;
    if (this.failures === 1) this.log.warn(`The CRM: ${failure.message}`);
    await this.connections.failed(failure);
    return failure.kind === 'DENIED' ? DENIED_PAUSE_MS : PAUSES_MS[Math.min(this.failures, PAUSES_MS.length) - 1]!;
  }
}

const isDenied = (error: unknown): boolean => error instanceof HostFailure && error.kind === 'DENIED';
const isInvalid = (error: unknown): boolean => error instanceof HostFailure && error.kind === 'INVALID';
