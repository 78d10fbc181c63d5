import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { queue, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.queue,
  name: 'Queue fields',
  objectUniversalIdentifier: queue.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['a82ae014-1a0c-4655-85df-dbb6613371cb', queue.fields.problem],
    ['0fb35768-7804-49b7-8d2b-25923ab45a47', queue.fields.department],
    ['404c0f11-0f3d-4d60-8719-ad9e2a4b2d39', queue.fields.priority],
    ['09c4dac6-95be-44bc-b944-f3975a230f71', queue.fields.strategy],
    ['968f9f5e-8555-4230-bc99-afc905be8d85', queue.fields.skills],
    ['f7356998-eb8e-4de7-9566-681292025b50', queue.fields.offerTimeoutSeconds],
    ['c62019ad-b103-4375-bbe9-798afb2b5486', queue.fields.stickySeconds],
    ['58bfe516-2b38-4400-8aad-9576892ef32c', queue.fields.askAgainAfterSeconds],
    ['067e1189-1d80-4e6c-bed7-65e4a9304582', queue.fields.maxPerAgent],
    ['1b130a7d-f868-45b7-b8e7-a27a04ed48d0', queue.fields.keepsPlace],
    ['bf6ced51-c855-4b89-b2b9-df60511b3bba', queue.fields.wrapUp],
    ['11c29184-1edc-4dee-bbdb-43fb80805f0c', queue.fields.overflowAfterSeconds],
    ['fad91f52-9e85-4809-9491-6450b6a8d886', queue.fields.overflowQueue],
    ['9ab9bdda-8d86-4a39-be4d-550a1060e49a', queue.fields.slaPolicy],
    ['10f775f9-eec7-4453-b16a-53e100989416', queue.fields.active],
  ),
});
