import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { agentProfile } from '../identifiers';

export default defineView({
  universalIdentifier: '88c64f26-0fb2-45d2-87d1-44442098e3d2',
  name: 'All agent profiles',
  objectUniversalIdentifier: agentProfile.object,
  icon: 'IconHeadset',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['0b200e68-aa62-4bdf-bf2a-7d895af3713e', agentProfile.fields.name, 220],
    ['744bda14-a00d-4456-8a14-075a2186979a', agentProfile.fields.problem, 220],
    ['f28fb054-9ad8-4aa7-b71e-d95e6130f139', agentProfile.fields.workspaceMember, 160],
    ['0498d322-3ff5-4fe2-8463-64154b9388cf', agentProfile.fields.availability, 160],
    ['75223540-f8ee-4f06-9038-062f8831c065', agentProfile.fields.presence, 160],
    ['e6c0488a-b56c-4d2c-9d4b-d5c27c6a289e', agentProfile.fields.presenceSince, 160],
    ['db6f7f15-2e17-4401-91f9-c36a8fc2f5c4', agentProfile.fields.connected, 120],
    ['3784a8bd-726c-4eb8-a6ee-dc9af88312f2', agentProfile.fields.capacity, 120],
    ['fbb39534-f80d-4b03-9a46-5af67803c6ce', agentProfile.fields.skills, 220],
    ['289671de-b9f5-4d68-b366-05ad35354f36', agentProfile.fields.extension, 120],
    ['9585ce0b-aaf7-4ca0-a076-5e214cd9057f', agentProfile.fields.active, 100],
  ),
  sorts: [
    {
      universalIdentifier: 'c473085b-dd22-43dc-910c-a6ff37d65277',
      fieldMetadataUniversalIdentifier: agentProfile.fields.name,
      direction: ViewSortDirection.ASC,
    },
  ],
});
