import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: '4a8ef6a8-a867-429b-a1d7-93ebd917a494',
  objectUniversalIdentifier: interaction.object,
  fields: [{ universalIdentifier: '30cd60e6-8fa2-4079-b580-371b210f4c76', fieldUniversalIdentifier: interaction.fields.number }],
});
