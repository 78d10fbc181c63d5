import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).whole('serviceOpenInteractions', 'Open interactions', 'How many are not finished', {
    icon: 'IconMessages',
    initially: 0,
  }),
});
