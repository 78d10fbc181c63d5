import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: '4cdd46b2-dabf-4992-9803-df37ee61b4b0',
  objectUniversalIdentifier: lead.object,
  fields: [
    { universalIdentifier: '75331291-c07a-4e1a-83c7-44985f0962fa', fieldUniversalIdentifier: lead.fields.owner },
    { universalIdentifier: '7943b706-dc6f-4b58-82ca-3f2888bbc579', fieldUniversalIdentifier: lead.fields.nextContactAt },
  ],
});
