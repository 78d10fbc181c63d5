import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { interaction } from '../identifiers';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).toMany('interactions', 'Interactions', 'What the customer got in touch about', {
    icon: 'IconMessages',
    of: interaction,
    reverse: 'person',
  }),
});
