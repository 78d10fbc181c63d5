import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { lead } from '../identifiers';
import { company } from '../standard';

export default defineField({
  objectUniversalIdentifier: company.object,
  ...fieldsOf(company.fields).toMany('leads', 'Leads', 'What the company may be interested in', {
    icon: 'IconUserPlus',
    of: lead,
    reverse: 'company',
  }),
});
