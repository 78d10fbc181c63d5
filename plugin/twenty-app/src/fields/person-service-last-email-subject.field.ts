import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).text('serviceLastEmailSubject', 'Last subject', 'What it wrote about', { icon: 'IconMail' }),
});
