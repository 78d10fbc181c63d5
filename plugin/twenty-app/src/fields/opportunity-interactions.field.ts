import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { interaction } from '../identifiers';
import { opportunity } from '../standard';

export default defineField({
  objectUniversalIdentifier: opportunity.object,
  ...fieldsOf(opportunity.fields).toMany('interactions', 'Interactions', 'What was said about the opportunity', {
    icon: 'IconMessages',
    of: interaction,
    reverse: 'opportunity',
  }),
});
