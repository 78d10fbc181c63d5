import { defineViewField, STANDARD_OBJECT } from 'twenty-sdk/define';
import { person } from '../standard';

const { universalIdentifier, viewFieldGroups } = STANDARD_OBJECT.person.views.personRecordPageFields;

export default defineViewField({
  universalIdentifier: '8defcff0-7cdd-43fa-aaaa-b69e24112a7f',
  viewUniversalIdentifier: universalIdentifier,
  viewFieldGroupUniversalIdentifier: viewFieldGroups.general.universalIdentifier,
  fieldMetadataUniversalIdentifier: person.fields.serviceLastContactBy,
  position: 22,
  isVisible: true,
});
