/**
 * The parts of the contact center to which rights are bounded, kept in memory by what the log says of queues, teams and
 * memberships: whether a row belongs to a part is asked for each field of each answer.
 */
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Access } from '../platform/access.js';
import type { LookedUp, Part } from '../platform/bounds.js';
import { Database } from '../platform/database.js';
import { describeError } from '../platform/errors.js';
import { EventTail } from '../platform/event-tail.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { inPart } from '../platform/part.sql.js';
import { partOf, type Bounds, type Members, type PartSets } from './bounds.js';

const CHANGES = /^(queue\.(created|updated|member_set|member_removed)|agent\.(created|updated|left))$/;
const RETRY_MS = 1_000;

@Injectable()
export class PartsService implements OnApplicationShutdown {
  private readonly log = new Logger('parts');
  private readonly parts = new Map<string, { bounds: Bounds; part: LivePart }>();
  private members: Promise<Members> | null = null;
  private unfollow: () => void = () => undefined;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly tail: EventTail,
    private readonly access: Access,
  ) {}

  onApplicationShutdown(): void {
    this.unfollow();
    clearTimeout(this.retry);
  }

  async of(bounds: Bounds): Promise<Part> {
    const key = JSON.stringify(bounds);
    const members = await (this.members ??= this.follow());
    const known = this.parts.get(key);
    if (known) return known.part;
    const part = new LivePart(this.database, partOf(bounds, members));
    this.parts.set(key, { bounds, part });
    return part;
  }

  /** From the first bounded right on; a contact center without one pays nothing. */
  private async follow(): Promise<Members> {
    try {
      const { position } = await this.tail.present();
      this.unfollow = await this.tail.follow(position, (events) => {
        if (events.some(({ type }) => CHANGES.test(type))) this.refresh();
      });
      return await this.read();
    } catch (error) {
      this.unfollow();
      this.members = null;
      throw error;
    }
  }

  private refresh(): void {
    const next = this.read();
    this.members = next;
    next.then(
      (members) => {
        // An event came meanwhile, whose reading counts.
        if (this.members !== next) return;
        for (const { bounds, part } of this.parts.values()) {
          // What was composed of the part's queues, such as a board, is composed anew.
          if (part.become(partOf(bounds, members))) this.access.renew((identity) => identity.part === part);
        }
      },
      (error: unknown) => {
        if (this.members !== next) return;
        this.log.warn(`The parts of the contact center could not be read; trying again. ${describeError(error)}`);
        this.retry = setTimeout(() => this.refresh(), RETRY_MS);
      },
    );
  }

  private async read(): Promise<Members> {
    const [queues, agents, memberships] = await Promise.all([
      this.database.models<Members['queues'][number]>(Prisma.sql`SELECT id, department FROM queues`),
      this.database.models<Members['agents'][number]>(Prisma.sql`SELECT id, team_id FROM agents WHERE team_id IS NOT NULL`),
      this.database.models<Members['memberships'][number]>(Prisma.sql`SELECT queue_id, agent_id FROM queue_members`),
    ]);
    return { queues, agents, memberships };
  }
}

class LivePart implements Part {
  constructor(
    private readonly database: Database,
    private sets: PartSets,
  ) {}

  get queueIds(): string[] {
    return [...this.sets.queue];
  }

  get servedQueueIds(): string[] {
    return [...this.sets.servedQueue];
  }

  get holderIds(): string[] {
    return [...this.sets.holder];
  }

  get agentIds(): string[] {
    return [...this.sets.agent];
  }

  has(kind: keyof PartSets, id: string): boolean {
    return this.sets[kind].has(id.toLowerCase());
  }

  async among(kind: LookedUp, ids: string[]): Promise<string[]> {
    const inside = inPart(this);
    const named = Prisma.sql`ANY(${ids}::uuid[])`;
    const rows = await this.database.statement<{ id: string }>(
      {
        INTERACTION: Prisma.sql`SELECT i.id::text AS id FROM interactions i WHERE i.id = ${named} AND ${inside}`,
        CUSTOMER: Prisma.sql`SELECT DISTINCT i.customer_id::text AS id FROM interactions i WHERE i.customer_id = ${named} AND ${inside}`,
        OFFER: Prisma.sql`SELECT o.id::text AS id FROM offers o JOIN interactions i ON i.id = o.interaction_id WHERE o.id = ${named} AND ${inside}`,
        MESSAGE: Prisma.sql`SELECT m.id::text AS id FROM messages m JOIN interactions i ON i.id = m.interaction_id WHERE m.id = ${named} AND ${inside}`,
        ATTACHMENT: Prisma.sql`
          SELECT a.id::text AS id FROM attachments a JOIN messages m ON m.id = a.message_id JOIN interactions i ON i.id = m.interaction_id
          WHERE a.id = ${named} AND ${inside}`,
      }[kind],
    );
    return rows.map(({ id }) => id);
  }

  /** Returns whether other queues' work belongs to it now. */
  become(sets: PartSets): boolean {
    const before = this.sets.queue;
    this.sets = sets;
    return before.size !== sets.queue.size || [...before].some((id) => !sets.queue.has(id));
  }
}
