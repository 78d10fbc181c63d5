import { definePageLayout } from 'twenty-sdk/define';
import { recordPage } from '../kit/record-page';
import { campaign, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: '80eacb30-7edb-434f-b4ff-1bbfa28609e4',
    name: 'Campaign page',
    object: campaign.object,
    fields: recordFields.campaign,
    tabs: {
      home: { tab: '4a0775e4-6eb7-406e-8b88-b1f886852be0', widget: '07ad2647-3b5d-411b-8dfb-4494dba9f852' },
      timeline: { tab: '208d0efa-e9f0-41d5-be55-3caea27dd642', widget: 'd5c9181e-c997-48bc-9428-40394c6267c9' },
      tasks: { tab: '018a35a5-b01c-4f36-aeb6-42875f30bee4', widget: '3722106f-bb2f-4c6a-8f46-b720d6c1154e' },
      notes: { tab: '7f2f54f3-7d8f-4655-9c96-534153862354', widget: 'c45354f8-60aa-44ec-9d65-918b381e0355' },
      files: { tab: 'ce87b596-6d58-465c-bba0-8d21c2e4c299', widget: 'e249fde1-f823-420d-8d37-8ccd84b43388' },
    },
    related: [['39891b20-1032-4c7c-aa88-9a2f35861b2b', 'Leads', campaign.fields.leads]],
  }),
);
