import { definePageLayoutTab, PageLayoutTabLayoutMode, STANDARD_PAGE_LAYOUT } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { frontComponent } from '../kit/widgets';

export default definePageLayoutTab({
  universalIdentifier: '01651ea4-7c51-4506-97d3-b2f906257d63',
  pageLayoutUniversalIdentifier: STANDARD_PAGE_LAYOUT.personRecordPage.universalIdentifier,
  title: 'Service',
  position: 25,
  icon: 'IconHeadset',
  layoutMode: PageLayoutTabLayoutMode.CANVAS,
  widgets: [frontComponent('eea87882-406b-48c6-8a71-df671e71b360', 'Service', frontComponents.serviceTab)],
});
