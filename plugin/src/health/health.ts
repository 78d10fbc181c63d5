/**
 * What of the facts about a running contact center is worth somebody's attention. Pure.
 *
 * A finding is CRITICAL where work is lost or stands still now, WARNING where it soon will, or somebody is kept waiting. The
 * thresholds, with what they rest on:
 * - An engine that dies loses its work to the others within 2 s, and one that starts takes its share as fast: work that nobody does
 *   while an engine runs for 10 s is given to nobody.
 * - A reader of the log handles an event within a second. 10 s behind it is slower than what happens; after a minute people notice.
 * - A mail server that knows a sender yet refuses the first attempts of a new one for some minutes, and says so: mails that fail for a
 *   minute may be that, those that fail for 15 minutes are not. A mail that is not even tried within a minute has lost its job.
 * - A receiver of webhooks that is started anew is back within a minute.
 * - The CRM is read at least once a minute, and its problem is noted with the first failure: 30 s of it are no restart of a proxy,
 *   three minutes of silence are no quiet. What people changed is pushed within seconds, so two minutes are behind. History, pushed
 *   when a CRM is connected, may take hours and is not counted.
 * - Two weeks are enough to make a new key for the CRM.
 * - The database answers the question for these facts within some milliseconds: at 250 ms every command is felt, and after 2 s the
 *   engine is given up by whoever watches it. A transaction that is open for five minutes is forgotten in somebody's terminal, and
 *   keeps old rows from being cleared. At 80 % of the connections one further engine does not start.
 * - Engines write their own clock's time beside the database's: from 2 s on, waiting times are visibly wrong.
 * - PostgreSQL writes up to 1 GB of its journal between two checkpoints and stops where it cannot: 512 MB may be gone at any
 *   moment; below 2 GB, or 3 % of the disk, there is an evening's time.
 * - 500 jobs are more than are worked off while somebody looks.
 */
import type { Told } from '../platform/told.js';
export type Severity = 'CRITICAL' | 'WARNING';

export type FindingKey =
  | 'DATABASE_SILENT'
  | 'DATABASE_SLOW'
  | 'DATABASE_CONNECTIONS'
  | 'DATABASE_OLD_TRANSACTION'
  | 'CLOCKS_DIFFER'
  | 'DISK_FULL'
  | 'LOG_UNREAD'
  | 'WORK_UNDONE'
  | 'READER_BEHIND'
  | 'JOBS_SILENT'
  | 'JOBS_WAIT'
  | 'MAIL_IN_STOPPED'
  | 'MAIL_IN_OFF'
  | 'MAIL_OUT_OFF'
  | 'MAIL_OUT_FAILS'
  | 'MAIL_OUT_STANDS'
  | 'WEBHOOKS_FAIL'
  | 'WEBHOOKS_GIVEN_UP'
  | 'CRM_UNREACHABLE'
  | 'CRM_SILENT'
  | 'CRM_BEHIND'
  | 'CRM_RECORDS'
  | 'CRM_KEY_ENDS';

export interface Finding {
  severity: Severity;
  key: FindingKey;
  /** What it rests on: numbers, names, times as ISO 8601, and words of other systems. */
  facts: Readonly<Record<string, string | number | Told | null>>;
}

/** One that lives. */
export interface EngineFacts {
  id: string;
  startedAt: Date;
  lastSeenAt: Date;
  /** Names of the leases that it takes its share of. */
  work: readonly string[];
}

export interface LeaseFacts {
  name: string;
  holder: string | null;
  /** Past where nobody holds it. */
  expiresAt: Date;
}

export interface ReaderFacts {
  name: string;
  /** Events that it has yet to handle; `atLeast` where counting stopped there. */
  behind: number;
  atLeast: boolean;
  /** Of the first of them. */
  oldestAt: Date | null;
}

export interface JobFacts {
  name: string;
  waiting: number;
  running: number;
  /** Those that failed and are tried again later. */
  delayed: number;
}

export interface CrmFacts {
  name: string;
  url: string;
  connectedAt: Date;
  reachedAt: Date | null;
  problem: string | null;
  /** The problem by a code. */
  told?: Told | null;
  /** Records to be pushed. */
  waiting: number;
  /** The longest wait among those that are no history and were not refused. */
  oldestWaitingAt: Date | null;
  /** Records that either side does not take from the other. */
  problems: number;
  keyEndsAt: Date | null;
}

export interface DatabaseFacts {
  version: string;
  answerMs: number;
  sizeBytes: number;
  connections: number;
  maxConnections: number;
  /** Of the longest transaction that is open, in seconds. */
  oldestTransactionSeconds: number;
  migrations: number;
  lastMigration: string;
  /** How far its clock is ahead of the engine's, in ms, as exact as `answerMs`. */
  clockAheadMs: number;
  /** By its own clock, by which engines are seen. */
  now: Date;
}

export interface DiskFacts {
  folder: string;
  freeBytes: number;
  totalBytes: number;
}

export interface MailInFacts {
  /** Whether this engine is to listen, and whether it does. */
  wanted: boolean;
  port: number | null;
  mailboxes: number;
  lastAt: Date | null;
}

export interface MailOutFacts {
  /** Host and port; null where none is set. */
  server: string | null;
  pending: number;
  oldestAt: Date | null;
  failing: number;
  /** Since when the longest of those that failed waits. */
  failingSince: Date | null;
  lastError: string | null;
}

export interface WebhookFacts {
  pending: number;
  failing: number;
  failingSince: Date | null;
  lastError: string | null;
  /** The error by a code. */
  lastTold?: Told | null;
  /** Of the last 24 hours. */
  givenUp: number;
}

export interface HealthFacts {
  at: Date;
  /** Whether this engine reads the event log now. */
  logIsCurrent: boolean;
  /** Null where it does not answer; then `stored` is null too. */
  database: DatabaseFacts | null;
  /** What is known from the database alone. */
  stored: {
    engines: readonly EngineFacts[];
    leases: readonly LeaseFacts[];
    readers: readonly ReaderFacts[];
    crm: CrmFacts | null;
    mailIn: MailInFacts;
    mailOut: MailOutFacts;
    webhooks: WebhookFacts;
  } | null;
  /** Null where their backend does not answer. */
  jobs: readonly JobFacts[] | null;
  /** Null where it is not this machine's. */
  disk: DiskFacts | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const GB = 1_000_000_000;

const UNDONE_MS = 10 * SECOND;
const READER_MS = { warning: 10 * SECOND, critical: MINUTE };
const MAIL_FAILS_MS = { warning: MINUTE, critical: 15 * MINUTE };
const MAIL_STANDS_MS = MINUTE;
const WEBHOOKS_FAIL_MS = MINUTE;
const CRM_FAILS_MS = { warning: 30 * SECOND, critical: 5 * MINUTE };
const CRM_SILENT_MS = 3 * MINUTE;
const CRM_BEHIND_MS = 2 * MINUTE;
const KEY_ENDS_MS = 14 * DAY;
const SLOW_MS = 250;
const CONNECTIONS_SHARE = 0.8;
const OLD_TRANSACTION_SECONDS = 300;
const CLOCK_MS = 2 * SECOND;
const DISK = { critical: 0.512 * GB, warning: 2 * GB, share: 0.03 };
const JOBS = 500;

/** The findings, critical ones first. */
export function judge(facts: HealthFacts): Finding[] {
  const { at, database, stored, jobs, disk } = facts;
  const found = [
    ...(database ? judgeDatabase(database) : [critical('DATABASE_SILENT', {})]),
    ...(disk ? judgeDisk(disk) : []),
    // Without its database it cannot read the log either: that has been said.
    ...(database && !facts.logIsCurrent ? [critical('LOG_UNREAD', {})] : []),
    ...(stored && database ? judgeEngines(stored.engines, stored.leases, database.now) : []),
    ...(stored?.readers ?? []).flatMap((reader) => judgeReader(reader, at)),
    ...(jobs ? jobs.flatMap(judgeJobs) : [critical('JOBS_SILENT', {})]),
    ...(stored ? judgeMailIn(stored.mailIn) : []),
    ...(stored ? judgeMailOut(stored.mailOut, stored.mailIn.mailboxes, at) : []),
    ...(stored ? judgeWebhooks(stored.webhooks, at) : []),
    ...(stored?.crm ? judgeCrm(stored.crm, at) : []),
  ];
  return [...found.filter(({ severity }) => severity === 'CRITICAL'), ...found.filter(({ severity }) => severity === 'WARNING')];
}

const critical = (key: FindingKey, facts: Finding['facts']): Finding => ({ severity: 'CRITICAL', key, facts });
const warning = (key: FindingKey, facts: Finding['facts']): Finding => ({ severity: 'WARNING', key, facts });

/** By how long something lasts; none below the lower threshold. */
function graded(key: FindingKey, ms: number, than: { warning: number; critical: number }, facts: Finding['facts']): Finding[] {
  if (ms < than.warning) return [];
  return [ms < than.critical ? warning(key, facts) : critical(key, facts)];
}

/** 0 where there is nothing that it could be counted from. */
const since = (from: Date | null, at: Date): number => (from ? at.getTime() - from.getTime() : 0);
const seconds = (ms: number): number => Math.round(ms / SECOND);

function judgeDatabase(database: DatabaseFacts): Finding[] {
  const { answerMs, connections, maxConnections, oldestTransactionSeconds, clockAheadMs } = database;
  return [
    ...(answerMs >= SLOW_MS ? [warning('DATABASE_SLOW', { answerMs })] : []),
    ...(connections >= maxConnections * CONNECTIONS_SHARE ? [warning('DATABASE_CONNECTIONS', { connections, maxConnections })] : []),
    ...(oldestTransactionSeconds >= OLD_TRANSACTION_SECONDS
      ? [warning('DATABASE_OLD_TRANSACTION', { seconds: oldestTransactionSeconds })]
      : []),
    // What the answer took may be any part of the difference.
    ...(Math.abs(clockAheadMs) - answerMs >= CLOCK_MS ? [warning('CLOCKS_DIFFER', { aheadSeconds: seconds(clockAheadMs) })] : []),
  ];
}

function judgeDisk({ folder, freeBytes, totalBytes }: DiskFacts): Finding[] {
  const facts = { folder, freeBytes, totalBytes };
  if (freeBytes < DISK.critical) return [critical('DISK_FULL', facts)];
  return freeBytes < Math.max(DISK.warning, totalBytes * DISK.share) ? [warning('DISK_FULL', facts)] : [];
}

/** The work that an engine does now. */
export const workOf = (id: string, leases: readonly LeaseFacts[], now: Date): string[] =>
  leases.filter(({ holder, expiresAt }) => holder === id && expiresAt >= now).map(({ name }) => name);

function judgeEngines(engines: readonly EngineFacts[], leases: readonly LeaseFacts[], now: Date): Finding[] {
  const living = new Set<string | null>(engines.map(({ id }) => id));
  // Work that goes from one engine to another is free for a moment.
  const free = new Set(
    leases
      .filter(({ holder, expiresAt }) => (expiresAt < now ? since(expiresAt, now) >= UNDONE_MS : !living.has(holder)))
      .map(({ name }) => name),
  );
  const settled = engines.filter(({ startedAt }) => since(startedAt, now) >= UNDONE_MS);
  const undone = [...new Set(settled.flatMap(({ work }) => work))].filter((name) => free.has(name)).sort();
  return undone.map((name) => critical('WORK_UNDONE', { name }));
}

function judgeReader({ name, behind, oldestAt }: ReaderFacts, at: Date): Finding[] {
  const ms = behind > 0 ? since(oldestAt, at) : 0;
  return graded('READER_BEHIND', ms, READER_MS, { name, events: behind, seconds: seconds(ms) });
}

const judgeJobs = ({ name, waiting }: JobFacts): Finding[] => (waiting >= JOBS ? [warning('JOBS_WAIT', { name, waiting })] : []);

function judgeMailIn({ wanted, port, mailboxes }: MailInFacts): Finding[] {
  if (wanted) return port === null ? [critical('MAIL_IN_STOPPED', {})] : [];
  return mailboxes > 0 ? [warning('MAIL_IN_OFF', { mailboxes })] : [];
}

function judgeMailOut(mail: MailOutFacts, mailboxes: number, at: Date): Finding[] {
  const { server, pending, oldestAt, failing, failingSince, lastError } = mail;
  if (server === null) {
    if (pending > 0) return [critical('MAIL_OUT_OFF', { pending })];
    return mailboxes > 0 ? [warning('MAIL_OUT_OFF', { pending })] : [];
  }
  const fails = graded('MAIL_OUT_FAILS', failing > 0 ? since(failingSince, at) : 0, MAIL_FAILS_MS, {
    server,
    pending: failing,
    seconds: seconds(since(failingSince, at)),
    error: lastError,
  });
  const stands = pending > failing && since(oldestAt, at) >= MAIL_STANDS_MS;
  return fails.length > 0 || !stands
    ? fails
    : [warning('MAIL_OUT_STANDS', { pending: pending - failing, seconds: seconds(since(oldestAt, at)) })];
}

function judgeWebhooks({ failing, failingSince, lastError, lastTold = null, givenUp }: WebhookFacts, at: Date): Finding[] {
  const ms = failing > 0 ? since(failingSince, at) : 0;
  return [
    ...(ms >= WEBHOOKS_FAIL_MS ? [warning('WEBHOOKS_FAIL', { failing, seconds: seconds(ms), error: lastError, told: lastTold })] : []),
    ...(givenUp > 0 ? [warning('WEBHOOKS_GIVEN_UP', { givenUp })] : []),
  ];
}

function judgeCrm(crm: CrmFacts, at: Date): Finding[] {
  const { name, connectedAt, reachedAt, problem, told = null, waiting, oldestWaitingAt, problems, keyEndsAt } = crm;
  const unheardMs = since(reachedAt ?? connectedAt, at);
  const contact = problem
    ? graded('CRM_UNREACHABLE', unheardMs, CRM_FAILS_MS, { crm: name, seconds: seconds(unheardMs), problem, told })
    : unheardMs >= CRM_SILENT_MS
      ? [warning('CRM_SILENT', { crm: name, seconds: seconds(unheardMs) })]
      : [];
  const behindMs = since(oldestWaitingAt, at);
  return [
    ...contact,
    // A CRM that is away is behind by that.
    ...(contact.length === 0 && behindMs >= CRM_BEHIND_MS
      ? [warning('CRM_BEHIND', { crm: name, waiting, seconds: seconds(behindMs) })]
      : []),
    ...(problems > 0 ? [warning('CRM_RECORDS', { crm: name, problems })] : []),
    ...judgeKey(name, keyEndsAt, at),
  ];
}

function judgeKey(crm: string, endsAt: Date | null, at: Date): Finding[] {
  if (!endsAt || endsAt.getTime() - at.getTime() >= KEY_ENDS_MS) return [];
  const facts = { crm, endsAt: endsAt.toISOString() };
  return [endsAt <= at ? critical('CRM_KEY_ENDS', facts) : warning('CRM_KEY_ENDS', facts)];
}
