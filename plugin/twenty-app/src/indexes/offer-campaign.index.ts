import { defineIndex } from 'twenty-sdk/define';
import { offer } from '../identifiers';

export default defineIndex({
  universalIdentifier: '4d5e845f-f661-46c9-90fa-cf3d732a721b',
  objectUniversalIdentifier: offer.object,
  fields: [{ universalIdentifier: '6180de0c-526c-4974-ba94-13ee9261dfbc', fieldUniversalIdentifier: offer.fields.campaign }],
});
