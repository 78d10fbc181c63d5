/** The engine's words about rules (what fields hold, what actions do) in the reader's language. */
import { t } from './language';
import { channelWord } from './words';
import type { Channel } from './generated/channels';
import type { RuleOutcome } from './generated/operations';

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
      purpose: t('What for'),
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
      'reply.purpose': t('Without it, an answer to what the customer asked.'),
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
          SERVICE: t('An answer to what the customer asked'),
          MARKETING: t('Marketing, with a consent'),
          SURVEY: t('A survey'),
          replace: t('In place of the skills it asks for'),
          add: t('Beside the skills it asks for'),
        } as Readonly<Record<string, string>>
      )[value] ?? value);

/** What became of a run. */
export const outcomeWord = (outcome: RuleOutcome): string =>
  ({ DONE: t('Done'), FAILED: t('Failed'), GUARDED: t('Held back'), STOPPED: t('Stopped by an earlier rule') })[outcome];

export const OUTCOMES: readonly RuleOutcome[] = ['DONE', 'FAILED', 'GUARDED', 'STOPPED'];
