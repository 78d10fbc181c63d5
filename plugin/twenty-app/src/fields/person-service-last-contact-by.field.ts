import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { person, workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).toOne('serviceLastContactBy', 'Last contact by', 'Who was in touch with the customer', {
    icon: 'IconUserCircle',
    to: workspaceMember,
    reverse: 'lastContactedPeople',
  }),
});
