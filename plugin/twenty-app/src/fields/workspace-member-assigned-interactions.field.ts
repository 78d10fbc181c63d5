import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { interaction } from '../identifiers';
import { workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: workspaceMember.object,
  ...fieldsOf(workspaceMember.fields).toMany('assignedInteractions', 'Assigned interactions', 'What the member is offered or holds', {
    icon: 'IconMessages',
    of: interaction,
    reverse: 'assignee',
  }),
});
