import { definePageLayout } from 'twenty-sdk/define';
import { administration, recordPage } from '../kit/record-page';
import { frontComponents, recordFields, slaPolicy } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: '1ed1b8be-e3c1-4b24-b122-d8848a48d12c',
    name: 'SLA policy page',
    object: slaPolicy.object,
    fields: recordFields.slaPolicy,
    notice: ['8eed2381-3d6a-42f6-8b89-728d6ba5a28e', frontComponents.slaPolicyNotice],
    own: [administration('5db82061-febd-41fb-a9c5-249834b030c2', 'ead2e7a1-779e-4bc5-a1ff-7d6c4d4d320b')],
    tabs: {
      home: { tab: 'a6d0fef2-8e85-4ffb-b526-2487cc2b91b8', widget: '46b4838f-c034-4156-bd57-e0f8c904d22c' },
      timeline: { tab: '78a3bb60-2985-40b5-bcfd-bba07a2723a4', widget: 'cb39ef50-b230-41e3-8fe2-1db74347fd74' },
      tasks: { tab: 'd20fb98c-f7f8-4f3e-8464-9fe1021648b1', widget: 'c3db7f54-f02e-48e2-a4db-08c783f20e94' },
      notes: { tab: '677feacd-2e59-4ce5-a1b1-762f628b2a81', widget: 'd342c4ca-78af-4a4b-b0b6-733d37d5c014' },
      files: { tab: 'f1c77a79-9d05-422f-94c2-770f81c50f77', widget: '53701894-f3d4-42a2-97c9-8505ce68c0c4' },
    },
    related: [['a9f450f2-721e-402c-a01c-f3e5178377cb', 'Queues', slaPolicy.fields.queues]],
  }),
);
