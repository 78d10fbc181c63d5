import { defineField } from 'twenty-sdk/define';
import { fieldsOf, options } from '../kit/fields';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).choice('serviceTier', 'Service tier', 'Which promises the customer has; empty is standard', {
    icon: 'IconStar',
    editable: true,
    options: options(['STANDARD', 'Standard', 'gray'], ['VIP', 'VIP', 'yellow']),
  }),
});
