import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { automationRule, folder } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '359d85d7-543d-4089-9039-6f94512adeb0',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconBolt',
  position: 11,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: automationRule.object,
});
