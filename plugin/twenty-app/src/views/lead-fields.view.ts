import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { lead, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.lead,
  name: 'Lead fields',
  objectUniversalIdentifier: lead.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['acda1d3f-5d11-4672-94d8-287b859e92e0', lead.fields.problem],
    ['56338acd-c101-4a67-ae37-033be70032c7', lead.fields.status],
    ['7e517c93-a320-4979-ac66-4dbf2236859d', lead.fields.score],
    ['2d1097eb-d7ac-4a9e-ba05-8225e86e3913', lead.fields.source],
    ['57fcd9a7-8536-4b2d-88a5-76545bd001ed', lead.fields.nextContactAt],
    ['040d31e5-3a6a-4748-8ba8-dbf848836e29', lead.fields.person],
    ['5fcd2c09-8ca8-483c-9d35-e8e8b1e39009', lead.fields.company],
    ['e6e324b2-5173-447b-a29b-42479e96f961', lead.fields.opportunity],
    ['b99bd8fe-d806-4936-8d4d-cbfd182d5f78', lead.fields.campaign],
    ['726c60c3-9821-4192-8b9a-000d051b6c36', lead.fields.queue],
    ['5f98a443-0543-4dcb-99f2-a757f4cdb17b', lead.fields.owner],
  ),
});
