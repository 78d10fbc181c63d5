import { defineIndex } from 'twenty-sdk/define';
import { lead } from '../identifiers';

export default defineIndex({
  universalIdentifier: '8585ca59-6bd9-4178-a8c4-8d6d62f07c74',
  objectUniversalIdentifier: lead.object,
  fields: [{ universalIdentifier: '2652fc77-6cca-4995-ab7d-230f20ab82f6', fieldUniversalIdentifier: lead.fields.campaign }],
});
