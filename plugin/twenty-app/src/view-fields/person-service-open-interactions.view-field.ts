import { defineViewField, STANDARD_OBJECT } from 'twenty-sdk/define';
import { person } from '../standard';

const { universalIdentifier, viewFieldGroups } = STANDARD_OBJECT.person.views.personRecordPageFields;

export default defineViewField({
  universalIdentifier: '94686eec-17dc-4b75-bcb1-735bd16068b5',
  viewUniversalIdentifier: universalIdentifier,
  viewFieldGroupUniversalIdentifier: viewFieldGroups.general.universalIdentifier,
  fieldMetadataUniversalIdentifier: person.fields.serviceOpenInteractions,
  position: 23,
  isVisible: true,
});
