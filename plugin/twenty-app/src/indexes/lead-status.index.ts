import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: '551414cf-4111-4539-85cf-79bbb599bb2b',
  objectUniversalIdentifier: lead.object,
  fields: [
    { universalIdentifier: '8cfa9293-4114-4d2e-a100-d114f83101c7', fieldUniversalIdentifier: lead.fields.status },
    { universalIdentifier: 'effac78a-185a-497b-aa30-d1be3fb6c638', fieldUniversalIdentifier: lead.fields.score },
  ],
});
