import { defineFrontComponent } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { RecordNotice } from './record-notice';

const AgentProfileNotice = () => <RecordNotice plural="agentProfiles" />;

export default defineFrontComponent({
  universalIdentifier: frontComponents.agentProfileNotice,
  name: 'agent-profile-notice',
  description: 'Says what was refused of the last edit',
  component: AgentProfileNotice,
});
