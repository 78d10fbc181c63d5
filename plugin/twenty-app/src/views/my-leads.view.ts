import { defineView, ViewFilterOperand, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { isMe } from '../kit/is-me';
import { lead, views } from '../identifiers';

export default defineView({
  universalIdentifier: views.myLeads,
  name: 'My leads',
  objectUniversalIdentifier: lead.object,
  icon: 'IconUserHeart',
  position: 1,
  fields: columns(
    ['98f9674b-8644-4664-ba55-b9bb08b41531', lead.fields.name, 240],
    ['f8b47a90-1247-4c82-be67-7355c019a32f', lead.fields.problem, 220],
    ['db4c913c-4aa7-4771-8ec1-be4d56fbf953', lead.fields.status, 160],
    ['44f9fcec-ac0c-41a0-8935-0946d8c3be37', lead.fields.score, 100],
    ['c24630af-78cf-48d4-915d-c89b2ae0cd52', lead.fields.nextContactAt, 160],
    ['3ada4077-3630-4e88-8b15-f04c1ee160f3', lead.fields.person, 180],
    ['64d466d8-56c6-4ec3-8b48-59759a4d8ee9', lead.fields.company, 160],
    ['00208214-4f1e-4544-978b-fe1009de5635', lead.fields.campaign, 160],
    ['a4caa432-ddb6-41a4-94d4-cdb28da8a933', lead.fields.opportunity, 160],
  ),
  filters: [
    {
      universalIdentifier: 'b11e1ece-f88f-4a25-ace3-5ddfdbaefcb3',
      fieldMetadataUniversalIdentifier: lead.fields.owner,
      operand: ViewFilterOperand.IS,
      value: isMe,
    },
  ],
  sorts: [
    {
      universalIdentifier: '715c80f3-6784-48f7-81a6-81a19b34953b',
      fieldMetadataUniversalIdentifier: lead.fields.nextContactAt,
      direction: ViewSortDirection.ASC,
    },
  ],
});
