import { defineFrontComponent } from 'twenty-sdk/define';
import { useSelectedRecordIds, useTranslate } from 'twenty-sdk/front-component';
import { frontComponents } from '../identifiers';
import { Shell } from './shell';

const DeskTab = () => {
  const { t } = useTranslate();
  const [interaction] = useSelectedRecordIds();
  return <Shell page="desk/" title={t('Desk')} facts={{ host: 'crm', interaction }} />;
};

export default defineFrontComponent({
  universalIdentifier: frontComponents.deskTab,
  name: 'desk-tab',
  description: 'The desk, with the interaction of the record open',
  component: DeskTab,
});
