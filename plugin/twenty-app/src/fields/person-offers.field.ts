import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { offer } from '../identifiers';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).toMany('offers', 'Offers', 'What was offered to the customer', {
    icon: 'IconGift',
    of: offer,
    reverse: 'person',
  }),
});
