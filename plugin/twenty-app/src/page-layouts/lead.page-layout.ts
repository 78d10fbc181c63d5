import { definePageLayout } from 'twenty-sdk/define';
import { recordPage } from '../kit/record-page';
import { lead, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: 'd078ce3a-47bf-4aea-90f0-483d622a890e',
    name: 'Lead page',
    object: lead.object,
    fields: recordFields.lead,
    tabs: {
      home: { tab: '8559e265-2cf1-47b2-b3c1-a0b81da87fd4', widget: 'ad7c230a-f85e-4e01-9a1b-38f5be88aca6' },
      timeline: { tab: '56eef94e-3c49-42e4-b152-db25c89ddc59', widget: '8e3faaaa-6554-4e31-b9a2-ac3ef6e20d32' },
      tasks: { tab: '25f787cb-2bd2-47ff-87f3-11959627b7dd', widget: 'be65c62b-ac3e-4a2c-8c81-46c5386923f6' },
      notes: { tab: 'bcaa65dc-7a40-4cca-94eb-7d77e1aa0603', widget: 'd049bb05-893c-436e-93f8-8f33731611c1' },
      files: { tab: 'f856167c-15d3-4d5b-9933-94b25608d313', widget: '830b565c-62ba-4372-9b2f-25bbcbde236d' },
    },
  }),
);
