import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, pageLayouts } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '0f6a705c-04c2-4f14-a483-1c8c4d303485',
  type: NavigationMenuItemType.PAGE_LAYOUT,
  name: 'Desk',
  icon: 'IconHeadphones',
  position: 0,
  folderUniversalIdentifier: folder,
  pageLayoutUniversalIdentifier: pageLayouts.desk,
});
