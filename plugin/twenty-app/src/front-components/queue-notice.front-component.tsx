import { defineFrontComponent } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { RecordNotice } from './record-notice';

const QueueNotice = () => <RecordNotice plural="queues" />;

export default defineFrontComponent({
  universalIdentifier: frontComponents.queueNotice,
  name: 'queue-notice',
  description: 'Says what was refused of the last edit',
  component: QueueNotice,
});
