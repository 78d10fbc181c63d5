import { defineIndex } from 'twenty-sdk/define';
import { agentProfile } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'f3ae6fe4-9cec-4115-a0e5-17612b22abb5',
  objectUniversalIdentifier: agentProfile.object,
  fields: [{ universalIdentifier: '208b9d8c-2017-4e62-b06d-a1119bb627f6', fieldUniversalIdentifier: agentProfile.fields.workspaceMember }],
});
