/**
 * Work that only one engine does at a time: the holder of a short lease in PostgreSQL does it. Each take-over raises the
 * lease's fencing number, which the holder's writes carry, so an engine that was paused and does not know that it was
 * deposed cannot write any more. The database's clock decides, never an engine's. Engines share the leases evenly (see
 * shares.ts): one that stops gives its own back at once, and the leases of one that died are free when they expire.
 */
import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { Database } from './database.js';
import { Prisma } from './generated/prisma/client.js';
import { makeLeases, releaseLease, renewLeases, renumberLease, takeLeases, type RenewedRow } from './leases.sql.js';
import { Loop } from './loop.js';
import { shares } from './shares.js';

export interface LeaseOptions {
  /** How long the others wait after the last sign of life, 2 unless given. */
  seconds?: number;
  /** It never moves from an engine that lives, however unevenly the work is spread. */
  settled?: boolean;
}

const SECONDS = 2;
export const RENEW_MS = (SECONDS * 1_000) / 4;
/** Of a loop that has nothing to do until it is woken. */
const UNHELD_MS = 60_000;

@Injectable()
export class Leases implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  /** This engine's name among the others. */
  readonly engineId = randomUUID();
  private readonly log = new Logger('leases');
  private readonly leases = new Map<string, Lease>();
  /** Names that have a row. */
  private readonly made = new Set<string>();
  private readonly renewal = new Loop('renewal of leases', () => this.renew(), this.log);
  private leaving = false;

  constructor(private readonly database: Database) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.renew();
    this.renewal.start();
  }

  /** Before anything else of this engine ends. */
  async onModuleDestroy(): Promise<void> {
    this.leaving = true;
    // A renewal that takes a lease just given up would keep it from the others.
    await this.renewal.rest();
    await Promise.all([...this.leases.values()].map((lease) => lease.end()));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.renewal.stop();
    await this.database.statement(Prisma.sql`DELETE FROM engines WHERE id = ${this.engineId}::uuid`).catch(() => undefined);
  }

  /** The lease of this name, the same one for all of this engine; its options are those of the first call. */
  of(name: string, { seconds = SECONDS, settled = false }: LeaseOptions = {}): Lease {
    let lease = this.leases.get(name);
    if (!lease) {
      lease = new Lease(name, seconds, settled, this.engineId, this.database, () => this.renewal.wake());
      this.leases.set(name, lease);
    }
    return lease;
  }

  /** A loop that runs at one engine at a time: its step gets the fencing number, and does not run without the lease. */
  loop(name: string, title: string, step: (fencing: bigint) => Promise<number>, log: Logger, options?: LeaseOptions): Loop {
    return new LeasedLoop(this.of(name, options), title, step, log);
  }

  /** True while some engine holds it. */
  async isHeld(name: string): Promise<boolean> {
    const rows = await this.database.statement(Prisma.sql`SELECT 1 FROM leases WHERE name = ${name} AND expires_at >= now()`);
    return rows.length > 0;
  }

  private async renew(): Promise<number> {
    const known = [...this.leases.values()].filter(({ isSought, isHeld }) => isSought || isHeld);
    const sought = this.leaving ? [] : known.filter(({ isSought }) => isSought);
    const work = sought.map(({ name }) => name);
    const fresh = work.filter((name) => !this.made.has(name));
    if (fresh.length > 0) {
      await this.database.statement(makeLeases(fresh));
      for (const name of fresh) this.made.add(name);
    }
    const sentAt = performance.now();
    const [row] = await this.database.statement<RenewedRow>(renewLeases(this.engineId, work, known, SECONDS));
    const { others, holders, renewed } = row!;
    for (const lease of known) lease.settle(renewed[lease.name], sentAt);
    const settled = new Set(sought.filter(({ isSettled }) => isSettled).map(({ name }) => name));
    const owners = shares([...others, { id: this.engineId, work }], new Map(Object.entries(holders)), settled);
    const isMine = ({ name }: Lease): boolean => owners.get(name) === this.engineId;
    for (const lease of known) if (lease.isHeld && !isMine(lease)) void lease.giveUp();
    await this.take(sought.filter((lease) => isMine(lease) && !lease.isHeld));
    return RENEW_MS;
  }

  private async take(wanted: readonly Lease[]): Promise<void> {
    if (wanted.length === 0) return;
    const sentAt = performance.now();
    const taken = await this.database.statement<{ name: string; fencing: string }>(takeLeases(this.engineId, wanted));
    for (const { name, fencing } of taken) this.leases.get(name)?.settle(fencing, sentAt);
  }
}

export class Lease {
  private readonly loops = new Set<Loop>();
  private number: bigint | null = null;
  /** By a clock that a paused process finds far ahead when it wakes; before the database's own end of the lease. */
  private heldUntil = -Infinity;
  private handover: Promise<void> | null = null;

  constructor(
    readonly name: string,
    readonly seconds: number,
    readonly isSettled: boolean,
    private readonly engineId: string,
    private readonly database: Database,
    private readonly changed: () => void,
  ) {}

  /** The number that writes under this lease carry; null while another engine has it, or may have. */
  get fencing(): bigint | null {
    return this.isHeld && !this.handover ? this.number : null;
  }

  get isHeld(): boolean {
    return this.number !== null && performance.now() < this.heldUntil;
  }

  get isSought(): boolean {
    return this.loops.size > 0;
  }

  /** From now on this engine takes its share. The loop is woken when the lease is ours, and done with its step before it is not. */
  seek(loop: Loop): void {
    this.loops.add(loop);
    this.changed();
  }

  /** The loop needs it no more; without any the lease is given back. */
  async leave(loop: Loop): Promise<void> {
    this.loops.delete(loop);
    if (!this.isSought) await this.giveUp();
  }

  /** The database's answer to a question sent at `sentAt`: the number under which it is ours, none where it is not. */
  settle(fencing: string | undefined, sentAt: number): void {
    const before = this.fencing;
    if (fencing === undefined) {
      this.number = null;
      return;
    }
    const number = BigInt(fencing);
    // An answer that comes after that to `renumber`.
    if (this.number !== null && number < this.number) return;
    this.number = number;
    this.heldUntil = sentAt + this.seconds * 1_000;
    if (this.fencing !== before) for (const loop of this.loops) loop.wake();
  }

  /** A write under it was refused: nothing more is done under it before the database has said whose it is. */
  doubt(): void {
    this.heldUntil = -Infinity;
    this.changed();
  }

  /**
   * The lease under a new number: writes under the old one have ended, or will never happen. For a holder that does not know
   * whether its last write happened. Null where another engine has taken over.
   */
  async renumber(): Promise<bigint | null> {
    const sentAt = performance.now();
    const [row] = await this.database.statement<{ fencing: string }>(renumberLease(this.engineId, this));
    this.settle(row?.fencing, sentAt);
    return this.fencing;
  }

  /** This engine ends. */
  async end(): Promise<void> {
    const given = this.giveUp();
    this.loops.clear();
    await given;
  }

  /** Lets another engine go on at once, after the steps in hand. */
  async giveUp(): Promise<void> {
    this.handover ??= this.handOver().finally(() => (this.handover = null));
    await this.handover;
  }

  private async handOver(): Promise<void> {
    await Promise.all([...this.loops].map((loop) => loop.rest()));
    if (this.number === null) return;
    // Where the database is away, the lease expires by itself.
    await this.database.statement(releaseLease(this.engineId, this.name)).catch(() => undefined);
    this.number = null;
  }
}

class LeasedLoop extends Loop {
  constructor(
    private readonly lease: Lease,
    title: string,
    step: (fencing: bigint) => Promise<number>,
    log: Logger,
  ) {
    super(title, () => (lease.fencing === null ? Promise.resolve(UNHELD_MS) : step(lease.fencing)), log);
  }

  override start(): void {
    super.start();
    this.lease.seek(this);
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.lease.leave(this);
  }
}
