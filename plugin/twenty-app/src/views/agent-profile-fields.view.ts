import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { agentProfile, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.agentProfile,
  name: 'Agent profile fields',
  objectUniversalIdentifier: agentProfile.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['ee0b2287-4675-4157-a994-9c633ce052b9', agentProfile.fields.problem],
    ['db0e1f0a-9604-4b87-94e7-6d52032ab0e0', agentProfile.fields.workspaceMember],
    ['2128f6e9-af0c-4d0a-a0cc-0b815e70c07e', agentProfile.fields.email],
    ['b5d5ced7-602a-49b4-921f-8a50fa654e74', agentProfile.fields.capacity],
    ['a45aa073-edfd-40e8-933c-7286ab8c0a02', agentProfile.fields.skills],
    ['60fd1b71-9467-4d08-bec6-64a9c0a5c483', agentProfile.fields.extension],
    ['0a8f25ae-a195-4d4b-a068-ac6b47bb1914', agentProfile.fields.active],
    ['1672e225-1f68-48ac-901d-f4b49efe1d8f', agentProfile.fields.presence],
    ['a1d2c266-0802-40f3-92a1-1d3978dac004', agentProfile.fields.availability],
    ['e6649419-7772-41f4-a51b-f7d5da773bb1', agentProfile.fields.presenceSince],
    ['e0b2beec-4aab-4b7d-a210-287498d2f2d4', agentProfile.fields.connected],
  ),
});
