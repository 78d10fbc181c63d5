import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: '1c1d0e1f-655b-4865-9fc6-bdc7b0b5f9ca',
  objectUniversalIdentifier: interaction.object,
  fields: [{ universalIdentifier: 'b67feacf-9f45-4a50-afc0-8063dcf45d88', fieldUniversalIdentifier: interaction.fields.company }],
});
