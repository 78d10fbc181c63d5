import { definePageLayout } from 'twenty-sdk/define';
import { administration, recordPage } from '../kit/record-page';
import { frontComponents, queue, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: 'f666b63c-c42f-4c27-8c99-ec41753a250c',
    name: 'Queue page',
    object: queue.object,
    fields: recordFields.queue,
    notice: ['df35daf6-6472-413f-b4dc-b00af2a62c6c', frontComponents.queueNotice],
    own: [administration('21749941-0c47-4789-b86b-c1fb14ac8efc', '04ba8db0-69f3-46d4-86cd-7aec69005db6')],
    tabs: {
      home: { tab: '04650d52-a247-4f90-ba1f-7e2f260293e7', widget: 'f638387a-2f0d-44e6-bf20-299e540ec0d1' },
      timeline: { tab: 'e1cdf1f7-82ff-4fea-87ee-ddd31d4383ae', widget: 'e3304611-6959-4283-b3de-13d6dd7c6d7e' },
      tasks: { tab: '53000bb4-ac59-49d2-82a1-c9a9a20d6245', widget: 'b2c1eb20-ff2a-4f72-9a28-c089525b2568' },
      notes: { tab: 'c3aa2237-0238-4bd6-bd3c-e0edbac48f31', widget: '56c78905-6798-46c6-85c6-aa4e63ba6989' },
      files: { tab: '81178ff3-dcf1-499a-8ff8-935bd4be3898', widget: '0b00be5a-3111-4203-8d32-2af5bd13954e' },
    },
    related: [
      ['931f1220-c285-4904-b03d-5334974a00c9', 'Members', queue.fields.members],
      ['a4c67e42-b52a-4240-b4cf-9ce7167f99ff', 'Interactions', queue.fields.interactions],
    ],
  }),
);
