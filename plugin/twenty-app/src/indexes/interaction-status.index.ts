import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: '6270e22f-4b14-4ddc-a14e-aa9ea5f86c78',
  objectUniversalIdentifier: interaction.object,
  fields: [
    { universalIdentifier: '9d22da55-1056-4446-b229-700dabec4b35', fieldUniversalIdentifier: interaction.fields.status },
    { universalIdentifier: '34a14399-a7f6-4b1a-97d1-b19210ba696b', fieldUniversalIdentifier: interaction.fields.queuedAt },
  ],
});
