/** Escalates with a note; priority rises, and another queue may be chosen. */
import { useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import type { WorkItemFacts } from './desk-state';
import { useDraft } from './drafts';
import { EscalateInteractionDocument, QueuesDocument } from './generated/operations';
import { QueueSelect } from './QueueSelect';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { t } from './language';

export function EscalateForm({ item, done }: { item: WorkItemFacts; done: () => void }) {
  const [note, setNote] = useDraft(`escalate:${item.id}`);
  const [queueId, setQueueId] = useDraft(`escalate-to:${item.id}`);
  const { data } = useQuery(QueuesDocument);
  const command = useCommand(EscalateInteractionDocument);
  const toast = useToast();
  const queue = data?.queues.edges.find((edge) => edge.node.id === queueId)?.node;
  return (
    <Sheet
      title={t('Escalate #{{number}}', { number: item.number })}
      verb={t('Escalate')}
      ready={note.trim() !== ''}
      busy={command.busy}
      problem={command.problem}
      cancel={done}
      submit={async () => {
        const input = { id: item.id, note: note.trim(), queueId: queueId === '' ? undefined : queueId };
        if (!(await command.run({ input }))) return;
        setNote('');
        setQueueId('');
        toast({
          text: queue
            ? t('#{{number}} is escalated to {{queue}}.', { number: item.number, queue: named(queue) })
            : t('#{{number}} is escalated.', { number: item.number }),
        });
        done();
      }}
    >
      <label className="field">
        <span>{t('What does the next person need to know?')}</span>
        <textarea rows={3} autoFocus maxLength={50_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <QueueSelect
        label={t('Where it goes')}
        none={item.queue === null ? t('Back to its own queue') : t('Back to its own queue, {{queue}}', { queue: named(item.queue) })}
        value={queueId}
        choose={setQueueId}
      />
    </Sheet>
  );
}
