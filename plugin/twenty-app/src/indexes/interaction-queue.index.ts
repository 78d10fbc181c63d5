import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'b66b8f4b-a0f1-43bd-a9b6-3905804443a6',
  objectUniversalIdentifier: interaction.object,
  fields: [
    { universalIdentifier: '2752137e-e1ac-4cde-9538-8c2504930f35', fieldUniversalIdentifier: interaction.fields.queue },
    { universalIdentifier: 'b189e738-a819-45c5-9b96-88328a93f96d', fieldUniversalIdentifier: interaction.fields.status },
  ],
});
