import { defineCommandMenuItem } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';

export default defineCommandMenuItem({
  universalIdentifier: '0a77b73e-b341-4104-9b14-bc1fe7b451ef',
  label: 'Set your presence',
  shortLabel: 'Presence',
  isPinned: true,
  availabilityType: 'GLOBAL',
  frontComponentUniversalIdentifier: frontComponents.presence,
});
