import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { recordFields, slaPolicy } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.slaPolicy,
  name: 'SLA policy fields',
  objectUniversalIdentifier: slaPolicy.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['11c429ce-2f7a-44e0-89b2-ca461ca443ed', slaPolicy.fields.problem],
    ['cafb2de6-baa9-4b20-9cd2-668ede3ddf7e', slaPolicy.fields.timeToAcceptSeconds],
    ['16e28aa5-5278-4522-a9a8-794c2c13b93b', slaPolicy.fields.firstResponseSeconds],
    ['8144879a-5be3-41b6-8836-0cfd9a8c4e1f', slaPolicy.fields.warnAtPercent],
    ['cf1c2914-518e-4fd7-9923-14754730a977', slaPolicy.fields.definition],
    ['0497b5db-0c88-4805-b9ba-2c3f1af01871', slaPolicy.fields.version],
  ),
});
