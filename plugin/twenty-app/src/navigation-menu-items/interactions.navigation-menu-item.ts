import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, interaction } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '0fe8935f-0380-443d-8ab9-ac54896c9b46',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconMessages',
  position: 4,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: interaction.object,
});
