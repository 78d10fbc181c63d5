import { defineObject } from 'twenty-sdk/define';
import { fieldsOf, options } from '../kit/fields';
import { campaign, interaction, lead, queue, queueMember, slaPolicy } from '../identifiers';

const strategies = options(
  ['LONGEST_IDLE', 'Longest idle', 'blue'],
  ['LEAST_OCCUPIED', 'Least occupied', 'turquoise'],
  ['BEST_SKILL', 'Best skill', 'purple'],
  ['ROUND_ROBIN', 'Round robin', 'gray'],
);
const field = fieldsOf(queue.fields);

export default defineObject({
  universalIdentifier: queue.object,
  nameSingular: 'queue',
  namePlural: 'queues',
  labelSingular: 'Queue',
  labelPlural: 'Queues',
  description: 'A line of work that waits for people with the right skills',
  icon: 'IconStack2',
  labelIdentifierFieldMetadataUniversalIdentifier: queue.fields.name,
  fields: [
    field.text('name', 'Name', 'What the queue is called', { icon: 'IconAbc', editable: true }),
    field.text('department', 'Department', 'Who is responsible for it', { icon: 'IconSitemap', editable: true }),
    field.whole('priority', 'Queue priority', '1 is served last and 100 first', { icon: 'IconFlag', editable: true }),
    field.choice('strategy', 'Strategy', 'How the next agent is picked among those who can', {
      icon: 'IconArrowsShuffle',
      options: strategies,
      editable: true,
    }),
    field.tags('skills', 'Required skills', 'Skill and level, such as "Spanish 3"; a "?" at the end makes it optional', {
      icon: 'IconSchool',
      editable: true,
    }),
    field.whole('offerTimeoutSeconds', 'Offer lapses (s)', 'Seconds an agent has to accept', {
      icon: 'IconHourglass',
      editable: true,
    }),
    field.whole('stickySeconds', 'Last agent (s)', 'Seconds for which the last agent of a customer is asked alone', {
      icon: 'IconUserHeart',
      editable: true,
    }),
    field.whole(
      'askAgainAfterSeconds',
      'Asks again (s)',
      'Seconds after which who declined is asked again although others were not asked yet',
      {
        icon: 'IconRepeat',
        editable: true,
      },
    ),
    field.whole('maxPerAgent', 'Most per agent', 'How many of its interactions one agent may have at once; empty for no cap', {
      icon: 'IconStackMiddle',
      editable: true,
    }),
    field.flag('keepsPlace', 'Keeps place', 'What comes from another queue stands where its first arrival puts it', {
      icon: 'IconArrowsSort',
      editable: true,
    }),
    field.tags(
      'wrapUp',
      'Wrap-up',
      'What follows a conversation, by channel, such as "Chat: none", "E-mail: manual", "Voice: 60 s + 30 s"',
      {
        icon: 'IconClipboardCheck',
        editable: true,
      },
    ),
    field.whole('overflowAfterSeconds', 'Overflows (s)', 'Seconds of waiting after which another queue helps', {
      icon: 'IconArrowForwardUp',
      editable: true,
    }),
    field.toOne('overflowQueue', 'Overflow queue', 'Which queue helps', {
      icon: 'IconStackPush',
      to: queue,
      reverse: 'overflowsHere',
      editable: true,
    }),
    field.toMany('overflowsHere', 'Helps queues', 'The queues this one helps out', {
      icon: 'IconStackPop',
      of: queue,
      reverse: 'overflowQueue',
    }),
    field.toOne('slaPolicy', 'SLA policy', 'What is promised to those who wait here', {
      icon: 'IconClockExclamation',
      to: slaPolicy,
      reverse: 'queues',
      editable: true,
    }),
    field.flag('active', 'Active', 'Off takes it out of service; what waits stays', { icon: 'IconPower', initially: true, editable: true }),
    field.toMany('members', 'Members', 'Who works on it', { icon: 'IconUsersGroup', of: queueMember, reverse: 'queue' }),
    field.toMany('interactions', 'Interactions', 'What waits or waited here', { icon: 'IconMessages', of: interaction, reverse: 'queue' }),
    field.toMany('campaigns', 'Campaigns', 'The campaigns that feed it', { icon: 'IconSpeakerphone', of: campaign, reverse: 'queue' }),
    field.toMany('leads', 'Leads', 'The leads it works on', { icon: 'IconUserPlus', of: lead, reverse: 'queue' }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
