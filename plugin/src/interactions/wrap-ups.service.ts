/**
 * Wrap-up: what an agent writes up after a conversation, by the rule of queue and channel. After its end the interaction
 * itself is in wrap-up; a row here says when that ends by itself. After a transfer the interaction is somebody else's by
 * then, and the row is all there is: it takes the agent's room until it ends.
 */
import { Injectable } from '@nestjs/common';
import { noteReleased } from '../agents/idle-since.sql.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { conflict, forbidden, notFound } from '../platform/errors.js';
import type { WrapUpRule } from '../platform/generated/graphql.js';
import { Prisma, type Interaction, type WrapUp } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';
import { beginWrapUp, extendWrapUp, finishWrapUp, wrapUpRule, type NewWrapUp } from './wrap-ups.sql.js';

@Injectable()
export class WrapUpsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  /** Of one who hands on what they held. @param row as it was while its agent had it */
  async afterTransfer(command: Command, row: Interaction): Promise<void> {
    const [found] = await command.rows<{ rule: WrapUpRule | null }>(
      Prisma.sql`SELECT ${wrapUpRule} AS rule FROM (SELECT ${row.queueId}::uuid AS queue_id, ${row.channel}::"Channel" AS channel) i`,
    );
    if (!row.agentId || !found?.rule?.afterTransfer) return;
    const one = newWrapUp(row, row.agentId, found.rule, true, command.at);
    await command.tx.$executeRaw(beginWrapUp(one, command.at, Prisma.sql`true`));
    await record(command, [wrapUpEvent('agent.wrap_up_began', one)]);
  }

  /** The agent counts as idle since then, and as nothing else meanwhile. */
  async over(command: Command, one: WrapUp): Promise<void> {
    if (one.afterTransfer) await command.tx.$executeRaw(noteReleased(one.agentId, command.at, Prisma.sql`true`));
    await record(command, [wrapUpEvent('agent.wrap_up_ended', one)]);
  }

  /** Once, by the rule's extension. */
  extend(actor: Actor, id: string): Promise<WrapUp> {
    return this.change(actor, id, async (command, agentId) => {
      const [row] = await command.tx.$queryRaw<object[]>(extendWrapUp(id, agentId, command.at));
      if (!row) return null;
      const extended = asModel<WrapUp>(row);
      await record(command, [wrapUpEvent('agent.wrap_up_extended', extended)]);
      return extended;
    });
  }

  /** Of one after a transfer; after its end an interaction is closed instead, with its disposition. */
  finish(actor: Actor, id: string): Promise<WrapUp> {
    return this.change(actor, id, async (command, agentId) => {
      const [row] = await command.tx.$queryRaw<object[]>(finishWrapUp(id, agentId, command.at));
      if (!row) return null;
      const finished = asModel<WrapUp>(row);
      await this.over(command, finished);
      return finished;
    });
  }

  /** Of interactions that are in wrap-up. */
  ofInteractions(ids: string[]): Promise<WrapUp[]> {
    return this.database.prisma.wrapUp.findMany({ where: { interactionId: { in: ids }, endedAt: null, afterTransfer: false } });
  }

  private change(actor: Actor, id: string, work: (command: Command, agentId: string) => Promise<WrapUp | null>): Promise<WrapUp> {
    const { agentId } = actor;
    if (!agentId) throw forbidden('Only the agent who is in wrap-up may do this.');
    return this.commands.run(actor, async (command) => {
      const changed = await work(command, agentId);
      if (changed) return changed;
      const row = await command.tx.wrapUp.findUnique({ where: { id } });
      if (!row) throw notFound('wrap-up', id);
      if (row.agentId !== agentId) throw forbidden('This is the wrap-up of another agent.');
      const facts = { endedAt: row.endedAt, endsAt: row.endsAt, extendedAt: row.extendedAt };
      if (row.endedAt) throw conflict('This wrap-up is over.', facts);
      if (!row.afterTransfer && row.extendedAt === null && row.extensionSeconds > 0) throw conflict('This wrap-up is just ending.', facts);
      if (row.extendedAt) throw conflict('This wrap-up was extended already; that may be done once.', facts);
      throw conflict('This wrap-up cannot be extended; close the interaction when it is written up.', facts);
    });
  }
}

/** @param row as it was while its agent had it */
export const newWrapUp = (
  { id: interactionId, queueId, channel }: Interaction,
  agentId: string,
  { mode, seconds, extensionSeconds }: WrapUpRule,
  afterTransfer: boolean,
  at: Date,
): NewWrapUp => ({
  id: uuidv7(),
  interactionId,
  agentId,
  queueId,
  channel,
  afterTransfer,
  endsAt: mode === 'TIMED' ? new Date(at.getTime() + seconds * 1_000) : null,
  extensionSeconds,
});

export const wrapUpEvent = (type: string, { agentId, interactionId, queueId, channel, afterTransfer, endsAt }: NewWrapUp) => ({
  type,
  subjectId: agentId,
  facts: { agentId, interactionId, queueId, channel, afterTransfer, endsAt },
});
