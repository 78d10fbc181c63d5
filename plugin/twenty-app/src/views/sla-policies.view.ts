import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { slaPolicy } from '../identifiers';

export default defineView({
  universalIdentifier: '74d01c14-59a2-4af9-9851-bc53cb870e6d',
  name: 'All SLA policies',
  objectUniversalIdentifier: slaPolicy.object,
  icon: 'IconClockExclamation',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['731fc217-a6e4-485a-82c1-1b46cad1c1d0', slaPolicy.fields.name, 240],
    ['9a179ec6-aab1-4bf4-8773-9c35bfe45c03', slaPolicy.fields.problem, 220],
    ['958f521f-cba4-4fb1-90d8-fbfaab059917', slaPolicy.fields.timeToAcceptSeconds, 160],
    ['7d314428-db9e-4ced-bbd7-f9397738840c', slaPolicy.fields.firstResponseSeconds, 160],
    ['7ba51382-043d-4562-9525-afe99fd14097', slaPolicy.fields.warnAtPercent, 160],
    ['33d75bd0-b58f-499a-82b2-335dd331871d', slaPolicy.fields.version, 100],
  ),
  sorts: [
    {
      universalIdentifier: 'e81610a7-f9a1-4b6f-9ab4-b417d50f587f',
      fieldMetadataUniversalIdentifier: slaPolicy.fields.name,
      direction: ViewSortDirection.ASC,
    },
  ],
});
