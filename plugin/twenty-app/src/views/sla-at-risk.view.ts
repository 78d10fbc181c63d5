import { AggregateOperations, defineView, ViewFilterOperand, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { groups } from '../kit/groups';
import { interaction, views } from '../identifiers';

export default defineView({
  universalIdentifier: views.slaAtRisk,
  name: 'SLA at risk',
  objectUniversalIdentifier: interaction.object,
  icon: 'IconClockExclamation',
  position: 3,
  fields: columns(
    ['f82e4063-aab5-4b16-90de-ebb169f30976', interaction.fields.name, 280],
    ['85f0dd6a-556b-4424-8000-4b0a4ac30cc4', interaction.fields.problem, 220],
    ['af1bc88f-ffd3-40c8-b35c-35457d8595b0', interaction.fields.slaStatus, 160],
    ['76ae4ff8-b163-428d-9bc2-a87692fcf188', interaction.fields.slaDueAt, 160],
    ['8f86c3ca-d1fc-4e6a-b21b-51a7da63860c', interaction.fields.status, 160],
    ['c3b48c5f-df70-4712-af90-70fb8d75ddaf', interaction.fields.queue, 180],
    ['795d0c83-2cfb-4784-a7ac-41e791d8bd62', interaction.fields.agentProfile, 160],
    ['645ce423-a87e-4e14-ae55-da1b8a7077c5', interaction.fields.person, 180],
    ['47ae9358-ccd0-4682-8ae6-e7fd6d5005d0', interaction.fields.priority, 100],
  ),
  mainGroupByFieldMetadataUniversalIdentifier: interaction.fields.slaStatus,
  shouldHideEmptyGroups: true,
  kanbanAggregateOperation: AggregateOperations.COUNT,
  kanbanAggregateOperationFieldMetadataUniversalIdentifier: interaction.fields.name,
  groups: groups(['eea9af56-37f5-43a8-8360-dcfb5e9c717b', 'BREACHED'], ['5261acce-efbc-437e-889e-abad69876082', 'AT_RISK']),
  filters: [
    {
      universalIdentifier: '7a7a9b98-fcbf-4192-b26a-7b7ea7a137f9',
      fieldMetadataUniversalIdentifier: interaction.fields.slaStatus,
      operand: ViewFilterOperand.IS,
      value: ['AT_RISK', 'BREACHED'],
    },
    {
      universalIdentifier: 'bb9ba163-cb43-48fe-a0d0-d85750e42969',
      fieldMetadataUniversalIdentifier: interaction.fields.status,
      operand: ViewFilterOperand.IS_NOT,
      value: ['CLOSED', 'ABANDONED'],
    },
  ],
  sorts: [
    {
      universalIdentifier: '74d9205c-d0ef-4f3f-b88f-8e318f4f6136',
      fieldMetadataUniversalIdentifier: interaction.fields.slaDueAt,
      direction: ViewSortDirection.ASC,
    },
  ],
});
