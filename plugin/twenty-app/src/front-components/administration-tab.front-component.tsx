import { defineFrontComponent } from 'twenty-sdk/define';
import { useSelectedRecordIds, useTranslate } from 'twenty-sdk/front-component';
import { frontComponents } from '../identifiers';
import { Shell } from './shell';

const AdministrationTab = () => {
  const { t } = useTranslate();
  const [record] = useSelectedRecordIds();
  return <Shell page="console/" purpose="CONSOLE" title={t('Administration')} facts={{ record }} />;
};

export default defineFrontComponent({
  universalIdentifier: frontComponents.administrationTab,
  name: 'administration-tab',
  description: 'Everything that can be set of the record, for administrators',
  component: AdministrationTab,
});
