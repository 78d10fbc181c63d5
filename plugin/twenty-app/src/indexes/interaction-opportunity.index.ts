import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'c5957c0a-fcce-4d4d-b203-a968a35130b9',
  objectUniversalIdentifier: interaction.object,
  fields: [{ universalIdentifier: '567608b0-e6e6-4ab3-b007-6bd9e72b0927', fieldUniversalIdentifier: interaction.fields.opportunity }],
});
