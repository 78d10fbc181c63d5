/** The engine's words about rules (what events are, what fields hold, what actions do) in the reader's language. */
import { t } from './language';
import { channelWord } from './words';
import type { Channel } from './generated/channels';
import type { RuleOutcome } from './generated/operations';

/** @param english the engine's own, of a type that this page does not know yet */
export const eventWord = (type: string, english: string): string =>
  (
    ({
      'agent.asked_for_work': t('An agent asked for the next piece of work.'),
      'agent.connected': t("An agent's desk is connected."),
      'agent.created': t('An agent was added.'),
      'agent.disconnected': t("An agent's desk has been away for longer than it may."),
      'agent.found_no_work': t('There was nothing for an agent who had asked for work.'),
      'agent.left': t('An agent works here no longer.'),
      'agent.not_responding': t('An agent let too many offers lapse.'),
      'agent.presence_set': t('An agent chose another presence.'),
      'agent.showed_in_crm': t('An agent went from the desk to a record in the CRM.'),
      'agent.wrap_up_began': t("An agent's wrap-up began that ends by itself, or that follows a transfer."),
      'agent.wrap_up_ended': t("An agent's wrap-up ended: its time was over, or it was finished."),
      'agent.wrap_up_extended': t('An agent extended the wrap-up.'),
      'agent.updated': t("An agent's name, team, skills or size changed."),
      'business_calendar.created': t('A business calendar was added.'),
      'business_calendar.deleted': t('A business calendar was deleted.'),
      'business_calendar.updated': t('A business calendar changed.'),
      'channel.updated': t("A channel's weights changed."),
      'crm.connected': t('The contact center was connected to a CRM.'),
      'crm.disconnected': t('The contact center was disconnected from its CRM.'),
      'customer.created': t('A customer got in touch for the first time, or was added.'),
      'customer.forgotten': t('A customer was deleted in the CRM.'),
      'customer.merged': t('Two customers turned out to be one.'),
      'customer.returned': t('A customer who had been deleted got in touch again.'),
      'customer.updated': t('What is known of a customer changed.'),
      'disposition.created': t('A disposition was added.'),
      'disposition.updated': t('A disposition changed.'),
      'entry_point.created': t('An address or number of ours was given a queue.'),
      'entry_point.removed': t('An address or number of ours was removed.'),
      'intake_source.created': t('A source of incoming work was added.'),
      'intake_source.revoked': t('A source of incoming work may deliver no longer.'),
      'interaction.abandoned': t('The customer left before anybody accepted.'),
      'interaction.absorbed': t('Another interaction about the same was merged into it.'),
      'interaction.accepted': t('An agent accepted it.'),
      'interaction.awaits_customer': t('The ball is with the customer.'),
      'interaction.closed': t('It was closed, with a disposition.'),
      'interaction.customer_linked': t('It became known, or was put right, who the customer is.'),
      'interaction.customer_replied': t('It waited for the customer, who has replied.'),
      'interaction.ended': t('The conversation is over; the agent wraps up.'),
      'interaction.escalated': t('It was escalated by hand.'),
      'interaction.held': t('It was put on hold.'),
      'interaction.merged': t('It was about the same as another one, and goes on there.'),
      'interaction.message_delayed': t('A mail could not be sent yet; it is tried again.'),
      'interaction.message_delivered': t('A mail was handed to the mail server.'),
      'interaction.message_failed': t('A mail could not be delivered.'),
      'interaction.message_received': t('The customer wrote.'),
      'interaction.message_sent': t('The customer was written to.'),
      'interaction.new_round': t('Everybody was asked once, or nobody else could be for too long; it is offered to all again.'),
      'interaction.note_added': t('Somebody left a note.'),
      'interaction.offered': t('It was offered to an agent.'),
      'interaction.opened': t('It came in, or was made.'),
      'interaction.overflowed': t('It waited too long and went to the overflow queue.'),
      'interaction.priority_set': t('Its priority changed.'),
      'interaction.queued': t('It entered a queue.'),
      'interaction.reopened': t('It was opened again after it had been closed.'),
      'interaction.resumed': t('It goes on after a hold.'),
      'interaction.returned': t('It went back into its queue: declined, lapsed or given back.'),
      'interaction.sla_policy_set': t("It was put under an SLA policy of its own, or under its queue's again."),
      'interaction.split': t('It had been merged, and is an interaction of its own again.'),
      'interaction.split_off': t('Some of what was said in it became an interaction of its own.'),
      'interaction.transferred': t('It was passed on to a queue or an agent.'),
      'interaction.updated': t('Its subject, description or skills changed.'),
      'notification.read': t('Somebody has seen a notification.'),
      'notification.sent': t('An agent or a role was told something.'),
      'presence_status.created': t('A presence status was added.'),
      'presence_status.updated': t('A presence status changed.'),
      'queue.created': t('A queue was added.'),
      'queue.member_removed': t('An agent was taken out of a queue.'),
      'queue.member_set': t('An agent was put into a queue, or got another level there.'),
      'queue.updated': t("A queue's settings changed."),
      'rule.created': t('A rule was added.'),
      'rule.deleted': t('A rule was deleted.'),
      'rule.due': t('The time of a scheduled rule came.'),
      'rule.guarded': t('A rule would have set itself off, or came too often, and was held back.'),
      'rule.updated': t('A rule changed.'),
      'skill.created': t('A skill was added.'),
      'sla.breached': t('A promised time has passed.'),
      'sla.ended': t('A clock ended, because what counts now promises nothing of its kind, or more time than it had.'),
      'sla.escalated': t('A rung of an escalation ladder was reached.'),
      'sla.paused': t('A clock stands still: the ball is with the customer, or it is on hold.'),
      'sla.reset': t('A clock began again from nothing.'),
      'sla.resumed': t('A clock goes on.'),
      'sla.retargeted': t("A clock's target changed with what the interaction is."),
      'sla.switched_off': t('Somebody switched off a promise that was late.'),
      'sla.warned': t('A promised time is near.'),
      'session.ended': t('A person was signed out of one browser.'),
      'sla_policy.created': t('An SLA policy was added.'),
      'sla_policy.deleted': t('An SLA policy was deleted.'),
      'sla_policy.migrated': t('Running clocks were moved to the present version of their policy.'),
      'sla_policy.updated': t('An SLA policy changed.'),
      'team.created': t('A team was added.'),
      'team.updated': t("A team's name or cap changed."),
      'token.created': t('An access token was made.'),
      'token.revoked': t('An access token was revoked.'),
      'user.activated': t('A person may sign in again.'),
      'user.deactivated': t('A person may sign in no longer.'),
      'user.invited': t('A person was given access, with a role.'),
      'user.link_made': t('A link was made: for an invitation or a new password.'),
      'user.password_set': t('A person chose a password.'),
      'user.sign_in_failed': t('Somebody gave a wrong password in the name of a person.'),
      'user.signed_in': t('A person signed in.'),
      'user.signed_out': t('All sessions of a person ended.'),
      'user.updated': t("A person's name, address, role or agent changed."),
      'webhook.failed': t('A webhook was given up.'),
      'webhook.queued': t('A webhook waits to be sent.'),
      'webhook.sent': t('A webhook was taken by its receiver.'),
    }) as Readonly<Record<string, string>>
  )[type] ?? english;

export const fieldWord = (path: string, english: string): string =>
  (
    ({
      'interaction.id': t('Its id.'),
      'interaction.number': t('The number people call it by.'),
      'interaction.channel': t('How it came in or goes out.'),
      'interaction.direction': t('Whether the customer began it or we did.'),
      'interaction.state': t('Where it is in its life.'),
      'interaction.subject': t("A mail's subject, or what it is about in a line; empty where it has none."),
      'interaction.description': t('What it is about at length; empty where it has none.'),
      'interaction.priority': t('Its own priority, 0 (last) to 100 (first).'),
      'interaction.skills': t('Names of the skills it asks for itself.'),
      'interaction.agent': t('Name of the agent who holds it; empty where nobody does.'),
      'interaction.customerAddress': t("The customer's address or telephone number in it."),
      'interaction.entryAddress': t('Our address or telephone number it came in at.'),
      'interaction.escalationLevel': t('How often it was escalated.'),
      'interaction.transferCount': t('How often it was transferred.'),
      'interaction.reopenCount': t('How often it was reopened.'),
      'interaction.ageSeconds': t('Seconds since it was created.'),
      'interaction.waitingSeconds': t('Seconds since it entered its queue; 0 unless it is QUEUED or OFFERED.'),
      'interaction.slaPolicy': t("Name of its queue's SLA policy; empty where there is none."),
      'interaction.atRisk': t('Whether a running SLA clock has passed a warning, and not its target.'),
      'interaction.breached': t('Whether an open SLA clock has passed its target.'),
      'interaction.disposition': t('Name of the disposition it ended with; empty before.'),
      'interaction.parentId': t('Id of the interaction it belongs to; empty where it stands alone.'),
      'interaction.createdAt': t('When it was created.'),
      'customer.known': t('Whether it is known who the customer is.'),
      'customer.id': t("The customer's id; empty while unknown."),
      'customer.name': t("The customer's name; empty while unknown."),
      'customer.tier': t("The customer's tier; empty while unknown."),
      'customer.language': t('Two lower-case letters (ISO 639-1); empty while unknown.'),
      'customer.company': t("Name of the customer's company; empty where there is none."),
      'queue.name': t('Name of the queue it is in; empty where it is in none.'),
      'queue.department': t("The queue's department; empty where it is in none."),
      'queue.priority': t("The queue's priority, 0 (last) to 100 (first); 0 where it is in none."),
      'event.type': t('What happened, such as interaction.queued; empty where time alone woke the rule.'),
      'event.actor.kind': t('What kind of actor made it happen.'),
      'event.actor.name': t('Who made it happen.'),
      'event.facts': t('What the event says beside: not every event says the same, so ask has(event.facts.x) first.'),
      now: t('The present moment; now.getHours("Europe/Prague") is the hour there.'),
    }) as Readonly<Record<string, string>>
  )[path] ?? english;

/** What an action is called. */
export const actionWord = (type: string, english: string): string =>
  (
    ({
      assign: t('Give to an agent'),
      'call-webhook': t('Call a webhook'),
      'create-interaction': t('Make another interaction'),
      'create-task': t('Make a task'),
      notify: t('Tell somebody'),
      reply: t('Answer the customer'),
      'set-fields': t('Set subject and description'),
      'set-priority': t('Set the priority'),
      'set-queue': t('Put into a queue'),
      'set-skills': t('Ask for skills'),
      'set-sla-policy': t('Set the SLA policy'),
    }) as Readonly<Record<string, string>>
  )[type] ?? english;

/** What an action does, in a sentence. */
export const actionText = (type: string, english: string): string =>
  (
    ({
      assign: t('Transfers the interaction to an agent, who is asked first for 2 minutes; refused while the agent is offline.'),
      'call-webhook': t('Sends the event and the facts as signed JSON; repeated until the receiver takes it, with an id that stays.'),
      'create-interaction': t('Makes a case or another interaction, with a subject from a template.'),
      'create-task': t('Makes a task for a queue, as a child of the interaction and with its customer.'),
      notify: t('Shows agents, or everybody of a role, a text until they have read it.'),
      reply: t('Sends the customer a text on the channel of the interaction; never to a machine.'),
      'set-fields': t('Fills the subject, the description or both from templates.'),
      'set-priority': t('Sets the priority, or raises or lowers it; it stays within 0 and 100.'),
      'set-queue': t('Puts the interaction into a queue, or transfers it from the one where it is.'),
      'set-skills': t('Sets or adds the skills that the interaction asks for, beside those of its queue.'),
      'set-sla-policy': t("Puts the interaction under an SLA policy of its own, or under its queue's again."),
    }) as Readonly<Record<string, string>>
  )[type] ?? english;

/** What a setting of an action is called; its own name where this page does not know it. */
export const settingWord = (name: string): string =>
  (
    ({
      agent: t('Agent'),
      agents: t('Agents'),
      by: t('Raised by'),
      channel: t('Channel'),
      description: t('Description'),
      direction: t('Direction'),
      link: t('Belongs to the interaction'),
      mandatory: t('Never relaxed'),
      minLevel: t('Level'),
      mode: t('How'),
      policy: t('SLA policy'),
      priority: t('Priority'),
      queue: t('Queue'),
      roles: t('Everybody of a role'),
      secret: t('Secret'),
      skill: t('Skill'),
      skills: t('Skills'),
      subject: t('Subject'),
      text: t('Text'),
      to: t('Priority itself'),
      url: t('Address'),
    }) as Readonly<Record<string, string>>
  )[name] ?? name;

/** What has to be known of a setting to fill it in; undefined where its name says it all. */
export const settingHint = (type: string, name: string, english: string | undefined): string | undefined =>
  (
    ({
      'create-interaction.queue': t('Without it the new interaction waits in no queue.'),
      'create-interaction.link': t('It becomes a child of the interaction, and keeps its customer.'),
      'create-task.subject': t('Such as "Tell {{gap}} what became of it".', { gap: '{{ customer.name }}' }),
      'set-priority.to': t('0 is served last, 100 first.'),
      'set-priority.by': t('Instead of a priority itself; negative lowers it.'),
      'call-webhook.url': t('Where it is sent, beginning with https://.'),
      'call-webhook.secret': t('Signs what is sent, so that the receiver knows it is ours.'),
    }) as Readonly<Record<string, string>>
  )[`${type}.${name}`] ?? english;

/** A value out of a closed set of settings. */
export const choiceWord = (name: string, value: string): string =>
  name === 'channel'
    ? channelWord(value as Channel)
    : ((
        {
          ADMIN: t('Administrators'),
          SUPERVISOR: t('Supervisors'),
          INBOUND: t('Inbound'),
          OUTBOUND: t('Outbound'),
          replace: t('In place of the skills it asks for'),
          add: t('Beside the skills it asks for'),
        } as Readonly<Record<string, string>>
      )[value] ?? value);

/** What became of a run. */
export const outcomeWord = (outcome: RuleOutcome): string =>
  ({ DONE: t('Done'), FAILED: t('Failed'), GUARDED: t('Held back'), STOPPED: t('Stopped by an earlier rule') })[outcome];

export const OUTCOMES: readonly RuleOutcome[] = ['DONE', 'FAILED', 'GUARDED', 'STOPPED'];
