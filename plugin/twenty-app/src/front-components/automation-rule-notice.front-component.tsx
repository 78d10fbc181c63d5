import { defineFrontComponent } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { RecordNotice } from './record-notice';

const AutomationRuleNotice = () => <RecordNotice plural="automationRules" />;

export default defineFrontComponent({
  universalIdentifier: frontComponents.automationRuleNotice,
  name: 'automation-rule-notice',
  description: 'Says what was refused of the last edit',
  component: AutomationRuleNotice,
});
