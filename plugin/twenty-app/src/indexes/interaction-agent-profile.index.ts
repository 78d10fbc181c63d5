import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'df45b530-4c56-456b-a803-77ad7bbfe270',
  objectUniversalIdentifier: interaction.object,
  fields: [{ universalIdentifier: 'dc0a39fe-8e8c-4bcc-be31-ae9095f19682', fieldUniversalIdentifier: interaction.fields.agentProfile }],
});
