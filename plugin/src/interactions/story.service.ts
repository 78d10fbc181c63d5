/** The story of an interaction: its events, newest first, and what explains each of them. */
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database.js';
import type { Event, Message, Offer } from '../platform/generated/prisma/client.js';
import { page, positionOf, type Connection } from '../platform/paging.js';

export interface StoryLine {
  event: Event;
}

/** An event that led to another one, under its number in the log. */
export interface StoryCause {
  id: string;
  seq: string;
  type: string;
  interactionId: string;
}

@Injectable()
export class StoryService {
  constructor(private readonly database: Database) {}

  async of(interactionId: string, first: number, after: string | null | undefined): Promise<Connection<StoryLine>> {
    const { prisma } = this.database;
    const position = positionOf(after);
    // No look at the log's horizon: pages go back in time, and who has just done something wants to see it.
    const rows = await prisma.event.findMany({
      where: { subjectId: interactionId, ...(position > 0n && { seq: { lt: position } }) },
      orderBy: { seq: 'desc' },
      take: first + 1,
    });
    return page(
      rows.map((event) => ({ event })),
      first,
      ({ event }) => String(event.seq),
    );
  }

  async causes(seqs: string[]): Promise<StoryCause[]> {
    const rows = await this.database.prisma.event.findMany({
      where: { seq: { in: seqs.map(BigInt) } },
      select: { seq: true, type: true, subjectId: true },
    });
    return rows.map(({ seq, type, subjectId }) => ({ id: String(seq), seq: String(seq), type, interactionId: subjectId }));
  }

  offers(ids: string[]): Promise<Offer[]> {
    return this.database.prisma.offer.findMany({ where: { id: { in: ids } } });
  }

  messages(ids: string[]): Promise<Message[]> {
    return this.database.prisma.message.findMany({ where: { id: { in: ids } } });
  }
}
