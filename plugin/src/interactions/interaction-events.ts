/** What the log says of an interaction's life. */
import type { NewEvent } from '../platform/commands.js';
import type { Interaction } from '../platform/generated/prisma/client.js';

export type QueuedBecause = 'OPENED' | 'TRANSFERRED' | 'ESCALATED' | 'REOPENED' | 'OVERFLOWED' | 'SPLIT';

export const interactionEvent = (
  type: string,
  row: Pick<Interaction, 'id' | 'channel' | 'queueId' | 'agentId'>,
  facts: Record<string, unknown>,
): NewEvent => ({
  type,
  subjectId: row.id,
  facts: { channel: row.channel, queueId: row.queueId, agentId: row.agentId, ...facts },
});

export const queuedEvent = (row: Pick<Interaction, 'id' | 'channel' | 'queueId'>, because: QueuedBecause): NewEvent =>
  interactionEvent('interaction.queued', { ...row, agentId: null }, { because });
