import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { agentProfile } from '../identifiers';
import { workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: workspaceMember.object,
  ...fieldsOf(workspaceMember.fields).toMany('agentProfiles', 'Agent profiles', 'What the contact center knows about the member', {
    icon: 'IconHeadset',
    of: agentProfile,
    reverse: 'workspaceMember',
  }),
});
