import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: '67b0a038-13e5-4a88-a5af-2887f5330a2e',
  objectUniversalIdentifier: interaction.object,
  fields: [
    { universalIdentifier: 'a678a839-5994-49e1-a99e-d2131d27573d', fieldUniversalIdentifier: interaction.fields.slaStatus },
    { universalIdentifier: '2fe03d5c-6778-4b38-9e55-324a84c9529b', fieldUniversalIdentifier: interaction.fields.slaDueAt },
  ],
});
