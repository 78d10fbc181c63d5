import { defineIndex } from 'twenty-sdk/define';
import { offer } from '../identifiers';

export default defineIndex({
  universalIdentifier: '972e6c25-8ba7-4de8-bdeb-964f622fcddf',
  objectUniversalIdentifier: offer.object,
  fields: [{ universalIdentifier: '76cbbf01-ecd9-48f8-b19c-7b4bf622e9a8', fieldUniversalIdentifier: offer.fields.interaction }],
});
