/** Every type of event that the log holds, with what it says: what a rule may be set off by. */
import { nearest } from './condition-words.js';

export interface EventTypeInfo {
  type: string;
  description: string;
  aboutInteraction: boolean;
}

const TABLE: Record<string, string> = {
  'agent.asked_for_work': 'An agent asked for the next piece of work.',
  'agent.connected': "An agent's desk is connected.",
  'agent.created': 'An agent was added.',
  'agent.disconnected': "An agent's desk has been away for longer than it may.",
  'agent.found_no_work': 'There was nothing for an agent who had asked for work.',
  'agent.left': 'An agent works here no longer.',
  'agent.not_responding': 'An agent let too many offers lapse.',
  'agent.presence_set': 'An agent chose another presence.',
  'agent.showed_in_crm': 'An agent went from the desk to a record in the CRM.',
  'agent.wrap_up_began': "An agent's wrap-up began that ends by itself, or that follows a transfer.",
  'agent.wrap_up_ended': "An agent's wrap-up ended: its time was over, or it was finished.",
  'agent.wrap_up_extended': 'An agent extended the wrap-up.',
  'agent.updated': "An agent's name, team, skills or size changed.",
  'business_calendar.created': 'A business calendar was added.',
  'business_calendar.deleted': 'A business calendar was deleted.',
  'business_calendar.updated': 'A business calendar changed.',
  'channel.updated': "A channel's weights changed.",
  'crm.connected': 'The contact center was connected to a CRM.',
  'crm.disconnected': 'The contact center was disconnected from its CRM.',
  'customer.created': 'A customer got in touch for the first time, or was added.',
  'customer.forgotten': 'A customer was deleted in the CRM.',
  'customer.merged': 'Two customers turned out to be one.',
  'customer.returned': 'A customer who had been deleted got in touch again.',
  'customer.updated': 'What is known of a customer changed.',
  'disposition.created': 'A disposition was added.',
  'disposition.updated': 'A disposition changed.',
  'entry_point.created': 'An address or number of ours was given a queue.',
  'entry_point.removed': 'An address or number of ours was removed.',
  'entry_point.updated': 'An address or number of ours leads to another queue, or gives another priority or other skills.',
  'intake_source.created': 'A source of incoming work was added.',
  'intake_source.revoked': 'A source of incoming work may deliver no longer.',
  'interaction.abandoned': 'The customer left before anybody accepted.',
  'interaction.absorbed': 'Another interaction about the same was merged into it.',
  'interaction.accepted': 'An agent accepted it.',
  'interaction.awaits_customer': 'The ball is with the customer.',
  'interaction.closed': 'It was closed, with a disposition.',
  'interaction.customer_linked': 'It became known, or was put right, who the customer is.',
  'interaction.customer_replied': 'It waited for the customer, who has replied.',
  'interaction.ended': 'The conversation is over; the agent wraps up.',
  'interaction.escalated': 'It was escalated by hand.',
  'interaction.held': 'It was put on hold.',
  'interaction.merged': 'It was about the same as another one, and goes on there.',
  'interaction.message_delayed': 'A mail could not be sent yet; it is tried again.',
  'interaction.message_delivered': 'A mail was handed to the mail server.',
  'interaction.message_failed': 'A mail could not be delivered.',
  'interaction.message_received': 'The customer wrote.',
  'interaction.message_sent': 'The customer was written to.',
  'interaction.new_round': 'Everybody was asked once, or nobody else could be for too long; it is offered to all again.',
  'interaction.note_added': 'Somebody left a note.',
  'interaction.offered': 'It was offered to an agent.',
  'interaction.opened': 'It came in, or was made.',
  'interaction.overflowed': 'It waited too long and went to the overflow queue.',
  'interaction.priority_set': 'Its priority changed.',
  'interaction.queued': 'It entered a queue.',
  'interaction.reopened': 'It was opened again after it had been closed.',
  'interaction.resumed': 'It goes on after a hold.',
  'interaction.returned': 'It went back into its queue: declined, lapsed or given back.',
  'interaction.sla_policy_set': "It was put under an SLA policy of its own, or under its queue's again.",
  'interaction.split': 'It had been merged, and is an interaction of its own again.',
  'interaction.split_off': 'Some of what was said in it became an interaction of its own.',
  'interaction.transferred': 'It was passed on to a queue or an agent.',
  'interaction.updated': 'Its subject, description or skills changed.',
  'notification.read': 'Somebody has seen a notification.',
  'notification.sent': 'An agent or a role was told something.',
  'presence_status.created': 'A presence status was added.',
  'presence_status.updated': 'A presence status changed.',
  'queue.created': 'A queue was added.',
  'queue.member_removed': 'An agent was taken out of a queue.',
  'queue.member_set': 'An agent was put into a queue, or got another level there.',
  'queue.updated': "A queue's settings changed.",
  'rule.created': 'A rule was added.',
  'rule.deleted': 'A rule was deleted.',
  'rule.due': 'The time of a scheduled rule came.',
  'rule.guarded': 'A rule would have set itself off, or came too often, and was held back.',
  'rule.updated': 'A rule changed.',
  'skill.created': 'A skill was added.',
  'sla.breached': 'A promised time has passed.',
  'sla.ended': 'A clock ended, because what counts now promises nothing of its kind, or more time than it had.',
  'sla.escalated': 'A rung of an escalation ladder was reached.',
  'sla.paused': 'A clock stands still: the ball is with the customer, or it is on hold.',
  'sla.reset': 'A clock began again from nothing.',
  'sla.resumed': 'A clock goes on.',
  'sla.retargeted': "A clock's target changed with what the interaction is.",
  'sla.switched_off': 'Somebody switched off a promise that was late.',
  'sla.warned': 'A promised time is near.',
  'session.ended': 'A person was signed out of one browser.',
  'sla_policy.created': 'An SLA policy was added.',
  'sla_policy.deleted': 'An SLA policy was deleted.',
  'sla_policy.migrated': 'Running clocks were moved to the present version of their policy.',
  'sla_policy.updated': 'An SLA policy changed.',
  'team.created': 'A team was added.',
  'team.updated': "A team's name or cap changed.",
  'token.created': 'An access token was made.',
  'token.revoked': 'An access token was revoked.',
  'user.activated': 'A person may sign in again.',
  'user.deactivated': 'A person may sign in no longer.',
  'user.invited': 'A person was given access, with a role.',
  'user.link_made': 'A link was made: for an invitation or a new password.',
  'user.password_set': 'A person chose a password.',
  'user.sign_in_failed': 'Somebody gave a wrong password in the name of a person.',
  'user.signed_in': 'A person signed in.',
  'user.signed_out': 'All sessions of a person ended.',
  'user.updated': "A person's name, address, role or agent changed.",
  'webhook.failed': 'A webhook was given up.',
  'webhook.queued': 'A webhook waits to be sent.',
  'webhook.sent': 'A webhook was taken by its receiver.',
};

/** Whether the subject of such an event is an interaction. */
export const isAboutInteraction = (type: string): boolean => type.startsWith('interaction.') || type.startsWith('sla.');

export const EVENT_TYPES: readonly EventTypeInfo[] = Object.entries(TABLE).map(([type, description]) => ({
  type,
  description,
  aboutInteraction: isAboutInteraction(type),
}));

/** What is wrong with the name of a type, in words; null where there is one. */
export function unknownType(type: string): string | null {
  if (type in TABLE) return null;
  const near = nearest(type, Object.keys(TABLE));
  const [subject = ''] = type.split('.');
  const siblings = Object.keys(TABLE).filter((one) => one.startsWith(`${subject}.`));
  const known = siblings.length > 0 ? siblings.join(', ') : 'such as interaction.opened';
  return `There is no event ${type}; ${near ? `did you mean ${near}?` : `there are ${known}; eventTypes lists all.`}`;
}
