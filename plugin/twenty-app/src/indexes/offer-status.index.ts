import { defineIndex } from 'twenty-sdk/define';
import { offer } from '../identifiers';

export default defineIndex({
  universalIdentifier: '82d200f6-507a-4c2a-a978-fcb766bf41d9',
  objectUniversalIdentifier: offer.object,
  fields: [
    { universalIdentifier: '90c102b8-dd76-433f-8c9f-7dff8c569198', fieldUniversalIdentifier: offer.fields.status },
    { universalIdentifier: '17528e39-2f0f-4e0e-a825-ee598b2106b9', fieldUniversalIdentifier: offer.fields.validUntil },
  ],
});
