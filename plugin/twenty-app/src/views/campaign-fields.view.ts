import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { campaign, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.campaign,
  name: 'Campaign fields',
  objectUniversalIdentifier: campaign.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['8b362e7f-143b-456b-beff-cb23e16da662', campaign.fields.problem],
    ['78fe01d0-2a6a-4789-8442-53a3416bcabd', campaign.fields.kind],
    ['f4af2546-e14b-479c-aa2c-032c93f530ef', campaign.fields.status],
    ['e912a156-63ac-45a4-93c0-14a6e17f3969', campaign.fields.startsOn],
    ['97f0c207-a7b7-4ef6-a807-7122e7a9897e', campaign.fields.endsOn],
    ['338d552d-4b05-4a01-b24f-ecb3371fc169', campaign.fields.queue],
    ['910f4003-e95d-4c67-92a5-b7eb33791258', campaign.fields.owner],
    ['652bf9b4-4b2e-42b6-bda5-80ee94d001a8', campaign.fields.script],
  ),
});
