import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: '8a731fcb-8bd0-45d1-904a-6b5f785410e9',
  objectUniversalIdentifier: lead.object,
  fields: [{ universalIdentifier: 'e478db55-249a-451b-b616-314010ded58f', fieldUniversalIdentifier: lead.fields.queue }],
});
