import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { offer } from '../identifiers';

export default defineView({
  universalIdentifier: '91507846-5c41-4d86-84c1-c57f540cb221',
  name: 'All offers',
  objectUniversalIdentifier: offer.object,
  icon: 'IconGift',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['67cb26ff-359b-4744-85d1-96dfddae04fc', offer.fields.name, 240],
    ['4cabbff9-6ef2-48ef-b6e7-ea22a590f8dc', offer.fields.problem, 220],
    ['8fc28696-9a01-4664-a03d-6e81e7353646', offer.fields.headline, 280],
    ['9801a491-8d02-4124-b41c-0d0811d85bc7', offer.fields.kind, 160],
    ['339f0a11-70ff-46f8-a165-5cb5d916af23', offer.fields.status, 160],
    ['6c1e0feb-1d47-46d4-a6bc-05ba40ad97bc', offer.fields.value, 160],
    ['e369140a-8240-4d0b-a9a4-837b18996447', offer.fields.person, 180],
    ['8ea918e8-148f-49b1-b687-ca6ded681d63', offer.fields.interaction, 160],
    ['bcb1c1d2-1fcd-48f8-97d8-47346a5c7169', offer.fields.campaign, 160],
    ['8a2c95a3-6682-4ec2-85b2-5560a8165586', offer.fields.presentedBy, 160],
    ['8773942e-81c4-4271-ae24-9fef0565a858', offer.fields.validUntil, 160],
    ['faf4e547-b20f-4791-a9a2-e7ecea1e2aab', offer.fields.respondedAt, 160],
  ),
  sorts: [
    {
      universalIdentifier: 'baab216a-7246-469e-af7e-7abfa4ac93db',
      fieldMetadataUniversalIdentifier: offer.fields.validUntil,
      direction: ViewSortDirection.ASC,
    },
  ],
});
