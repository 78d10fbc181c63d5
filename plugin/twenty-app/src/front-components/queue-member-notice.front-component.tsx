import { defineFrontComponent } from 'twenty-sdk/define';
import { frontComponents } from '../identifiers';
import { RecordNotice } from './record-notice';

const QueueMemberNotice = () => <RecordNotice plural="queueMembers" />;

export default defineFrontComponent({
  universalIdentifier: frontComponents.queueMemberNotice,
  name: 'queue-member-notice',
  description: 'Says what was refused of the last edit',
  component: QueueMemberNotice,
});
