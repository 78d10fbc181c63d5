import { defineViewField, STANDARD_OBJECT } from 'twenty-sdk/define';
import { person } from '../standard';

const { universalIdentifier, viewFieldGroups } = STANDARD_OBJECT.person.views.personRecordPageFields;

export default defineViewField({
  universalIdentifier: 'a2a2c470-44b3-4974-aa62-ace3c2792ddd',
  viewUniversalIdentifier: universalIdentifier,
  viewFieldGroupUniversalIdentifier: viewFieldGroups.general.universalIdentifier,
  fieldMetadataUniversalIdentifier: person.fields.serviceLastContactChannel,
  position: 21,
  isVisible: true,
});
