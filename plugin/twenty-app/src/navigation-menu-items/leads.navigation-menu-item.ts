import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, lead } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: 'dd7a6fab-4f80-43f2-8098-da8fda37f4af',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconUserPlus',
  position: 9,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: lead.object,
});
