import { definePageLayout } from 'twenty-sdk/define';
import { administration, recordPage } from '../kit/record-page';
import { agentProfile, frontComponents, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: '698cda92-344c-494d-ad4f-69018964abab',
    name: 'Agent profile page',
    object: agentProfile.object,
    fields: recordFields.agentProfile,
    notice: ['d1102bca-2d27-473c-9010-cf44bcd06e37', frontComponents.agentProfileNotice],
    own: [administration('f1bebe09-a9f4-4543-8ed8-940df9687fe9', 'e1835768-1c07-47cd-a787-0d6213004940')],
    tabs: {
      home: { tab: '13aac2f2-e930-4348-a075-400ef327d46b', widget: 'd2450f13-fded-4920-9f64-a8daf62632b0' },
      timeline: { tab: 'ecd32594-e086-4f74-b338-3914976c0c7a', widget: 'e472cf27-072e-4a1d-baf6-4edb42704e5f' },
      tasks: { tab: '64fa3ccc-db2d-45ba-bdb5-bfc549480108', widget: '310e3851-834b-4cd4-a90d-7cb6640a549f' },
      notes: { tab: '53e5ff76-0308-4741-900c-5ff003f3e8c2', widget: '8979ef2c-f573-468a-a239-58aaf741d1a8' },
      files: { tab: '18156edf-dd13-404f-8723-882582cc0b87', widget: '081ddc14-f342-482f-9d45-850a83011573' },
    },
    related: [
      ['39a6f348-c5a8-41e1-9fab-8cc7f0d7715d', 'Memberships', agentProfile.fields.memberships],
      ['650d5c25-68a7-4c25-958f-5d73d940d36a', 'Interactions', agentProfile.fields.interactions],
    ],
  }),
);
