import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { offer } from '../identifiers';
import { workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: workspaceMember.object,
  ...fieldsOf(workspaceMember.fields).toMany('presentedOffers', 'Presented offers', 'What the member told customers about', {
    icon: 'IconGift',
    of: offer,
    reverse: 'presentedBy',
  }),
});
