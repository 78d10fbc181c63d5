import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { queueMember, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.queueMember,
  name: 'Queue member fields',
  objectUniversalIdentifier: queueMember.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['d9ddfef2-8fc6-48ec-8a92-c5a4a0cbf007', queueMember.fields.problem],
    ['dff2e8f5-3424-4bfb-9867-b7b05a5761a3', queueMember.fields.queue],
    ['503f3727-cf7c-481d-9bf6-184d9114ced6', queueMember.fields.agentProfile],
    ['5545b19c-664d-44cd-a8ad-ccae99e60293', queueMember.fields.level],
  ),
});
