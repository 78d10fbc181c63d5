import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { automationRule } from '../identifiers';

export default defineView({
  universalIdentifier: '5cef65e8-9381-4f09-bfa8-e613d9f091e0',
  name: 'All automation rules',
  objectUniversalIdentifier: automationRule.object,
  icon: 'IconBolt',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['f162c94a-cb0f-4696-b159-6108e9bacfcf', automationRule.fields.name, 260],
    ['b28d32dc-4725-4849-b0e7-97b997e8cdd8', automationRule.fields.problem, 220],
    ['7f4fa34c-8678-4ec1-aa98-c93b65ab5f24', automationRule.fields.active, 100],
    ['02d59a7c-3589-48e2-a90e-36cc73fbd07d', automationRule.fields.rank, 100],
    ['2c217873-5c7a-4a6d-aa8e-8300408db101', automationRule.fields.trigger, 180],
    ['fcf717ec-a68a-4949-8fb8-d27b5155cab6', automationRule.fields.condition, 220],
    ['e3886ecd-90e3-45d9-adb0-32bdc7b0e784', automationRule.fields.actions, 220],
    ['4bbe2a68-10de-4bf2-9e99-915c687cb897', automationRule.fields.stopOnMatch, 140],
    ['4dd19e50-66c4-481d-b1c1-15d6882786f2', automationRule.fields.lastRunAt, 160],
    ['1a55354b-ffbd-49c4-9d27-cda78b78f247', automationRule.fields.version, 100],
  ),
  sorts: [
    {
      universalIdentifier: 'b5cb0503-f929-4bca-ac94-75ee7735537b',
      fieldMetadataUniversalIdentifier: automationRule.fields.rank,
      direction: ViewSortDirection.ASC,
    },
  ],
});
