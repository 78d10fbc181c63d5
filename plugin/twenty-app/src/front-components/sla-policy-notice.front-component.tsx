import { defineFrontComponent } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { RecordNotice } from './record-notice';

const SlaPolicyNotice = () => <RecordNotice plural="slaPolicies" />;

export default defineFrontComponent({
  universalIdentifier: frontComponents.slaPolicyNotice,
  name: 'sla-policy-notice',
  description: 'Says what was refused of the last edit',
  component: SlaPolicyNotice,
});
