import { defineFrontComponent } from 'twenty-sdk/define';
import { useTranslate } from 'twenty-sdk/front-component';
import { frontComponents } from '../identifiers';
import { Shell } from './shell';

const Presence = () => {
  const { t } = useTranslate();
  return <Shell page="desk/presence.html" title={t('Presence')} />;
};

export default defineFrontComponent({
  universalIdentifier: frontComponents.presence,
  name: 'presence',
  description: 'Lets an agent set their presence from anywhere',
  component: Presence,
});
