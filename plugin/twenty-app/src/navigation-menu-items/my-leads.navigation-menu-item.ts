import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, views } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '86e58dcc-7f40-4166-9d5c-1751370f7709',
  type: NavigationMenuItemType.VIEW,
  name: 'My leads',
  icon: 'IconUserHeart',
  position: 8,
  folderUniversalIdentifier: folder,
  viewUniversalIdentifier: views.myLeads,
});
