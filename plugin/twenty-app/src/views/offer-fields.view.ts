import { defineView, ViewType } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { offer, recordFields } from '../identifiers';

export default defineView({
  universalIdentifier: recordFields.offer,
  name: 'Offer fields',
  objectUniversalIdentifier: offer.object,
  icon: 'IconList',
  type: ViewType.FIELDS_WIDGET,
  position: 9,
  fields: columns(
    ['ab1a50f6-e277-4cdb-9962-c478014eca1d', offer.fields.problem],
    ['59e83653-4c8c-4755-ad31-dffb0e72326d', offer.fields.headline],
    ['47bda8e5-387b-4d4d-a292-d056fc1fe0c3', offer.fields.kind],
    ['509bca28-4310-4793-afff-bbc6931a49b9', offer.fields.status],
    ['1f6efdb8-70b9-4fe2-a3ff-5b443c7b970a', offer.fields.value],
    ['cb1743ca-9543-4aa4-af47-422338625ce8', offer.fields.validUntil],
    ['5b7550c1-6bd1-4af8-bfc1-2c64b7d8f030', offer.fields.respondedAt],
    ['dbb2d8d4-f23a-4bef-8c97-3090bc7338c5', offer.fields.person],
    ['cafc9b1f-8341-454e-9637-1adb0e320833', offer.fields.interaction],
    ['3ccfd165-0556-40f3-b0f6-d79d01fae3eb', offer.fields.campaign],
    ['3ae85098-dfd4-48b5-92ac-ad2b96a1b111', offer.fields.presentedBy],
  ),
});
