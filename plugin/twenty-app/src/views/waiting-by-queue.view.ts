import { defineView, ViewFilterOperand, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { interaction, views } from '../identifiers';

export default defineView({
  universalIdentifier: views.waitingByQueue,
  name: 'Waiting',
  objectUniversalIdentifier: interaction.object,
  icon: 'IconHourglass',
  position: 2,
  fields: columns(
    ['dee661c2-9f0a-4f5d-b256-5a871cfbe557', interaction.fields.name, 280],
    ['93b798c7-ebec-404c-a08e-d30f51c8eec9', interaction.fields.problem, 220],
    ['787bfaa8-a686-4bdc-81b8-e47729a44122', interaction.fields.queue, 180],
    ['5509bb56-8c8c-485d-b9f3-dcf489e6e5d8', interaction.fields.channel, 160],
    ['77d2bdcd-1fc1-4697-969f-1bf78089ac8d', interaction.fields.person, 180],
    ['81feba9f-148b-4364-8b3f-c500333055ec', interaction.fields.priority, 100],
    ['a331cf88-d3fc-4700-9562-17994fe103ba', interaction.fields.queuedAt, 160],
    ['76e835ba-f532-4394-8b5f-4fe2b684499f', interaction.fields.slaStatus, 160],
    ['b7ee8d55-53ae-48a6-8467-6c798e5605db', interaction.fields.slaDueAt, 160],
    ['c2ae2af1-489b-4107-9fe5-cfa88eea6d18', interaction.fields.skills, 160],
  ),
  filters: [
    {
      universalIdentifier: 'cc757a30-d546-468a-9090-f8fd01b2262e',
      fieldMetadataUniversalIdentifier: interaction.fields.status,
      operand: ViewFilterOperand.IS,
      value: ['QUEUED'],
    },
  ],
  sorts: [
    {
      universalIdentifier: 'a455d768-e6fa-4c02-975f-7fb35ac4a92f',
      fieldMetadataUniversalIdentifier: interaction.fields.priority,
      direction: ViewSortDirection.DESC,
    },
    {
      universalIdentifier: 'f0e22f98-f981-4526-a75c-e6c067338ee4',
      fieldMetadataUniversalIdentifier: interaction.fields.queuedAt,
      direction: ViewSortDirection.ASC,
    },
  ],
});
