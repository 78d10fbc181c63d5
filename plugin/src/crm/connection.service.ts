/** The CRM that this contact center lives in. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { Prisma, type CrmConnection } from '../platform/generated/prisma/client.js';
import { heldUnder } from '../platform/leases.sql.js';
import type { CrmHost, CrmKind, HostFailure, Position } from './host.js';
import { openHost } from './hosts.js';

/** The engine that holds this lease synchronises. Two at once would take each other's writes for edits, so the others wait for long. */
export const CRM_LEASE = { name: 'crm', seconds: 20 };
/** How often a healthy connection is written down as such. */
const REACHED_MS = 5_000;

export type Cursors = Partial<Record<CrmKind, Position>>;

@Injectable()
export class CrmConnectionService {
  private opened: { key: string; host: CrmHost } | null = null;
  private reachedAt = 0;
  private heardAt = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The connection; null where there is none, or where the lease is held elsewhere, as by a command that works on the CRM. */
  async under(fencing: bigint): Promise<CrmConnection | null> {
    const [connection] = await this.database.models<CrmConnection>(
      Prisma.sql`SELECT * FROM crm_connection WHERE EXISTS (${heldUnder(CRM_LEASE.name, fencing)})`,
    );
    return connection ?? null;
  }

  get(): Promise<CrmConnection | null> {
    return this.database.prisma.crmConnection.findUnique({ where: { id: 1 } });
  }

  /** The CRM itself; it stays the same object as long as its settings do, so that it remembers the calls it has spent. */
  host(connection: CrmConnection): CrmHost {
    const { host, url, apiKey, workspaceId, webhookSecret } = connection;
    const key = [host, url, apiKey, workspaceId, webhookSecret].join('\n');
    if (this.opened?.key !== key) this.opened = { key, host: openHost(connection, () => this.clock.now().getTime()) };
    return this.opened.host;
  }

  /** How far each kind was read for the first time. */
  reading({ cursors }: CrmConnection): { kind: CrmKind; read: number; total: number | null; complete: boolean }[] {
    return Object.entries(cursors as unknown as Cursors).map(([kind, { read, total, complete }]) => ({
      kind: kind as CrmKind,
      read,
      total,
      complete,
    }));
  }

  async saveCursor(kind: CrmKind, position: Position, fencing: bigint): Promise<void> {
    await this.database.statement(Prisma.sql`
      UPDATE crm_connection SET cursors = cursors || ${JSON.stringify({ [kind]: position })}::jsonb
      WHERE EXISTS (${heldUnder(CRM_LEASE.name, fencing)})`);
  }

  async reached({ problem }: CrmConnection): Promise<void> {
    const now = this.clock.now();
    if (problem === null && now.getTime() - this.reachedAt < REACHED_MS) return;
    this.reachedAt = now.getTime();
    await this.database.statement(
      Prisma.sql`UPDATE crm_connection SET reached_at = ${now}::timestamptz, problem = NULL, problem_told = NULL`,
    );
  }

  /** Notes that the CRM has made a delivery. */
  async heard(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.heardAt < REACHED_MS) return;
    this.heardAt = now.getTime();
    await this.database.statement(Prisma.sql`UPDATE crm_connection SET delivered_at = ${now}::timestamptz`);
  }

  async failed({ message, told }: HostFailure): Promise<void> {
    await this.database.statement(Prisma.sql`
      UPDATE crm_connection SET problem = ${message}, problem_told = ${JSON.stringify(told)}::jsonb WHERE problem IS DISTINCT FROM ${message}`);
  }
}
