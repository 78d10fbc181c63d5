/** Which of our records are marked to be pushed to the CRM after each kind of event. */
import type { CrmKind, Urgency } from './host.js';

export interface LoggedEvent {
  type: string;
  subjectId: string;
  facts: unknown;
}

export interface Mark {
  kind: CrmKind;
  id: string;
  urgency: Urgency;
}

/** A person waits to see the records of these events. */
const URGENT = [
  'interaction.offered',
  'interaction.accepted',
  'interaction.returned',
  'interaction.transferred',
  'interaction.escalated',
  'interaction.merged',
  'interaction.split',
];

/**
 * These events change the customer's own record too: the agent who was last in touch, and the last mail. No other events do, because
 * a CRM shows each change of a person to everybody.
 */
export const TOUCHES_CUSTOMER = ['interaction.ended', 'interaction.closed', 'interaction.message_sent', 'interaction.customer_linked'];

const INTERACTION = [
  ...URGENT,
  ...TOUCHES_CUSTOMER,
  'interaction.opened',
  'interaction.accepted',
  'interaction.abandoned',
  'interaction.reopened',
  'interaction.queued',
  'interaction.held',
  'interaction.resumed',
  'interaction.awaits_customer',
  'interaction.customer_replied',
  'interaction.overflowed',
  'interaction.absorbed',
  'interaction.split_off',
  'interaction.priority_set',
  'interaction.updated',
  'interaction.sla_policy_set',
  'sla.warned',
  'sla.breached',
  'sla.escalated',
  'sla.paused',
  'sla.resumed',
  'sla.reset',
  'sla.retargeted',
  'sla.ended',
];

const BY_SUBJECT: Readonly<Record<string, CrmKind>> = {
  'queue.created': 'QUEUE',
  'queue.updated': 'QUEUE',
  'agent.created': 'AGENT',
  'agent.updated': 'AGENT',
  'agent.left': 'AGENT',
  'agent.presence_set': 'AGENT',
  'agent.connected': 'AGENT',
  'agent.disconnected': 'AGENT',
  'agent.not_responding': 'AGENT',
  'sla_policy.created': 'SLA_POLICY',
  'sla_policy.updated': 'SLA_POLICY',
  'sla_policy.deleted': 'SLA_POLICY',
  'rule.created': 'AUTOMATION_RULE',
  'rule.updated': 'AUTOMATION_RULE',
  'rule.deleted': 'AUTOMATION_RULE',
  'customer.updated': 'PERSON',
  'customer.returned': 'PERSON',
  'customer.merged': 'PERSON',
  'customer.unmerged': 'PERSON',
  ...Object.fromEntries(INTERACTION.map((type) => [type, 'INTERACTION'] as const)),
};

const BY_MEMBER = ['queue.member_set', 'queue.member_removed'];

/** After these events a record of the CRM that was refused may be taken over, since a record that it names or needs may be there. */
const MAY_HELP = [
  'agent.created',
  'agent.updated',
  'business_calendar.created',
  'business_calendar.updated',
  'disposition.created',
  'disposition.updated',
  'presence_status.created',
  'presence_status.updated',
  'queue.created',
  'queue.updated',
  'rule.created',
  'skill.created',
  'sla_policy.created',
  'sla_policy.updated',
  'team.created',
];
/** Of customers, only those whom the CRM has are marked: no record there can name anybody else. */
const CUSTOMER_MADE = 'customer.created';

/** A fact that marks an event which only took over the CRM's own values. */
export const FROM_CRM = 'CRM';

/** The CRM was connected: everything is to be pushed. */
export const CONNECTED = 'crm.connected';

export const TYPES = [...new Set([...Object.keys(BY_SUBJECT), ...BY_MEMBER, ...MAY_HELP, CUSTOMER_MADE, CONNECTED])];

export const mayHelp = (events: readonly LoggedEvent[]): boolean =>
  events.some(
    ({ type, facts }) => MAY_HELP.includes(type) || (type === CUSTOMER_MADE && (facts as { from?: string } | null)?.from === FROM_CRM),
  );

/** Each record once, as urgent as the most urgent of its events. */
export function marksOf(events: readonly LoggedEvent[]): Mark[] {
  const marks = new Map<string, Mark>();
  for (const { type, subjectId, facts } of events) {
    const kind = BY_MEMBER.includes(type) ? 'QUEUE_MEMBER' : BY_SUBJECT[type];
    const id = kind === 'QUEUE_MEMBER' ? (facts as { memberId?: string }).memberId : subjectId;
    if (!kind || !id || (facts as { from?: string }).from === FROM_CRM) continue;
    const urgency: Urgency = URGENT.includes(type) ? 0 : 1;
    const known = marks.get(`${kind} ${id}`);
    if (!known || urgency < known.urgency) marks.set(`${kind} ${id}`, { kind, id, urgency });
  }
  return [...marks.values()];
}
