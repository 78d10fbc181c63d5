import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'ed4e1e60-12b7-4af4-9c74-a3d9f131e0b1',
  objectUniversalIdentifier: lead.object,
  fields: [{ universalIdentifier: 'a59ec31f-8daa-4aed-ba3c-7f0ff95bf38e', fieldUniversalIdentifier: lead.fields.company }],
});
