/** The shape of the past: contacts and what was written in them. Times are milliseconds since 1970. */
import type { SkillRequirement } from './contact-center.js';
import type { Channel } from './generated/channels.js';

export interface InteractionRecord {
  id: string;
  channel: Channel;
  direction: 'INBOUND';
  state: 'QUEUED' | 'ACTIVE' | 'WAITING_FOR_CUSTOMER' | 'CLOSED' | 'ABANDONED';
  subject: string;
  description: string | null;
  priority: number;
  skills: SkillRequirement[];
  queueId: string;
  agentId: string | null;
  customerId: string | null;
  parentId: string | null;
  customerAddress: string | null;
  entryAddress: string | null;
  createdAt: number;
  queuedAt: number;
  acceptedAt: number | null;
  endedAt: number | null;
  closedAt: number | null;
  dispositionId: string | null;
  dispositionNote: string | null;
  transferCount: number;
}

export interface MessageRecord {
  id: string;
  interactionId: string;
  direction: 'INBOUND' | 'OUTBOUND';
  authorId: string | null;
  from: string | null;
  to: string[];
  subject: string | null;
  text: string;
  internal: boolean;
  messageId: string | null;
  inReplyTo: string | null;
  delivery: 'NONE' | 'SENT';
  createdAt: number;
}

export interface HistoryBatch {
  interactions: InteractionRecord[];
  messages: MessageRecord[];
}
