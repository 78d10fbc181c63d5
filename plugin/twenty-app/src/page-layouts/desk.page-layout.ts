import { definePageLayout, PageLayoutTabLayoutMode } from 'twenty-sdk/define';
import { frontComponents, pageLayouts } from '../identifiers';
import { frontComponent } from '../kit/widgets';

export default definePageLayout({
  universalIdentifier: pageLayouts.desk,
  name: 'Desk',
  type: 'STANDALONE_PAGE',
  tabs: [
    {
      universalIdentifier: 'ac61cb08-5357-45e7-88cf-39bb26c50706',
      title: 'Desk',
      position: 0,
      icon: 'IconHeadphones',
      layoutMode: PageLayoutTabLayoutMode.CANVAS,
      widgets: [frontComponent('9a4ba567-275c-4df1-b341-17545e6e86f1', 'Desk', frontComponents.desk)],
    },
  ],
});
