import { defineObject } from 'twenty-sdk/define';
import { fieldsOf, options } from '../kit/fields';
import { campaign, interaction, offer } from '../identifiers';
import { person, workspaceMember } from '../standard';

const kinds = options(
  ['UPSELL', 'Upsell', 'green'],
  ['CROSS_SELL', 'Cross-sell', 'turquoise'],
  ['RETENTION', 'Retention', 'purple'],
  ['GOODWILL', 'Goodwill', 'pink'],
);
const statuses = options(
  ['PROPOSED', 'Proposed', 'gray'],
  ['PRESENTED', 'Presented', 'yellow'],
  ['ACCEPTED', 'Accepted by customer', 'green'],
  ['DECLINED', 'Declined', 'red'],
  ['EXPIRED', 'Expired', 'orange'],
);
const field = fieldsOf(offer.fields);

export default defineObject({
  universalIdentifier: offer.object,
  nameSingular: 'offer',
  namePlural: 'offers',
  labelSingular: 'Offer',
  labelPlural: 'Offers',
  description: 'Something worth saying to a customer',
  icon: 'IconGift',
  isUICreatable: false,
  labelIdentifierFieldMetadataUniversalIdentifier: offer.fields.name,
  fields: [
    field.text('name', 'Name', 'What the offer is called', { icon: 'IconAbc' }),
    field.text('headline', 'Headline', 'The sentence to say', { icon: 'IconQuote' }),
    field.choice('kind', 'Kind', 'What it is for', { icon: 'IconCategory', options: kinds }),
    field.choice('status', 'Status', 'What the customer said', { icon: 'IconProgress', options: statuses, editable: true }),
    field.money('value', 'Value', 'What it is worth', { icon: 'IconCoins' }),
    field.moment('validUntil', 'Valid until', 'When it lapses', { icon: 'IconCalendarOff' }),
    field.moment('respondedAt', 'Answered', 'When the customer answered', { icon: 'IconCheck' }),
    field.toOne('person', 'Customer', 'Who it is for', { icon: 'IconUser', to: person, reverse: 'offers' }),
    field.toOne('interaction', 'Interaction', 'During which it came up', { icon: 'IconMessages', to: interaction, reverse: 'offers' }),
    field.toOne('campaign', 'Campaign', 'The campaign it belongs to', { icon: 'IconSpeakerphone', to: campaign, reverse: 'offers' }),
    field.toOne('presentedBy', 'Presented by', 'Who told the customer', {
      icon: 'IconUserCircle',
      to: workspaceMember,
      reverse: 'presentedOffers',
    }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
