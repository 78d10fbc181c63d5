import { defineObject } from 'twenty-sdk/define';
import { fieldsOf, options } from '../kit/fields';
import { campaign, lead, offer, queue } from '../identifiers';
import { workspaceMember } from '../standard';

const kinds = options(
  ['SURVEY', 'Survey', 'sky'],
  ['ACQUISITION', 'Acquisition', 'green'],
  ['SALES_SUPPORT', 'Sales support', 'turquoise'],
  ['TELESALES', 'Telesales', 'blue'],
  ['RETENTION', 'Retention', 'purple'],
  ['COLLECTIONS', 'Collections', 'orange'],
);
const statuses = options(
  ['DRAFT', 'Draft', 'gray'],
  ['RUNNING', 'Running', 'green'],
  ['PAUSED', 'Paused', 'orange'],
  ['FINISHED', 'Finished', 'blue'],
);
const field = fieldsOf(campaign.fields);

export default defineObject({
  universalIdentifier: campaign.object,
  nameSingular: 'campaign',
  namePlural: 'campaigns',
  labelSingular: 'Campaign',
  labelPlural: 'Campaigns',
  description: 'An effort to reach many customers with one aim',
  icon: 'IconSpeakerphone',
  labelIdentifierFieldMetadataUniversalIdentifier: campaign.fields.name,
  fields: [
    field.text('name', 'Name', 'What the campaign is called', { icon: 'IconAbc', editable: true }),
    field.choice('kind', 'Kind', 'What it is for', { icon: 'IconCategory', options: kinds, editable: true }),
    field.choice('status', 'Status', 'Whether it runs', { icon: 'IconProgress', options: statuses, editable: true }),
    field.day('startsOn', 'Starts', 'The first day', { icon: 'IconCalendarEvent', editable: true }),
    field.day('endsOn', 'Ends', 'The last day', { icon: 'IconCalendarOff', editable: true }),
    field.toOne('queue', 'Queue', 'Who works on it', { icon: 'IconStack2', to: queue, reverse: 'campaigns', editable: true }),
    field.toOne('owner', 'Owner', 'Who answers for it', {
      icon: 'IconUserCircle',
      to: workspaceMember,
      reverse: 'ownedCampaigns',
      editable: true,
    }),
    field.text('script', 'Script', 'What to say', { icon: 'IconScript', editable: true, lines: 99 }),
    field.toMany('leads', 'Leads', 'The leads it works on', { icon: 'IconUserPlus', of: lead, reverse: 'campaign' }),
    field.toMany('offers', 'Offers', 'What it offers', { icon: 'IconGift', of: offer, reverse: 'campaign' }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
