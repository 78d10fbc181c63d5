import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { folder, views } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '7d83a9c6-122e-457b-908e-e46a7a5a32e8',
  type: NavigationMenuItemType.VIEW,
  name: 'My work',
  icon: 'IconInbox',
  position: 1,
  folderUniversalIdentifier: folder,
  viewUniversalIdentifier: views.myWork,
});
