import { defineField } from 'twenty-sdk/define';
import { channels } from '../kit/channels';
import { fieldsOf } from '../kit/fields';
import { person } from '../standard';

export default defineField({
  objectUniversalIdentifier: person.object,
  ...fieldsOf(person.fields).choice('serviceLastContactChannel', 'Last channel', 'By which channel', {
    icon: 'IconRoute',
    options: channels,
  }),
});
