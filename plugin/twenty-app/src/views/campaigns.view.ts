import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { campaign } from '../identifiers';

export default defineView({
  universalIdentifier: 'd00fc6fa-67a5-454b-8d0d-7c5112b887d3',
  name: 'All campaigns',
  objectUniversalIdentifier: campaign.object,
  icon: 'IconSpeakerphone',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['ac11175a-cab4-41e8-848c-5c89a11e572a', campaign.fields.name, 240],
    ['64a89716-c6bf-4a09-a995-3d05cb94127b', campaign.fields.problem, 220],
    ['10a6b11d-dd70-4f5c-9890-35c4a013f126', campaign.fields.kind, 160],
    ['ea0f097f-fc3e-43cb-9a9b-fccee6b4ac03', campaign.fields.status, 160],
    ['0478fc9b-b07c-4234-9358-1afa8bab88eb', campaign.fields.startsOn, 120],
    ['93c043bd-db6d-4cff-88e6-e7a647c8d34e', campaign.fields.endsOn, 120],
    ['4d6e3a76-da47-48a6-8fb6-ebfe1859d7c1', campaign.fields.queue, 160],
    ['fd3d16ec-e5b4-4a3f-b892-2c3262a92e1d', campaign.fields.owner, 160],
  ),
  sorts: [
    {
      universalIdentifier: '97a4542a-6c44-4b5a-919e-36e7fa3b1b7f',
      fieldMetadataUniversalIdentifier: campaign.fields.startsOn,
      direction: ViewSortDirection.DESC,
    },
  ],
});
