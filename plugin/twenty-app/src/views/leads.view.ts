import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { lead } from '../identifiers';

export default defineView({
  universalIdentifier: '2855ee13-49ee-4f1c-a2ce-7d899cbca428',
  name: 'All leads',
  objectUniversalIdentifier: lead.object,
  icon: 'IconUserPlus',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['9960f476-0c72-49c3-be7e-819082fad4e6', lead.fields.name, 240],
    ['b80096c4-05ed-4eef-8a80-cfbcc34d2ebf', lead.fields.problem, 220],
    ['86eb52d5-44c8-44c6-9200-104a7023a02f', lead.fields.status, 160],
    ['69bcbca8-5a34-410c-9ca4-1c00e55a2ce0', lead.fields.score, 100],
    ['9a79d8d5-c5df-418a-9936-b3cb4ebffd44', lead.fields.source, 160],
    ['977f2af4-51e8-4d26-8082-879dc5ee8995', lead.fields.nextContactAt, 160],
    ['ef7e47f0-ceae-4271-b0d5-47bf7d559983', lead.fields.person, 180],
    ['8f6f1b05-3c4f-442e-919d-a3a133495469', lead.fields.company, 160],
    ['99f78944-9dd8-4d70-95d5-2170eaa644bb', lead.fields.campaign, 160],
    ['de5c2d98-5eb8-4a25-bf6a-fde2cd36505b', lead.fields.queue, 160],
    ['6a0ad637-9c5b-4bc6-b073-79ecf8fbbe0c', lead.fields.owner, 160],
    ['298fff0b-148b-4473-8401-3dacd38d45cd', lead.fields.opportunity, 160],
  ),
  sorts: [
    {
      universalIdentifier: '5283bf8d-751f-4eb0-9e00-ce91f47b47cc',
      fieldMetadataUniversalIdentifier: lead.fields.score,
      direction: ViewSortDirection.DESC,
    },
    {
      universalIdentifier: '83afafe6-12d6-42a8-aea0-03aed6256fd7',
      fieldMetadataUniversalIdentifier: lead.fields.nextContactAt,
      direction: ViewSortDirection.ASC,
    },
  ],
});
