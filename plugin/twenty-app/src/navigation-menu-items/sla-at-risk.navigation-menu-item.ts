import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, views } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: 'b2984a92-c35a-4ce4-9f6e-d1267b4a6055',
  type: NavigationMenuItemType.VIEW,
  name: 'SLA at risk',
  icon: 'IconClockExclamation',
  position: 3,
  folderUniversalIdentifier: folder,
  viewUniversalIdentifier: views.slaAtRisk,
});
