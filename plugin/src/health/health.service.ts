/** Gathers the facts about health, each part within a time of its own, so that what does not answer is left out and the rest is told. */
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CrmConnectionService } from '../crm/connection.service.js';
import { SmtpService } from '../intake/smtp.service.js';
import { isMail } from '../interactions/correspondents.js';
import { Clock } from '../platform/clock.js';
import { CONFIG, type Config } from '../platform/config.js';
import { Database } from '../platform/database.js';
import { EventReaders } from '../platform/event-reader.js';
import { EventTail } from '../platform/event-tail.js';
import { ROOT } from '../platform/folders.js';
import { CHANNELS } from '../platform/generated/channels.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { Jobs } from '../platform/jobs.js';
import { Leases } from '../platform/leases.js';
import type { Told } from '../platform/told.js';
import { MOST, storedFacts, type StoredRow } from './facts.sql.js';
import { judge, type CrmFacts, type DatabaseFacts, type DiskFacts, type Finding, type HealthFacts } from './health.js';

/** What says nothing for so long counts as not answering. */
const ANSWER_MS = 2_000;
/** Pages that ask at the same time are told the same. */
const FRESH_MS = 300;
const DAY_MS = 86_400_000;
const MAIL = CHANNELS.filter((channel) => isMail({ channel }));

export interface Health extends HealthFacts {
  findings: Finding[];
  version: string;
  engineId: string;
}

interface Stored {
  database: DatabaseFacts;
  stored: NonNullable<HealthFacts['stored']>;
  folder: string | null;
}

@Injectable()
export class HealthService {
  private last: { askedAt: number; health: Promise<Health> } | null = null;
  /** A database that does not answer is not asked a second time meanwhile. */
  private asking: Promise<Stored> | null = null;
  private counting: ReturnType<Jobs['standing']> | null = null;
  private readonly version = readFile(join(ROOT, 'package.json'), 'utf8').then((text) => (JSON.parse(text) as { version: string }).version);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly tail: EventTail,
    private readonly readers: EventReaders,
    private readonly jobs: Jobs,
    private readonly leases: Leases,
    private readonly smtp: SmtpService,
    private readonly connections: CrmConnectionService,
  ) {}

  health(): Promise<Health> {
    if (!this.last || performance.now() - this.last.askedAt > FRESH_MS) this.last = { askedAt: performance.now(), health: this.look() };
    return this.last.health;
  }

  private async look(): Promise<Health> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    this.counting ??= this.jobs.standing().finally(() => (this.counting = null));
    const [known, jobs, version] = await Promise.all([inTime(this.asking), inTime(this.counting), this.version]);
    const facts: HealthFacts = {
      at: this.clock.now(),
      logIsCurrent: this.tail.isCurrent,
      database: known?.database ?? null,
      stored: known?.stored ?? null,
      jobs: jobs && [...jobs].sort((a, b) => (a.name < b.name ? -1 : 1)),
      disk: known?.folder ? await inTime(this.diskOf(known.folder)) : null,
    };
    return { ...facts, findings: judge(facts), version, engineId: this.leases.engineId };
  }

  private async ask(): Promise<Stored> {
    const at = this.clock.now();
    const givenUpAfter = uuidv7({ msecs: at.getTime() - DAY_MS, random: new Uint8Array(16) });
    const began = performance.now();
    const time = this.database.statement<{ now: Date }>(Prisma.sql`SELECT clock_timestamp() AS now`).then(([row]) => {
      const answerMs = performance.now() - began;
      return { answerMs: Math.round(answerMs), now: row!.now, here: at.getTime() + answerMs / 2 };
    });
    const [{ answerMs, now, here }, [row], connection] = await Promise.all([
      time,
      this.database.statement<StoredRow>(storedFacts(this.readers.standing(), MAIL, givenUpAfter)),
      this.connections.get(),
    ]);
    const { database, engines, leases, readers, mail, webhooks, crm } = row!;
    const { SMTP_PORT, SMTP_URL } = this.config;
    return {
      database: {
        version: database.version,
        answerMs,
        sizeBytes: database.size,
        connections: database.connections,
        maxConnections: database.most,
        oldestTransactionSeconds: database.transaction,
        migrations: database.migrations,
        lastMigration: database.lastMigration ?? '',
        clockAheadMs: Math.round(now.getTime() - here),
        now,
      },
      folder: database.folder,
      stored: {
        engines: engines.map(({ id, started_at, last_seen_at, work }) => ({
          id,
          startedAt: new Date(started_at),
          lastSeenAt: new Date(last_seen_at),
          work,
        })),
        leases: leases.map(({ name, holder, expires_at }) => ({ name, holder, expiresAt: new Date(expires_at) })),
        readers: readers.map(({ name, behind, looked, oldest_at }) => ({
          name,
          behind,
          atLeast: looked >= MOST,
          oldestAt: moment(oldest_at),
        })),
        mailIn: { wanted: SMTP_PORT !== undefined, port: this.smtp.port, mailboxes: mail.mailboxes, lastAt: moment(mail.last_at) },
        mailOut: {
          server: SMTP_URL ? new URL(SMTP_URL).host : null,
          pending: mail.pending,
          oldestAt: moment(mail.oldest_at),
          failing: mail.failing,
          failingSince: moment(mail.failing_since),
          lastError: mail.error,
        },
        webhooks: {
          pending: webhooks.pending,
          failing: webhooks.failing,
          failingSince: moment(webhooks.failing_since),
          lastError: webhooks.error,
          lastTold: webhooks.told,
          givenUp: webhooks.given_up,
        },
        crm: connection && {
          ...this.crmOf(connection),
          waiting: crm.waiting,
          oldestWaitingAt: moment(crm.oldest_at),
          problems: crm.problems,
        },
      },
    };
  }

  private crmOf(connection: Parameters<CrmConnectionService['host']>[0]): Omit<CrmFacts, 'waiting' | 'oldestWaitingAt' | 'problems'> {
    const { name, keyEndsAt } = this.connections.host(connection);
    const { url, connectedAt, reachedAt, problem, problemTold } = connection;
    return { name, url, connectedAt, reachedAt, problem, told: problemTold as unknown as Told | null, keyEndsAt };
  }

  /** Null where the folder of this name is not that of the server that we speak to, as where it runs elsewhere. */
  private async diskOf(folder: string): Promise<DiskFacts | null> {
    const [, home, , port] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
    if (home !== folder || port !== (new URL(this.config.DATABASE_URL).port || '5432')) return null;
    const { bavail, blocks, bsize } = await statfs(folder);
    return { folder, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  }
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** Null for what fails too. */
function inTime<T>(work: Promise<T>): Promise<T | null> {
  return Promise.race([work.catch(() => null), setTimeout(ANSWER_MS, null, { ref: false })]);
}
