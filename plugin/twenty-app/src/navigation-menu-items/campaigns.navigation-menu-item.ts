import { defineNavigationMenuItem, NavigationMenuItemType } from 'twenty-sdk/define';
import { campaign, folder } from '../identifiers';

export default defineNavigationMenuItem({
  universalIdentifier: '0a63f52b-8204-421a-9b98-2e6d094f5e8f',
  type: NavigationMenuItemType.OBJECT,
  icon: 'IconSpeakerphone',
  position: 10,
  folderUniversalIdentifier: folder,
  targetObjectUniversalIdentifier: campaign.object,
});
