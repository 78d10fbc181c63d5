import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { frontComponents } from '../identifiers';
import { Shell } from './shell';

const Administration = () => {
  const { t } = useTranslate();
  return <Shell page="console/" purpose="CONSOLE" title={t('Administration')} />;
};

export default defineFrontComponent({
  universalIdentifier: frontComponents.administration,
  name: 'administration',
  description: 'Where administrators set up and run the contact center',
  component: Administration,
});
