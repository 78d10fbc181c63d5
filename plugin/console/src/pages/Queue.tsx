/** One queue: its rules, its members by level, what waits in it, and who could serve it now. */
import { useMutation } from '@apollo/client/react';
import { useNavigate, useParams } from 'react-router';
import { named } from '@patchbay/pages/names';
import { CreateQueueDocument, QueueRecordDocument, UpdateQueueDocument, type QueueRecordQuery } from '../generated/operations';
import { t } from '../language';
import { History } from '../parts/History';
import { later } from '../parts/later';
import { Record } from '../parts/Record';
import { Tag } from '../parts/Tag';
import { useForm } from '../parts/useForm';
import { inputOf, NEW_QUEUE, QUEUE_FIELDS, valuesOf, type QueueValues } from './queue-form';
import { QueueForm } from './QueueForm';

const QueueMembers = later(async () => (await import('./QueueMembers')).QueueMembers);
const QueuePolicyPreview = later(async () => (await import('./QueuePolicyPreview')).QueuePolicyPreview);
const QueueWaiting = later(async () => (await import('./QueueWaiting')).QueueWaiting);
const WhoCouldServe = later(async () => (await import('./WhoCouldServe')).WhoCouldServe);

export default function Queue() {
  const { id = 'new' } = useParams();
  return id === 'new' ? (
    <NewQueue />
  ) : (
    <Record document={QueueRecordDocument} variables={{ id }}>
      {(data, reread) => <KnownQueue key={id} data={data} reread={reread} />}
    </Record>
  );
}

function NewQueue() {
  const navigate = useNavigate();
  const [create] = useMutation(CreateQueueDocument);
  const form = useForm<QueueValues>({
    name: 'queue.new',
    stored: NEW_QUEUE,
    fields: QUEUE_FIELDS,
    save: async ({ active: _, name, department, ...rules }) => {
      const input = { idempotencyKey: crypto.randomUUID(), ...inputOf(rules), name, department };
      const { data } = await create({ variables: { input } });
      void navigate(`/queues/${data?.createQueue.queue.id}`, { replace: true });
    },
  });
  return <QueueForm form={form} id={null} title={t('New queue')} />;
}

function KnownQueue({ data, reread }: { data: QueueRecordQuery; reread: () => Promise<QueueRecordQuery> }) {
  const [update] = useMutation(UpdateQueueDocument);
  const { queue } = data;
  const form = useForm<QueueValues>({
    name: `queue.${queue.id}`,
    stored: valuesOf(queue),
    fields: QUEUE_FIELDS,
    reread: async () => valuesOf((await reread()).queue),
    save: (_, { active, ...change }) =>
      update({ variables: { input: { id: queue.id, ...inputOf(change), ...(active !== undefined && { active }) } } }),
  });
  return (
    <QueueForm
      form={form}
      id={queue.id}
      title={named(queue)}
      aside={<Tag tone={queue.active ? 'good' : 'off'}>{queue.active ? t('In use') : t('Not in use')}</Tag>}
      more={
        <>
          {form.values.slaPolicyId !== (queue.slaPolicy?.id ?? '') && (
            <QueuePolicyPreview queueId={queue.id} slaPolicyId={form.values.slaPolicyId} />
          )}
          <QueueMembers queueId={queue.id} members={queue.members} />
          <div className="now">
            <QueueWaiting queueId={queue.id} />
            <WhoCouldServe queueId={queue.id} />
          </div>
          <History about={queue.id} />
        </>
      }
    />
  );
}
