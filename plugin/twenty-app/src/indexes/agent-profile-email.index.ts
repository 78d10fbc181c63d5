import { defineIndex } from 'twenty-sdk/define';
import { agentProfile } from '../identifiers';

export default defineIndex({
  universalIdentifier: '6d262e4b-e482-4937-9c91-53429d590354',
  objectUniversalIdentifier: agentProfile.object,
  fields: [{ universalIdentifier: 'e84e5d23-e95b-448b-868c-1d3f57ed033a', fieldUniversalIdentifier: agentProfile.fields.email }],
});
