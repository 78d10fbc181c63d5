import { defineViewField, STANDARD_OBJECT } from 'twenty-sdk/define';
import { person } from '../standard';

const { universalIdentifier, viewFieldGroups } = STANDARD_OBJECT.person.views.personRecordPageFields;

export default defineViewField({
  universalIdentifier: '7ba81f61-9e6f-4737-9ca8-441840bd2a30',
  viewUniversalIdentifier: universalIdentifier,
  viewFieldGroupUniversalIdentifier: viewFieldGroups.general.universalIdentifier,
  fieldMetadataUniversalIdentifier: person.fields.serviceLastContactAt,
  position: 20,
  isVisible: true,
});
