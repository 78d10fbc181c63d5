import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { lead } from '../identifiers';
import { workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: workspaceMember.object,
  ...fieldsOf(workspaceMember.fields).toMany('ownedLeads', 'Owned leads', 'The leads the member answers for', {
    icon: 'IconUserPlus',
    of: lead,
    reverse: 'owner',
  }),
});
