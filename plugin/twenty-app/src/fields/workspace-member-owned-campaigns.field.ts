import { defineField } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { campaign } from '../identifiers';
import { workspaceMember } from '../standard';

export default defineField({
  objectUniversalIdentifier: workspaceMember.object,
  ...fieldsOf(workspaceMember.fields).toMany('ownedCampaigns', 'Owned campaigns', 'The campaigns the member answers for', {
    icon: 'IconSpeakerphone',
    of: campaign,
    reverse: 'owner',
  }),
});
