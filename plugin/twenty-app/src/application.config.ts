import { defineApplication, FieldType } from 'twenty-sdk/define';
import { application } from './identifiers';

/**
 * The contact center as an application of Twenty: its records as native objects, its views, and frames for the pages that the
 * engine serves. Nothing is decided here. The engine writes these records, and takes what people edit in them as commands.
 */
export default defineApplication({
  universalIdentifier: application,
  displayName: 'Patchbay',
  description: 'A contact center inside your CRM: interactions, queues, promises and the desk that agents work at',
  applicationVariables: {
    PATCHBAY_URL: {
      universalIdentifier: '6e92c873-3dbb-4fe9-8af5-46fcd65a161a',
      description: 'Where the engine is reached from a browser, for example https://patchbay.example.com',
      type: FieldType.TEXT,
      value: '',
      isSecret: false,
    },
  },
});
