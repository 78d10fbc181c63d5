import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, offer } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '24a70bc2-a1b0-44d4-bf20-334521231814',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconGift',
  position: 12,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: offer.object,
});
