import { defineObject } from 'twenty-sdk/define';
import { fieldsOf } from '../kit/fields';
import { automationRule } from '../identifiers';

const field = fieldsOf(automationRule.fields);

export default defineObject({
  universalIdentifier: automationRule.object,
  nameSingular: 'automationRule',
  namePlural: 'automationRules',
  labelSingular: 'Automation rule',
  labelPlural: 'Automation rules',
  description: 'What the contact center does by itself when something happens',
  icon: 'IconBolt',
  labelIdentifierFieldMetadataUniversalIdentifier: automationRule.fields.name,
  fields: [
    field.text('name', 'Name', 'What the rule is called', { icon: 'IconAbc', editable: true }),
    field.flag('active', 'Active', 'Off means that the rule is not tried', { icon: 'IconPower', initially: false, editable: true }),
    field.whole('rank', 'Order', 'Rules are tried from the lowest number', { icon: 'IconSortAscendingNumbers', editable: true }),
    field.text('trigger', 'Trigger', 'Events such as interaction.opened, or a schedule such as at 0 8 * * 1-5 in Europe/Prague', {
      icon: 'IconPlayerPlay',
      editable: true,
    }),
    field.text('condition', 'Condition', 'What must hold, in CEL; empty is always', { icon: 'IconFilter', editable: true, lines: 99 }),
    field.text('actions', 'Actions', 'What is done, in YAML: a list of actions with their settings', {
      icon: 'IconListCheck',
      editable: true,
      lines: 99,
    }),
    field.flag('stopOnMatch', 'Stop on match', 'Later rules are not tried when this one applies', {
      icon: 'IconHandStop',
      initially: false,
      editable: true,
    }),
    field.whole('version', 'Version', 'How many times it was changed', { icon: 'IconVersions' }),
    field.moment('lastRunAt', 'Last run', 'When it last applied', { icon: 'IconClock' }),
    field.text('problem', 'Problem', 'Why the last edit made here was refused; empty when all is well', { icon: 'IconAlertTriangle' }),
  ],
});
