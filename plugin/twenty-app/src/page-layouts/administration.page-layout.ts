import { definePageLayout, PageLayoutTabLayoutMode } from 'twenty-sdk/define';
import { frontComponents, pageLayouts } from '../identifiers';
import { frontComponent } from '../kit/widgets';

export default definePageLayout({
  universalIdentifier: pageLayouts.administration,
  name: 'Administration',
  type: 'STANDALONE_PAGE',
  tabs: [
    {
      universalIdentifier: '9895a372-2dec-42a9-9fd1-697023711fa7',
      title: 'Administration',
      position: 0,
      icon: 'IconSettings',
      layoutMode: PageLayoutTabLayoutMode.CANVAS,
      widgets: [frontComponent('a8085057-acf0-469e-a2d6-ec57ea2f70cf', 'Administration', frontComponents.administration)],
    },
  ],
});
