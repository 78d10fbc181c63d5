/** Interactions as lists and counts: what pages and agents look through. Nothing here changes anything. */
import { Injectable } from '@nestjs/common';
import { CustomersService } from '../customers/customers.service.js';
import type { Part } from '../platform/bounds.js';
import { Database } from '../platform/database.js';
import type { Channel, QueryInteractionsArgs } from '../platform/generated/graphql.js';
import { type Event, type Interaction, Prisma } from '../platform/generated/prisma/client.js';
import { inPart, whereInPart } from '../platform/part.sql.js';
import { keyedPositionOf, page, positionOf, type Connection } from '../platform/paging.js';
import { FINAL, HOLDING } from './lifecycle.js';
import { interactionCount, interactionRows, type Listed } from './list.sql.js';

/** A page of a list; asked for it, it counts the whole list, once, up to `COUNTED` + 1. */
export type InteractionPage = Connection<Interaction> & { count: () => Promise<number> };

const NEWEST_FIRST = { field: 'OPENED', descending: true } as const;

@Injectable()
export class InteractionListsService {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomersService,
  ) {}

  byIds(ids: string[]): Promise<Interaction[]> {
    return this.database.models(Prisma.sql`SELECT * FROM interactions WHERE id = ANY(${ids}::uuid[])`);
  }

  childrenOf(parentIds: string[]): Promise<Interaction[]> {
    return this.database.prisma.interaction.findMany({ where: { parentId: { in: parentIds } }, orderBy: { id: 'asc' } });
  }

  /** Newest first, where no order is asked for. */
  async list({ filter, sort, first, after }: QueryInteractionsArgs, part: Part | null = null): Promise<InteractionPage> {
    const listed = { filter: filter ?? {}, addresses: this.customers.addressesOf(filter?.customer), within: part && inPart(part) };
    const order = sort ?? NEWEST_FIRST;
    const rows = await this.database.models<Interaction & { sortKey: string | null }>(
      interactionRows(listed, order, keyedPositionOf(after, order.field !== 'OPENED'), first + 1),
    );
    let counted: Promise<number> | undefined;
    return {
      ...page(rows, first, ({ id, sortKey }) => (sortKey === null ? id : `${sortKey}|${id}`)),
      count: () => (counted ??= this.count(listed)),
    };
  }

  private async count(listed: Listed): Promise<number> {
    const [row] = await this.database.statement<{ count: number }>(interactionCount(listed));
    return row?.count ?? 0;
  }

  mergedInto(ids: string[]): Promise<Interaction[]> {
    return this.database.prisma.interaction.findMany({ where: { mergedIntoId: { in: ids } }, orderBy: { id: 'asc' } });
  }

  async heldCounts(agentIds: string[]): Promise<Map<string, number>> {
    const groups = await this.database.prisma.interaction.groupBy({
      by: ['agentId'],
      where: { agentId: { in: agentIds }, state: { in: [...HOLDING] } },
      _count: true,
    });
    return new Map(groups.map(({ agentId, _count }) => [agentId ?? '', _count]));
  }

  async openCounts(customerIds: string[], part: Part | null): Promise<Map<string, number>> {
    const groups = await this.database.prisma.interaction.groupBy({
      by: ['customerId'],
      where: { customerId: { in: customerIds }, state: { notIn: [...FINAL] }, ...(part && whereInPart(part)) },
      _count: true,
    });
    return new Map(groups.map(({ customerId, _count }) => [customerId ?? '', _count]));
  }

  /**
   * When each of these customers was last served, over which channel and by whom.
   *
   * @param except an interaction that does not count
   */
  lastContacts(
    customerIds: string[],
    except: string | null = null,
    part: Part | null = null,
  ): Promise<{ customerId: string; at: Date; channel: Channel; agentId: string | null }[]> {
    return this.database.models(Prisma.sql`
      SELECT DISTINCT ON (customer_id) customer_id, channel::text AS channel, agent_id, coalesce(ended_at, closed_at, accepted_at) AS at
      FROM interactions i WHERE customer_id = ANY(${customerIds}::uuid[]) AND accepted_at IS NOT NULL
        AND id IS DISTINCT FROM ${except}::uuid
        ${part ? Prisma.sql`AND ${inPart(part)}` : Prisma.empty}
      ORDER BY customer_id, coalesce(ended_at, closed_at, accepted_at) DESC`);
  }

  /** Everything that is open, and what was closed since then; for a system that starts to follow along. */
  async idsSince(since: Date): Promise<string[]> {
    const rows = await this.database.statement<{ id: string }>(Prisma.sql`
      SELECT id::text AS id FROM interactions WHERE closed_at IS NULL OR closed_at > ${since}::timestamptz`);
    return rows.map(({ id }) => id);
  }

  /** What happened to one record, or to all of them, oldest first. */
  async events(subjectId: string | null, first: number, after: string | null | undefined): Promise<Connection<Event>> {
    const position = positionOf(after);
    const horizon = this.database.prisma.$queryRaw<{ h: bigint }[]>`SELECT event_horizon() AS h`;
    const rows = await this.database.prisma.event.findMany({
      where: { seq: { gt: position, lte: (await horizon)[0]?.h ?? 0n }, ...(subjectId && { subjectId }) },
      orderBy: { seq: 'asc' },
      take: first + 1,
    });
    return page(rows, first, ({ seq }) => String(seq));
  }
}
