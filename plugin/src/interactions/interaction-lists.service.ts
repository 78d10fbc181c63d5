/** Interactions as lists and counts: what pages and agents look through. Nothing here changes anything. */
import { Injectable } from '@nestjs/common';
import { CustomersService } from '../customers/customers.service.js';
import type { Part } from '../platform/bounds.js';
import { Database } from '../platform/database.js';
import type { Channel, InteractionFilter, InteractionSort, QueryInteractionsArgs } from '../platform/generated/graphql.js';
import { type Event, type Interaction, Prisma } from '../platform/generated/prisma/client.js';
import { asModel } from '../platform/models.js';
import { inPart, whereInPart } from '../platform/part.sql.js';
import { keyedPositionOf, page, positionOf, type Connection } from '../platform/paging.js';
import { FINAL, HOLDING } from './lifecycle.js';
import {
  COUNTED,
  customersNamed,
  hasWords,
  interactionCount,
  interactionCountOfSome,
  interactionRows,
  interactionRowsOfFirst,
  interactionRowsOfWords,
  type Listed,
  type Position,
} from './list.sql.js';

export interface Total {
  count: number;
  /** False where there are more. */
  exact: boolean;
}

/** A page of a list; asked for it, it counts the whole list, once. */
export type InteractionPage = Connection<Interaction> & { total: () => Promise<Total> };

/** How words that many have are found and counted, in rows. */
export interface Reach {
  /** Rows that are tried from where the page begins; a page that they do not fill is asked of the indexes. */
  page: number;
  /** Rows that are tried for the number of all. */
  total: number;
  /** More than so many among them are not counted. */
  counted: number;
  /** More customers of a name than so many are not gathered. */
  customers: number;
}

type Row = Interaction & { sortKey: string | null };

const NEWEST_FIRST = { field: 'OPENED', descending: true } as const;

@Injectable()
export class InteractionListsService {
  reach: Reach = { page: 1_000, total: 4_000, counted: 1_000, customers: 500 };

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
    const addresses = this.customers.addressesOf(filter?.customer);
    const customerIds = filter?.customer ? await this.fewNamed(filter, addresses) : null;
    const listed = { filter: filter ?? {}, addresses, customerIds, within: part && inPart(part) };
    const order = sort ?? NEWEST_FIRST;
    const position = keyedPositionOf(after, order.field !== 'OPENED');
    const { rows, found } = await this.rows(listed, order, position, first + 1);
    let total: Promise<Total> | undefined;
    return {
      ...page(rows, first, ({ id, sortKey }) => (sortKey === null ? id : `${sortKey}|${id}`)),
      total: () => (total ??= this.total(listed, found)),
    };
  }

  private async fewNamed(filter: InteractionFilter, addresses: string[]): Promise<string[] | null> {
    const most = this.reach.customers;
    const found = await this.database.planned<{ id: string }>(customersNamed({ filter, addresses }, most + 1));
    return found.length > most ? null : found.map(({ id }) => id);
  }

  /** And how many have the words that are looked for: `MANY` where a page of them is quickly found, null where nothing is known of it. */
  private async rows(
    listed: Listed,
    order: InteractionSort,
    after: Position | null,
    limit: number,
  ): Promise<{ rows: Row[]; found: number | 'MANY' | null }> {
    if (!hasWords(listed)) return { rows: await this.planned<Row>(interactionRows(listed, order, after, limit)), found: null };
    const tried = this.reach.page;
    const first = await this.planned<Row & { tried: number }>(interactionRowsOfFirst(tried, listed, order, after, limit));
    const rows = first.filter(({ id }) => id !== null);
    if (rows.length === limit || first[0]!.tried < tried) return { rows, found: 'MANY' };
    const gathered = await this.planned<Row & { found: number }>(interactionRowsOfWords(listed, order, after, limit));
    return { rows: gathered.filter(({ id }) => id !== null), found: gathered[0]!.found };
  }

  private async planned<T extends object>(sql: Prisma.Sql): Promise<T[]> {
    return (await this.database.planned(sql)).map((row) => asModel<T>(row));
  }

  private async total(listed: Listed, found: number | 'MANY' | null): Promise<Total> {
    if (found === 'MANY') {
      const { total, counted } = this.reach;
      const [some] = await this.database.planned<{ tried: number; count: number }>(interactionCountOfSome(total, listed));
      if (some && some.tried < total) return { count: some.count, exact: true };
      if (some && some.count > counted) return { count: counted, exact: false };
    }
    const count = typeof found === 'number' ? found : await this.countOf(listed);
    return { count: Math.min(COUNTED, count), exact: count <= COUNTED };
  }

  private async countOf(listed: Listed): Promise<number> {
    const [row] = await this.database.planned<{ count: number }>(interactionCount(listed));
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
