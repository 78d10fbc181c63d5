import { defineView, ViewKey, ViewSortDirection } from 'twenty-sdk/define';
import { columns } from '../kit/columns';
import { interaction, views } from '../identifiers';

export default defineView({
  universalIdentifier: views.interactions,
  name: 'All interactions',
  objectUniversalIdentifier: interaction.object,
  icon: 'IconMessages',
  key: ViewKey.INDEX,
  position: 0,
  fields: columns(
    ['8aa2d0d3-f87a-4d0c-9e79-b5ee53691d51', interaction.fields.name, 280],
    ['fb9cc798-3978-4ccd-b902-94e8b0573214', interaction.fields.problem, 220],
    ['0d14bee7-54e0-49ac-8ad1-649545f7ea8c', interaction.fields.status, 160],
    ['c7c1e777-72a7-4c72-9db0-f0ff48d53f8a', interaction.fields.channel, 160],
    ['1cc7f9bc-49a2-44f0-9290-19541fac8e49', interaction.fields.direction, 120],
    ['480b5e02-a673-4d9d-bdd5-72fc9e844822', interaction.fields.queue, 160],
    ['1cd1511a-1ca5-4637-8e31-eedb7100e17a', interaction.fields.agentProfile, 160],
    ['ff7931b3-752f-47d7-a8cf-db1d816938fa', interaction.fields.person, 180],
    ['10e8d360-4488-4674-9f0d-5d7ce367efdf', interaction.fields.priority, 100],
    ['f3ac3e44-cad2-4abc-b8b2-741fcbdf9729', interaction.fields.slaStatus, 160],
    ['6aa3ed30-5897-4461-b55b-da4b1f535da9', interaction.fields.receivedAt, 160],
    ['b184b546-d967-4199-9e2f-5cccc0285786', interaction.fields.closedAt, 160],
    ['d5c643f9-7fe9-4822-aae0-0c5118990185', interaction.fields.disposition, 160],
  ),
  sorts: [
    {
      universalIdentifier: '9227200a-5fb8-478a-bfd7-f6cc18169d04',
      fieldMetadataUniversalIdentifier: interaction.fields.receivedAt,
      direction: ViewSortDirection.DESC,
    },
  ],
});
