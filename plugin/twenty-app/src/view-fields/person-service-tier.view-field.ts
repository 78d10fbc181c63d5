import { defineViewField, STANDARD_OBJECT } from 'twenty-sdk/define';
import { person } from '../standard';

const { universalIdentifier, viewFieldGroups } = STANDARD_OBJECT.person.views.personRecordPageFields;

export default defineViewField({
  universalIdentifier: '8a322fbc-1e8d-4906-8e21-e617878c0b32',
  viewUniversalIdentifier: universalIdentifier,
  viewFieldGroupUniversalIdentifier: viewFieldGroups.general.universalIdentifier,
  fieldMetadataUniversalIdentifier: person.fields.serviceTier,
  position: 23,
  isVisible: true,
});
