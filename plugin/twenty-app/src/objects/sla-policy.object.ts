import { defineObject } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { queue, slaPolicy } from '../identifiers';

const field = fieldsOf(slaPolicy.fields);

export default defineObject({
  universalIdentifier: slaPolicy.object,
  nameSingular: 'slaPolicy',
  namePlural: 'slaPolicies',
  labelSingular: 'SLA policy',
  labelPlural: 'SLA policies',
  description: 'How soon customers are promised an answer',
  icon: 'IconClockExclamation',
  labelIdentifierFieldMetadataUniversalIdentifier: slaPolicy.fields.name,
  fields: [
    field.text('name', 'Name', 'What the policy is called', { icon: 'IconAbc', editable: true }),
    field.whole('timeToAcceptSeconds', 'To accept (s)', 'Seconds until somebody must have taken the work', {
      icon: 'IconHourglass',
      editable: true,
    }),
    field.whole('firstResponseSeconds', 'To respond (s)', 'Seconds until the customer must have heard from you', {
      icon: 'IconMessageReply',
      editable: true,
    }),
    field.whole('warnAtPercent', 'Warn at (%)', 'Share of the time after which work counts as at risk', {
      icon: 'IconAlertTriangle',
      editable: true,
    }),
    field.text(
      'definition',
      'Definition',
      'All that is promised, in YAML: milestones with targets, warnings, pauses and ladders, and the calendar',
      {
        icon: 'IconFileText',
        editable: true,
        lines: 99,
      },
    ),
    field.whole('version', 'Version', 'How many times it was changed', { icon: 'IconVersions' }),
    field.toMany('queues', 'Queues', 'The queues that promise this', { icon: 'IconStack2', of: queue, reverse: 'slaPolicy' }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
