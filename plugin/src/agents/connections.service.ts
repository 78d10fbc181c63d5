/**
 * Which agents are connected, as measured: an agent is while at least one work subscription is open at a living
 * engine. An engine that dies stops saying that it lives (see leases.ts), and the others set its agents free.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Commands, record, TIMER } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { Leases } from '../platform/leases.js';
import { Loop } from '../platform/loop.js';

const HEARTBEAT_MS = 1_000;
/** Long enough for a pause of the garbage collector, short enough that nobody's work waits on a dead engine. */
const DEAD_AFTER_MS = 5_000;

@Injectable()
export class ConnectionsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly open = new Map<string, number>();
  private readonly written = new Map<string, Promise<void>>();
  private readonly log = new Logger('connections');
  private readonly loop = new Loop('heartbeat', () => this.beat(), this.log);

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly leases: Leases,
  ) {}

  private get engineId(): string {
    return this.leases.engineId;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.beat();
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.written.values());
    await this.free(Prisma.sql`engine_id = ${this.engineId}::uuid`).catch(() => undefined);
  }

  /** The agent has opened a work subscription; call the returned function when it ends. */
  connect(agentId: string): () => void {
    this.open.set(agentId, (this.open.get(agentId) ?? 0) + 1);
    this.settle(agentId);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      const left = (this.open.get(agentId) ?? 1) - 1;
      if (left > 0) this.open.set(agentId, left);
      else this.open.delete(agentId);
      this.settle(agentId);
    };
  }

  /** Writes the present truth about one agent, after whatever is being written about them already. */
  private settle(agentId: string): void {
    const before = this.written.get(agentId) ?? Promise.resolve();
    const write = before
      .then(() =>
        this.open.has(agentId) ? this.claim(agentId) : this.free(Prisma.sql`id = ${agentId}::uuid AND engine_id = ${this.engineId}::uuid`),
      )
      .catch((error: unknown) => this.log.warn(`The connection of agent ${agentId} could not be written (${String(error)}).`))
      .finally(() => {
        if (this.written.get(agentId) === write) this.written.delete(agentId);
      });
    this.written.set(agentId, write);
  }

  private async claim(agentId: string): Promise<void> {
    await this.commands.run(TIMER, async (command) => {
      const changed = await command.tx.$queryRaw<{ was: string | null }[]>(Prisma.sql`
        UPDATE agents a SET engine_id = ${this.engineId}::uuid,
          connection_since = CASE WHEN old.engine_id IS NULL THEN ${command.at}::timestamptz ELSE a.connection_since END
        FROM (SELECT id, engine_id FROM agents WHERE id = ${agentId}::uuid FOR UPDATE) old
        WHERE a.id = old.id AND old.engine_id IS DISTINCT FROM ${this.engineId}::uuid
        RETURNING old.engine_id::text AS was`);
      if (changed.some(({ was }) => was === null)) await record(command, [{ type: 'agent.connected', subjectId: agentId, facts: {} }]);
    });
  }

  private async free(which: Prisma.Sql): Promise<void> {
    await this.commands.run(TIMER, async (command) => {
      const freed = await command.tx.$queryRaw<{ id: string }[]>(Prisma.sql`
        UPDATE agents SET engine_id = NULL, connection_since = ${command.at} WHERE ${which} RETURNING id::text AS id`);
      await record(
        command,
        freed.map(({ id }) => ({ type: 'agent.disconnected', subjectId: id, facts: {} })),
      );
    });
  }

  private async beat(): Promise<number> {
    // The database's clock, so that engines on machines whose clocks disagree agree on which engines live.
    const gone = await this.database.prisma.$queryRaw<{ id: string }[]>(Prisma.sql`
      DELETE FROM engines WHERE id <> ${this.engineId}::uuid AND last_seen_at < now() - make_interval(secs => ${DEAD_AFTER_MS / 1_000})
      RETURNING id::text AS id`);
    if (gone.length > 0) this.log.warn(`${gone.length} engine(s) stopped answering; their agents count as disconnected.`);
    const orphans = await this.database.prisma.agent.count({ where: { engineId: { not: null }, NOT: { engineId: this.engineId } } });
    if (orphans > 0) {
      await this.free(Prisma.sql`engine_id <> ${this.engineId}::uuid AND NOT EXISTS (SELECT FROM engines e WHERE e.id = agents.engine_id)`);
    }
    // What another engine set free while this one was paused is claimed again.
    const mine = await this.database.prisma.agent.findMany({ where: { engineId: this.engineId }, select: { id: true } });
    const known = new Set(mine.map(({ id }) => id));
    for (const agentId of this.open.keys()) if (!known.has(agentId) && !this.written.has(agentId)) this.settle(agentId);
    return HEARTBEAT_MS;
  }
}
