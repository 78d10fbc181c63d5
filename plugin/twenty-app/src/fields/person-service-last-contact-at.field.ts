import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).moment('serviceLastContactAt', 'Last contact', 'When you last spoke or wrote to each other', {
    icon: 'IconClock',
  }),
});
