import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: '9355d823-fc0b-4e5e-a275-27e10af47d0a',
  objectUniversalIdentifier: lead.object,
  fields: [{ universalIdentifier: '0a97ba8b-74d0-457e-8b5a-f73b2f555f8e', fieldUniversalIdentifier: lead.fields.person }],
});
