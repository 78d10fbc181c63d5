import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, slaPolicy } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '4e4aa3c0-6f90-4802-8e4d-f450c758500d',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconClockExclamation',
  position: 7,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: slaPolicy.object,
});
