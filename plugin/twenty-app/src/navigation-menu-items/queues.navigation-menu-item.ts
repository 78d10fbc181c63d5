import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, queue } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: 'aff975d4-903c-4d16-8baa-d1b5e0aa08ba',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconStack2',
  position: 5,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: queue.object,
});
