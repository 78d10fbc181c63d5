import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).moment('serviceLastEmailAt', 'Last e-mail sent', 'When the contact center last wrote', {
    icon: 'IconMailForward',
  }),
});
