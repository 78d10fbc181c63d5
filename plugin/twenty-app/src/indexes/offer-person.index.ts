import { defineIndex } from 'twenty-sdk/define';
import { offer } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'c0c99775-73e3-4807-9edc-4ee7a2aa8ae5',
  objectUniversalIdentifier: offer.object,
  fields: [{ universalIdentifier: '66deeb3e-1213-41fb-ae89-c818044500af', fieldUniversalIdentifier: offer.fields.person }],
});
