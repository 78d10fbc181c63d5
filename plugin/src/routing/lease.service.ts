/**
 * Which engine routes: the holder of a short lease in PostgreSQL. Each take-over raises its fencing number, which the
 * router's writes carry, so an engine that was paused and does not know that it was deposed cannot write any more. The
 * database's clock decides, never an engine's.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';

/** How long the others wait after the last sign of life; renewed four times as often. */
const LEASE_MS = 2_000;
export const RENEW_MS = LEASE_MS / 4;

@Injectable()
export class LeaseService {
  private readonly holder = randomUUID();

  constructor(private readonly database: Database) {}

  /** The fencing number of a lease that is ours now; null while another engine holds it. */
  async acquire(): Promise<bigint | null> {
    const [row] = await this.database.prisma.$queryRaw<{ fencing: bigint }[]>`
      UPDATE router_lease SET holder = ${this.holder}::uuid, fencing = fencing + 1, expires_at = now() + make_interval(secs => ${LEASE_MS / 1_000})
      WHERE id = 1 AND expires_at < now() RETURNING fencing`;
    return row?.fencing ?? null;
  }

  /** False when another engine has taken over. */
  async renew(fencing: bigint): Promise<boolean> {
    const renewed = await this.database.prisma.$executeRaw`
      UPDATE router_lease SET expires_at = now() + make_interval(secs => ${LEASE_MS / 1_000}) WHERE id = 1 AND fencing = ${fencing}`;
    return renewed === 1;
  }

  /**
   * The lease under a new number: what was written under the old one has ended, or never will be. For who does not know
   * whether their last write happened. Null when another engine has taken over.
   */
  async renumber(fencing: bigint): Promise<bigint | null> {
    const [row] = await this.database.prisma.$queryRaw<{ fencing: bigint }[]>`
      UPDATE router_lease SET fencing = fencing + 1, expires_at = now() + make_interval(secs => ${LEASE_MS / 1_000})
      WHERE id = 1 AND fencing = ${fencing} RETURNING fencing`;
    return row?.fencing ?? null;
  }

  /** Lets the next engine take over at once. */
  async release(fencing: bigint): Promise<void> {
    await this.database.prisma.$executeRaw`UPDATE router_lease SET expires_at = now() WHERE id = 1 AND fencing = ${fencing}`;
  }

  /** True while some engine routes. */
  async held(): Promise<boolean> {
    const rows = await this.database.prisma.$queryRaw<unknown[]>`SELECT 1 FROM router_lease WHERE id = 1 AND expires_at >= now()`;
    return rows.length > 0;
  }
}
