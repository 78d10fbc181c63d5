/** What stands on an agent's desk, whole. Desks that are asked for at once, as one batch of the log changes them, are read together. */
import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { Agent, Interaction, Offer, WrapUp } from '../platform/generated/prisma/client.js';
import { modelOfJson } from '../platform/models.js';
import { atDesks, type DeskRow } from './at-desk.sql.js';

export interface Desk {
  agent: Agent;
  /** What the agent holds, newest first, and what rings there. */
  interactions: Interaction[];
  /** Those that ring, oldest first. */
  offers: Offer[];
  /** Those after transfers that last, oldest first. */
  wrapUps: WrapUp[];
}

const MOST_AT_ONCE = 200;

@Injectable()
export class DesksService {
  private readonly desks = new DataLoader<string, Desk | null>((ids) => this.read(ids), { cache: false, maxBatchSize: MOST_AT_ONCE });

  constructor(private readonly database: Database) {}

  async of(agentId: string): Promise<Desk> {
    const desk = await this.desks.load(agentId);
    if (!desk) throw notFound('agent', agentId);
    return desk;
  }

  private async read(agentIds: readonly string[]): Promise<(Desk | null)[]> {
    const rows = await this.database.statement<DeskRow>(atDesks([...new Set(agentIds)]));
    const found = new Map(rows.map((row) => [row.id, row]));
    return agentIds.map((id) => {
      const row = found.get(id);
      return row
        ? {
            agent: modelOfJson<Agent>(row.agent),
            interactions: row.interactions.map((one) => modelOfJson<Interaction>(one)),
            offers: row.offers.map((one) => modelOfJson<Offer>(one)),
            wrapUps: row.wrap_ups.map((one) => modelOfJson<WrapUp>(one)),
          }
        : null;
    });
  }
}
