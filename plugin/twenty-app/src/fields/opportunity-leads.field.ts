import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { lead } from '../identifiers';
import { opportunity } from '../standard';

export default defineField({
  objectUniversalIdentifier: opportunity.object,
  ...fieldsOf(opportunity.fields).toMany('leads', 'Leads', 'The leads it came from', {
    icon: 'IconUserPlus',
    of: lead,
    reverse: 'opportunity',
  }),
});
