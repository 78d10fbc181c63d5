import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { interaction } from '../identifiers';
import { company } from '../standard';

export default defineField({
  objectUniversalIdentifier: company.object,
  ...fieldsOf(company.fields).toMany('interactions', 'Interactions', 'What people of the company got in touch about', {
    icon: 'IconMessages',
    of: interaction,
    reverse: 'company',
  }),
});
