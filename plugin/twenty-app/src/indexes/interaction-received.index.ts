import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: '976f9fbb-850e-451a-9278-078f1a49c3a2',
  objectUniversalIdentifier: interaction.object,
  fields: [{ universalIdentifier: 'a029b0bd-e842-43ff-8f2b-a3f9433feecf', fieldUniversalIdentifier: interaction.fields.receivedAt }],
});
