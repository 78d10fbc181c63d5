import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, pageLayouts } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '02723fa1-5724-4ddf-8a73-d1d54f274105',
  type: NavigationMenuItemType.PAGE_LAYOUT,
  name: 'Administration',
  icon: 'IconSettings',
  position: 12,
  folderUniversalIdentifier: folder,
  pageLayoutUniversalIdentifier: pageLayouts.administration,
});
