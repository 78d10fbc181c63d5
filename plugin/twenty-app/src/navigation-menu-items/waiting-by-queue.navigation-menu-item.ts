import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, views } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '3aa66e7e-3bf1-40c1-8168-8a2b7b7febe0',
  type: NavigationMenuItemType.VIEW,
  name: 'Waiting',
  icon: 'IconHourglass',
  position: 2,
  folderUniversalIdentifier: folder,
  viewUniversalIdentifier: views.waitingByQueue,
});
