import { definePageLayout } from 'twenty-sdk/define';
import { administration, recordPage } from '../kit/record-page';
import { automationRule, frontComponents, recordFields } from '../identifiers';

export default definePageLayout(
  recordPage({
    universalIdentifier: 'ee8b168d-6748-4848-980a-f24c4a421f1f',
    name: 'Automation rule page',
    object: automationRule.object,
    fields: recordFields.automationRule,
    notice: ['287135da-4631-4ee5-8260-60a44686a93f', frontComponents.automationRuleNotice],
    own: [administration('fb6b6d80-6010-46e0-a15e-f51b7ad2d29d', 'f0794f50-58a4-402f-91d8-327e1f242336')],
    tabs: {
      home: { tab: '1873cda5-932a-408c-a855-8f0487dc5c04', widget: 'a01017c6-dc7f-44af-8423-9bdb5a2c6019' },
      timeline: { tab: '2da53207-c351-4264-ac3b-573b5e711445', widget: '63b1e307-4083-4de4-95aa-d03fef582f58' },
      tasks: { tab: '9a239ea4-5410-43bc-8fb8-d0f93f7670bf', widget: '7deb2145-0095-4825-9026-099fd359d353' },
      notes: { tab: '58c13921-93fe-476b-be1c-1b670142496b', widget: 'cde23e47-bdf5-4315-b336-58b36ab1d187' },
      files: { tab: '9b7b55f6-723b-4acb-9947-325ae65cbefb', widget: '9d723a6d-8f22-4760-a713-f1c932f6fb4b' },
    },
  }),
);
