/** Records of the past as rows of the database, and the events that the log must have of them. */
import type { InteractionRecord, MessageRecord } from './history-records.js';
import type { Row } from './rows.js';

export function interactionRow(each: InteractionRecord): Row<'interactions'> {
  return {
    id: each.id,
    channel: each.channel,
    direction: each.direction,
    state: each.state,
    subject: each.subject,
    description: each.description,
    priority: each.priority,
    skills: each.skills,
    queue_id: each.queueId,
    agent_id: each.agentId,
    customer_id: each.customerId,
    parent_id: each.parentId,
    customer_address: each.customerAddress,
    entry_address: each.entryAddress,
    created_at: time(each.createdAt),
    queued_at: time(each.queuedAt),
    accepted_at: time(each.acceptedAt),
    ended_at: time(each.endedAt),
    closed_at: time(each.closedAt),
    disposition_id: each.dispositionId,
    disposition_note: each.dispositionNote,
    transfer_count: each.transferCount,
  };
}

export function messageRow(each: MessageRecord): Row<'messages'> {
  return {
    id: each.id,
    interaction_id: each.interactionId,
    direction: each.direction,
    author_id: each.authorId,
    from_address: each.from,
    to_addresses: each.to,
    cc_addresses: [],
    subject: each.subject,
    text: each.text,
    automatic: false,
    internal: each.internal,
    message_id: each.messageId,
    in_reply_to: each.inReplyTo,
    reference_ids: each.inReplyTo ? [each.inReplyTo] : [],
    delivery: each.delivery,
    created_at: time(each.createdAt),
    sent_at: each.delivery === 'SENT' ? time(each.createdAt) : null,
  };
}

/** The least that the log must say of a contact, in the words that the engine uses. */
export function eventsOf(each: InteractionRecord) {
  const event = (at: number, type: string, facts: Record<string, unknown>) => ({
    at,
    type,
    subject_id: each.id,
    actor_kind: 'CLIENT',
    actor_id: null,
    actor_name: 'seed',
    cause_seq: null,
    facts: { channel: each.channel, queueId: each.queueId, ...facts },
  });
  const opened = event(each.createdAt, 'interaction.opened', {
    direction: each.direction,
    customerId: each.customerId,
    parentId: each.parentId,
  });
  if (each.closedAt === null) return [opened];
  const ended =
    each.state === 'ABANDONED'
      ? event(each.closedAt, 'interaction.abandoned', { agentId: null, waitMs: each.closedAt - each.queuedAt })
      : event(each.closedAt, 'interaction.closed', {
          agentId: each.agentId,
          handleMs: each.closedAt - (each.acceptedAt ?? each.createdAt),
          dispositionId: each.dispositionId,
        });
  return [opened, ended];
}

/** As PostgreSQL reads it, from milliseconds since 1970. */
export function time(milliseconds: number): string;
export function time(milliseconds: number | null): string | null;
export function time(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}
