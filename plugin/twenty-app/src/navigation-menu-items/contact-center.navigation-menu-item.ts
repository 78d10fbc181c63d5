import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: folder,
  type: NavigationMenuItemType.FOLDER,
  name: 'Contact center',
  icon: 'IconHeadset',
  color: 'blue',
  position: -1,
});
