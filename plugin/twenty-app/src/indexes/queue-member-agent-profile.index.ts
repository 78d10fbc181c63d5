import { defineIndex } from 'twenty-sdk/define';
import { queueMember } from '../identifiers';

export default defineIndex({
  universalIdentifier: '6d37b3a5-14d6-410a-ba69-5df8b1b8c482',
  objectUniversalIdentifier: queueMember.object,
  fields: [{ universalIdentifier: '7acf3e72-b58b-444e-adc3-47ae8b17a27f', fieldUniversalIdentifier: queueMember.fields.agentProfile }],
});
