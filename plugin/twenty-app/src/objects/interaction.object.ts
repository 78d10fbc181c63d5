import { defineObject } from 'twenty-sdk/define';
import { channels } from '../kit/channels';
import { fieldsOf, options } from '../kit/fields';
import { agentProfile, interaction, offer, queue } from '../identifiers';
import { company, opportunity, person, workspaceMember } from '../standard';

const statuses = options(
  ['CREATED', 'Created', 'gray'],
  ['QUEUED', 'Waiting', 'orange'],
  ['OFFERED', 'Offered', 'yellow'],
  ['ACTIVE', 'In progress', 'green'],
  ['ON_HOLD', 'On hold', 'turquoise'],
  ['WAITING_FOR_CUSTOMER', 'Waiting for customer', 'sky'],
  ['WRAP_UP', 'Wrap-up', 'purple'],
  ['CLOSED', 'Closed', 'gray'],
  ['ABANDONED', 'Abandoned', 'red'],
);
const directions = options(['INBOUND', 'Inbound', 'blue'], ['OUTBOUND', 'Outbound', 'purple']);
const slaStatuses = options(
  ['NONE', 'None', 'gray'],
  ['ON_TRACK', 'On track', 'green'],
  ['AT_RISK', 'At risk', 'orange'],
  ['BREACHED', 'Breached', 'red'],
  ['MET', 'Met', 'turquoise'],
);
const field = fieldsOf(interaction.fields);

export default defineObject({
  universalIdentifier: interaction.object,
  nameSingular: 'interaction',
  namePlural: 'interactions',
  labelSingular: 'Interaction',
  labelPlural: 'Interactions',
  description: 'One piece of work with a customer: a call, a chat, an e-mail, a form or a back-office case',
  icon: 'IconMessages',
  isUICreatable: false,
  labelIdentifierFieldMetadataUniversalIdentifier: interaction.fields.name,
  fields: [
    field.text('name', 'Name', 'Number and subject', { icon: 'IconAbc' }),
    field.text('subject', 'Subject', 'What it is about', { icon: 'IconTextCaption' }),
    field.choice('status', 'Status', 'Where the work stands', { icon: 'IconProgress', options: statuses, editable: true }),
    field.choice('channel', 'Channel', 'How the customer reached you', { icon: 'IconRoute', options: channels }),
    field.choice('direction', 'Direction', 'Who started it', { icon: 'IconArrowsLeftRight', options: directions }),
    field.whole('number', 'Number', 'The number that people quote', { icon: 'IconHash' }),
    field.whole('priority', 'Priority', '0 is served last and 100 first', { icon: 'IconFlag', editable: true }),
    field.tags('skills', 'Skills', 'What the person who takes it must know', { icon: 'IconSchool' }),
    field.toOne('queue', 'Queue', 'Where it waits or waited', { icon: 'IconStack2', to: queue, reverse: 'interactions', editable: true }),
    field.toOne('agentProfile', 'Agent', 'Who it is offered to or held by', {
      icon: 'IconHeadset',
      to: agentProfile,
      reverse: 'interactions',
    }),
    field.toOne('assignee', 'Assignee', 'The workspace member behind the agent', {
      icon: 'IconUserCircle',
      to: workspaceMember,
      reverse: 'assignedInteractions',
    }),
    field.toOne('person', 'Customer', 'Who it is with', { icon: 'IconUser', to: person, reverse: 'interactions', editable: true }),
    field.toOne('company', 'Company', 'The company of the customer', {
      icon: 'IconBuildingSkyscraper',
      to: company,
      reverse: 'interactions',
    }),
    field.toOne('opportunity', 'Opportunity', 'The opportunity it belongs to', {
      icon: 'IconTargetArrow',
      to: opportunity,
      reverse: 'interactions',
      editable: true,
    }),
    field.choice('slaStatus', 'SLA', 'How its promises stand', { icon: 'IconClockExclamation', options: slaStatuses }),
    field.moment('slaDueAt', 'SLA due', 'When the nearest promise is broken', { icon: 'IconClockHour4' }),
    field.text('disposition', 'Disposition', 'How it ended', { icon: 'IconClipboardCheck', editable: true }),
    field.text('dispositionNote', 'Disposition note', 'What is worth knowing about how it ended', { icon: 'IconNotes', editable: true }),
    field.moment('receivedAt', 'Received', 'When it came in', { icon: 'IconCalendar' }),
    field.moment('queuedAt', 'Queued', 'Since when it waits in its queue', { icon: 'IconHourglass' }),
    field.moment('acceptedAt', 'Accepted', 'When somebody took it', { icon: 'IconCheck' }),
    field.moment('endedAt', 'Ended', 'When the contact with the customer ended', { icon: 'IconPhoneOff' }),
    field.moment('closedAt', 'Closed', 'When the work on it was finished', { icon: 'IconLock' }),
    field.whole('escalationLevel', 'Escalation level', 'How many times it was escalated', { icon: 'IconStairsUp' }),
    field.whole('transferCount', 'Transfers', 'How many times it was handed over', { icon: 'IconArrowForwardUp' }),
    field.whole('reopenCount', 'Reopenings', 'How many times it was opened again', { icon: 'IconRotate' }),
    field.toMany('offers', 'Offers', 'What was offered to the customer during it', { icon: 'IconGift', of: offer, reverse: 'interaction' }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
