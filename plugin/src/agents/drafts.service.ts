/** Texts that agents have typed and not sent yet, kept for them while their page is away. No event: nobody else's business. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { forbidden } from '../platform/errors.js';
import type { SaveDraftInput } from '../platform/generated/graphql.js';
import { Prisma, type Draft } from '../platform/generated/prisma/client.js';

const KEPT_DAYS = 30;
/** Of one agent. Beyond it the oldest go: what is being typed now is never turned away. */
export const MOST_DRAFTS = 100;

@Injectable()
export class DraftsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The agent's own, newest first. */
  of(actor: Actor): Promise<Draft[]> {
    return this.database.models(Prisma.sql`
      SELECT * FROM drafts WHERE agent_id = ${ownerOf(actor)}::uuid AND updated_at > ${this.oldest()}::timestamptz
      ORDER BY updated_at DESC, name LIMIT ${MOST_DRAFTS}`);
  }

  /** Keeps the text, or forgets the draft where the text is empty. */
  async save(actor: Actor, { name, text }: SaveDraftInput): Promise<Draft | null> {
    const agentId = ownerOf(actor);
    if (text === '') {
      await this.database.statement(Prisma.sql`DELETE FROM drafts WHERE agent_id = ${agentId}::uuid AND name = ${name}`);
      return null;
    }
    const [draft] = await this.database.models<Draft>(Prisma.sql`
      INSERT INTO drafts (agent_id, name, text, updated_at) VALUES (${agentId}::uuid, ${name}, ${text}, ${this.clock.now()}::timestamptz)
      ON CONFLICT (agent_id, name) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at RETURNING *`);
    await this.database.statement(Prisma.sql`
      DELETE FROM drafts WHERE updated_at <= ${this.oldest()}::timestamptz OR (agent_id = ${agentId}::uuid AND name IN (
        SELECT name FROM drafts WHERE agent_id = ${agentId}::uuid ORDER BY updated_at DESC, name OFFSET ${MOST_DRAFTS}))`);
    return draft ?? null;
  }

  private oldest(): Date {
    return new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000);
  }
}

function ownerOf({ agentId }: Actor): string {
  if (!agentId) throw forbidden('Drafts belong to agents.');
  return agentId;
}
