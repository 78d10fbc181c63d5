import { defineObject } from 'twenty-sdk/define';
import { fieldsOf, options } from '../kit/fields';
import { campaign, lead, queue } from '../identifiers';
import { company, opportunity, person, workspaceMember } from '../standard';

const statuses = options(
  ['NEW', 'New', 'sky'],
  ['WORKING', 'Working on it', 'orange'],
  ['QUALIFIED', 'Qualified', 'turquoise'],
  ['CONVERTED', 'Converted', 'green'],
  ['LOST', 'Lost', 'gray'],
);
const field = fieldsOf(lead.fields);

export default defineObject({
  universalIdentifier: lead.object,
  nameSingular: 'lead',
  namePlural: 'leads',
  labelSingular: 'Lead',
  labelPlural: 'Leads',
  description: 'Somebody who may become a customer or buy more',
  icon: 'IconUserPlus',
  labelIdentifierFieldMetadataUniversalIdentifier: lead.fields.name,
  fields: [
    field.text('name', 'Name', 'Who or what it is', { icon: 'IconAbc', editable: true }),
    field.choice('status', 'Status', 'Where the work stands', { icon: 'IconProgress', options: statuses, editable: true }),
    field.whole('score', 'Score', 'How promising it is', { icon: 'IconGauge' }),
    field.text('source', 'Source', 'Where it came from', { icon: 'IconWorld', editable: true }),
    field.moment('nextContactAt', 'Next contact', 'When to get in touch', { icon: 'IconCalendarTime', editable: true }),
    field.toOne('person', 'Customer', 'Who it is with', { icon: 'IconUser', to: person, reverse: 'leads', editable: true }),
    field.toOne('company', 'Company', 'The company of the customer', {
      icon: 'IconBuildingSkyscraper',
      to: company,
      reverse: 'leads',
      editable: true,
    }),
    field.toOne('opportunity', 'Opportunity', 'The opportunity it belongs to', {
      icon: 'IconTargetArrow',
      to: opportunity,
      reverse: 'leads',
      editable: true,
    }),
    field.toOne('campaign', 'Campaign', 'The campaign that found it', {
      icon: 'IconSpeakerphone',
      to: campaign,
      reverse: 'leads',
      editable: true,
    }),
    field.toOne('queue', 'Queue', 'Who works on it', { icon: 'IconStack2', to: queue, reverse: 'leads', editable: true }),
    field.toOne('owner', 'Owner', 'Who answers for it', {
      icon: 'IconUserCircle',
      to: workspaceMember,
      reverse: 'ownedLeads',
      editable: true,
    }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
