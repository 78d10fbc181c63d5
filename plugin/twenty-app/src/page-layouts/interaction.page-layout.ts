import { definePageLayout } from 'twenty-sdk/define';
import { administration, recordPage } from '../kit/record-page';
import { frontComponents, interaction, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: '76713116-26c9-4ba7-bb74-651b9327ed3c',
    name: 'Interaction page',
    object: interaction.object,
    fields: recordFields.interaction,
    notice: ['eab75500-5a61-4040-a873-e106e475cbea', frontComponents.interactionNotice],
    own: [
      [
        { tab: '335521e5-cc63-4557-a7e4-d2bafdbc8b92', widget: '0d17121f-d94c-4528-8f27-f9ef4407fa0f' },
        'Desk',
        'IconHeadphones',
        frontComponents.deskTab,
        15,
      ],
      administration('3c78fc5b-f065-4202-96d0-c91bd83b22de', '1295dc91-6521-44b6-a5ec-279279c807b3'),
    ],
    tabs: {
      home: { tab: 'cb305f38-9a82-4b67-aa62-71364b2ebf91', widget: 'c3125bf6-3c0d-41a6-b355-0e32fa6d5467' },
      timeline: { tab: 'e4692ee3-28a1-4525-a545-7fd65d275164', widget: '55a96145-27f4-4c2e-ab36-f0ad50f83999' },
      tasks: { tab: '5e3fbc7d-6fe5-48a5-b72e-e91c7e8f04b8', widget: '46246ed7-bfbb-48b6-962a-3e2226f973f3' },
      notes: { tab: '05a0e71a-1f04-466c-a8a8-5c23c355e455', widget: '60419e8b-4870-44db-81b2-0bfe6ccce38b' },
      files: { tab: '7a9c3687-6e5e-4e2f-acf8-8675bc6f0e6e', widget: '312e5b6e-1454-4259-94ae-886fc362a237' },
    },
  }),
);
