import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'c673e70c-f230-47da-b4ce-04ff34eb083b',
  objectUniversalIdentifier: lead.object,
  fields: [{ universalIdentifier: 'affe56ac-f3bd-447c-8bd9-82e2acdd5cdb', fieldUniversalIdentifier: lead.fields.opportunity }],
});
