import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { lead } from '../identifiers';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).toMany('leads', 'Leads', 'What the customer may be interested in', {
    icon: 'IconUserPlus',
    of: lead,
    reverse: 'person',
  }),
});
