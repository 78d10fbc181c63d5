import { defineIndex } from 'twenty-sdk/define';
import { interaction } from '../identifiers';

export default defineIndex({
  universalIdentifier: 'd9b45564-fe70-4d2d-bb97-f3a71a08fbbd',
  objectUniversalIdentifier: interaction.object,
  fields: [
    { universalIdentifier: 'a9bc378c-13a6-43c5-8d8b-2c4768dfb7fe', fieldUniversalIdentifier: interaction.fields.assignee },
    { universalIdentifier: '5299dfdd-44d1-4a92-9998-4da7b86e6e6b', fieldUniversalIdentifier: interaction.fields.status },
  ],
});
