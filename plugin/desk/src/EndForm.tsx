/** Asks before a conversation is ended: the customer cannot be brought back by a key. */
import type { WorkItemFacts } from './desk-state';
import { Sheet } from './Sheet';
import type { Actions } from './useActions';
import { t } from './language';
import { isCall } from './work';

export function EndForm({ item, actions, done }: { item: WorkItemFacts; actions: Actions; done: () => void }) {
  const call = isCall(item);
  return (
    <Sheet
      title={call ? t('End the call? Wrap-up begins then.') : t('End the conversation? Wrap-up begins then.')}
      verb={call ? t('End call') : t('End conversation')}
      grave
      ready
      busy={actions.busy}
      problem={null}
      submit={async () => {
        if (await actions.end(item)) done();
      }}
      cancel={done}
    />
  );
}
