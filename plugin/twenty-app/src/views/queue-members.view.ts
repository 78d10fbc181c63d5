import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { queueMember } from '../identifiers';

export default defineView({
  universalIdentifier: '0802dd9c-d818-417a-bcbf-f75e4e03e197',
  name: 'All queue members',
  objectUniversalIdentifier: queueMember.object,
  icon: 'IconUsersGroup',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['9e1a2d2a-8437-40ce-849e-e845846525b7', queueMember.fields.name, 260],
    ['ee944302-48c9-4d80-a295-2940faba6f5c', queueMember.fields.problem, 220],
    ['e2623c38-2122-4fe0-9bfa-fe8082b6b15f', queueMember.fields.queue, 200],
    ['f9e74b80-411c-4749-8124-a856962377c2', queueMember.fields.agentProfile, 200],
    ['cb76b509-1c0c-4cf5-a4d8-0aaaf4b2ea53', queueMember.fields.level, 100],
  ),
  sorts: [
    {
      universalIdentifier: '44093f1f-547b-44a1-893e-5f913f148382',
      fieldMetadataUniversalIdentifier: queueMember.fields.level,
      direction: ViewSortDirection.ASC,
    },
    {
      universalIdentifier: '2d8c2495-7b20-4b41-a2f7-d14d9d248a98',
      fieldMetadataUniversalIdentifier: queueMember.fields.name,
      direction: ViewSortDirection.ASC,
    },
  ],
});
