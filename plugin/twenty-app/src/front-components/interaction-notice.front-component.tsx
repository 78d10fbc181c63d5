import { defineFrontComponent } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { RecordNotice } from './record-notice';

const InteractionNotice = () => <RecordNotice plural="interactions" />;

export default defineFrontComponent({
  universalIdentifier: frontComponents.interactionNotice,
  name: 'interaction-notice',
  description: 'Says what was refused of the last edit',
  component: InteractionNotice,
});
