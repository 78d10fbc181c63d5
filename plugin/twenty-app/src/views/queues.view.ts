import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { queue } from '../identifiers';

export default defineView({
  universalIdentifier: 'b26ff2de-d606-4b15-a1b2-9b680ac00892',
  name: 'All queues',
  objectUniversalIdentifier: queue.object,
  icon: 'IconStack2',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['2945d7fc-0e4f-4db0-ac74-0d73d220f753', queue.fields.name, 220],
    ['d9acfdf4-de87-4da5-a833-d68609c63cf7', queue.fields.problem, 220],
    ['7cdd1cbb-7d7c-44d2-ba64-fa4680106907', queue.fields.department, 160],
    ['5d7dc2f7-8180-4138-88c3-780b755a11fa', queue.fields.priority, 120],
    ['af0ed46c-029a-4bf7-bed1-6bddd87db0d5', queue.fields.strategy, 160],
    ['6fe4b0c7-d583-44c7-8e0c-b36ffe39e09b', queue.fields.skills, 200],
    ['169b3fce-47a8-4e4a-98d6-628b87f27d4d', queue.fields.offerTimeoutSeconds, 160],
    ['4cccdd59-bf40-4b34-954d-625de188da6b', queue.fields.maxPerAgent, 140],
    ['523b8db6-37bc-4099-8d38-345a16f3118f', queue.fields.slaPolicy, 160],
    ['88e9451d-66ca-4dfd-a48b-27fa1638c8f6', queue.fields.overflowQueue, 160],
    ['41346028-2159-40c0-934e-f56e27c72910', queue.fields.overflowAfterSeconds, 160],
    ['5f3fcd99-a4a6-479d-a24c-757f675f4d3b', queue.fields.active, 100],
  ),
  sorts: [
    {
      universalIdentifier: 'cd494756-5ecb-488b-9970-2f65cd6c8171',
      fieldMetadataUniversalIdentifier: queue.fields.priority,
      direction: ViewSortDirection.DESC,
    },
    {
      universalIdentifier: 'f5e49b94-a8b4-4bac-82bb-36a22119f718',
      fieldMetadataUniversalIdentifier: queue.fields.name,
      direction: ViewSortDirection.ASC,
    },
  ],
});
