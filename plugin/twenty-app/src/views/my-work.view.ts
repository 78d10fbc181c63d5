import { AggregateOperations, defineView, ViewFilterOperand, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { groups } from '../kit/groups';
import { isMe } from '../kit/is-me';
import { interaction, views } from '../identifiers';

export default defineView({
  universalIdentifier: views.myWork,
  name: 'My work',
  objectUniversalIdentifier: interaction.object,
  icon: 'IconInbox',
  position: 1,
  fields: columns(
    ['0ffc33b2-7a06-41c3-a0fe-e56e3e3a8fd6', interaction.fields.name, 280],
    ['c0599030-6bbe-4abd-9402-d7e8da6d640c', interaction.fields.problem, 220],
    ['34828411-9baa-4163-9852-ffcc0bc9d08f', interaction.fields.status, 160],
    ['6b2ee799-cfa7-41b5-9efc-a7bddde57104', interaction.fields.channel, 160],
    ['0b5b7cfd-067e-4747-98b8-4e08467ae110', interaction.fields.person, 180],
    ['a49e414d-0605-461f-ae50-9c1a243d1ffd', interaction.fields.queue, 160],
    ['c36a7349-9453-43d6-a3fe-730acdb293cf', interaction.fields.slaStatus, 160],
    ['f62ad2a1-eee8-4346-9859-abd42a78d226', interaction.fields.slaDueAt, 160],
    ['a55f0ece-00a2-486d-820b-d6cb78039418', interaction.fields.priority, 100],
  ),
  mainGroupByFieldMetadataUniversalIdentifier: interaction.fields.status,
  shouldHideEmptyGroups: true,
  kanbanAggregateOperation: AggregateOperations.COUNT,
  kanbanAggregateOperationFieldMetadataUniversalIdentifier: interaction.fields.name,
  groups: groups(
    ['3990816e-f362-42f8-85c5-926ba7fee34d', 'OFFERED'],
    ['20268ad8-972c-4b96-989d-0f47c07ca9aa', 'ACTIVE'],
    ['e8e476a2-b687-40e2-a8fd-e9f5a8a697ab', 'ON_HOLD'],
    ['3346ea76-ee37-4087-8c8d-669f7222422e', 'WAITING_FOR_CUSTOMER'],
    ['a0ebfbc5-94c7-4b86-8a64-ef00eac535ae', 'WRAP_UP'],
  ),
  filters: [
    {
      universalIdentifier: '32760099-707b-49d2-a015-e16286a89d1e',
      fieldMetadataUniversalIdentifier: interaction.fields.assignee,
      operand: ViewFilterOperand.IS,
      value: isMe,
    },
    {
      universalIdentifier: 'af3d18d3-a09c-451a-88f0-5b99d9db8f4a',
      fieldMetadataUniversalIdentifier: interaction.fields.status,
      operand: ViewFilterOperand.IS_NOT,
      value: ['CLOSED', 'ABANDONED'],
    },
  ],
  sorts: [
    {
      universalIdentifier: 'dd071ec2-ebd1-40b2-afc1-b2d23c9b77e1',
      fieldMetadataUniversalIdentifier: interaction.fields.priority,
      direction: ViewSortDirection.DESC,
    },
    {
      universalIdentifier: '68b7783e-6cc9-404a-a9ed-57d1ddf6be9e',
      fieldMetadataUniversalIdentifier: interaction.fields.slaDueAt,
      direction: ViewSortDirection.ASC,
    },
  ],
});
