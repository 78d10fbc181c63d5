import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: '20affcaf-f80f-4c27-9041-3e56bfdf3427',
  objectUniversalIdentifier: interaction.object,
  fields: [{ universalIdentifier: 'fd026bdf-a35c-4a21-ac89-ed9fe6b9f1e6', fieldUniversalIdentifier: interaction.fields.person }],
});
