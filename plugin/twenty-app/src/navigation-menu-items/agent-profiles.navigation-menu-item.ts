import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { agentProfile, folder } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: 'ca3bd1ef-654d-4f32-8126-f58903323ce2',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconHeadset',
  position: 6,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: agentProfile.object,
});
