import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { person, workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: workspaceMember.object,
  ...fieldsOf(workspaceMember.fields).toMany('lastContactedPeople', 'Last contacted people', 'With whom the member was the last to speak', {
    icon: 'IconUsers',
    of: person,
    reverse: 'serviceLastContactBy',
  }),
});
