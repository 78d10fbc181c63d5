import { definePageLayout } from 'twenty-sdk/define';
import { recordPage } from '../kit/record-page';
import { offer, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: '79f67ad4-cd8f-43fe-931f-a8f81ebbfe11',
    name: 'Offer page',
    object: offer.object,
    fields: recordFields.offer,
    tabs: {
      home: { tab: '3e7dd06c-7bc9-403a-993c-80700f94fe2b', widget: '8eef576d-1be8-42bc-8f0e-bd9201e9ff3a' },
      timeline: { tab: 'f039c3aa-b18a-48c1-ba5c-4f4509e3c7bf', widget: '55b369f0-c2bb-4d30-950a-91150fd9077c' },
      tasks: { tab: 'e1330811-1582-48fd-bb05-3dc9d52f91ab', widget: 'e826f3b0-3d4f-4ca8-b3b1-55f63ea45d32' },
      notes: { tab: 'c4598b2f-852d-4d85-b724-a1194c691785', widget: '20f3401a-5ca8-4ba8-bb11-fd2a200c0a60' },
      files: { tab: '9a693701-ac41-495f-9809-ffa3e772efc7', widget: '8590ddbc-5e6f-45aa-82ea-11cb9107a70a' },
    },
  }),
);
