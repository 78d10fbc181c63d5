import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, views } from '../identifiers';

/** By its view: an item that leads to the object opens whichever of its views somebody looked at last. */
export default defineNavigationMenuItem({
  universalIdentifier: '0fe8935f-0380-443d-8ab9-ac54896c9b46',
  type: NavigationMenuItemType.VIEW,
  name: 'All interactions',
  icon: 'IconMessages',
  position: 4,
  folderUniversalIdentifier: folder,
  viewUniversalIdentifier: views.interactions,
});
