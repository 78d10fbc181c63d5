import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { frontComponents } from '../identifiers';
import { Shell } from './shell';

const Desk = () => {
  const { t } = useTranslate();
  return <Shell page="desk/" title={t('Desk')} facts={{ host: 'crm' }} />;
};

export default defineFrontComponent({
  universalIdentifier: frontComponents.desk,
  name: 'desk',
  description: 'The place where an agent works',
  component: Desk,
});
