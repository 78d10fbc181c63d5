import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { automationRule, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.automationRule,
  name: 'Automation rule fields',
  objectUniversalIdentifier: automationRule.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['89b0f736-3ed3-4193-b706-4914f8eb6182', automationRule.fields.problem],
    ['4fb8e728-88d1-4cf1-9deb-e83904c3a82c', automationRule.fields.active],
    ['08e0d1f1-b3ff-45ca-a402-401e28dd03fa', automationRule.fields.rank],
    ['4a8ccab2-0b7c-41c0-91aa-7714ac878ce5', automationRule.fields.trigger],
    ['016fbdd5-9a17-4e27-8971-176e6d70b31b', automationRule.fields.condition],
    ['00d0a7ab-7fd9-44ba-b135-c28d46fb1787', automationRule.fields.actions],
    ['c58aa8fb-05d6-4488-b874-8fbc19b9be8c', automationRule.fields.stopOnMatch],
    ['8e609367-47e4-4b46-81bf-05cb8b143974', automationRule.fields.version],
    ['8ccd286a-79fb-414d-b01d-9d55d7c95dcd', automationRule.fields.lastRunAt],
  ),
});
