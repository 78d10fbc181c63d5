import { defineIndex } from 'twenty-sdk/define';
import { queueMember } from '../identifiers';

export default defineIndex({
  universalIdentifier: '96a28c2d-1615-4470-8d7c-c6d3eda2a3b1',
  objectUniversalIdentifier: queueMember.object,
  fields: [{ universalIdentifier: '52538fa6-39c9-4831-a403-369d46743195', fieldUniversalIdentifier: queueMember.fields.queue }],
});
