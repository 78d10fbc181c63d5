import { defineFrontComponent } from 'twenty-sdk/define';
import { useSelectedRecordIds, useTranslate } from 'twenty-sdk/front-component';
import { frontComponents } from '../identifiers';
import { Shell } from './shell';

const ServiceTab = () => {
  const { t } = useTranslate();
  const [customer] = useSelectedRecordIds();
  return <Shell page="desk/service.html" title={t('Service')} facts={{ customer }} />;
};

export default defineFrontComponent({
  universalIdentifier: frontComponents.serviceTab,
  name: 'service-tab',
  description: 'What the contact center knows about a customer',
  component: ServiceTab,
});
