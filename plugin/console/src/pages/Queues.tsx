/** Every queue: where work waits, in which order, and who serves it. */
import { useMutation } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { QueueListDocument, UpdateQueueDocument, type QueueListQuery, type QueueSortField } from '../generated/operations';
import { number, t } from '../language';
import { List, type ListAction, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Tag } from '../parts/Tag';
import { useRows } from '../parts/useRows';
import { useMay } from '../session';
import { strategyWord } from '../words';

type Row = QueueListQuery['queues']['edges'][number]['node'];

const SORTS: Readonly<Record<string, QueueSortField>> = { name: 'NAME', department: 'DEPARTMENT', priority: 'PRIORITY' };

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: named, sorts: true },
  { id: 'department', title: t('Department'), text: ({ department }) => department, sorts: true },
  { id: 'priority', title: t('Priority'), text: ({ priority }) => number(priority), sorts: true, numeric: true },
  { id: 'members', title: t('Members'), text: ({ members }) => number(members.length), numeric: true },
  { id: 'strategy', title: t('Agent chosen'), text: ({ strategy }) => strategyWord(strategy) },
  { id: 'policy', title: t('SLA policy'), text: ({ slaPolicy }) => slaPolicy?.name ?? '' },
  { id: 'rings', title: t('Rings for (s)'), text: ({ offerTimeoutSeconds }) => number(offerTimeoutSeconds), numeric: true, extra: true },
  {
    id: 'active',
    title: t('State'),
    text: ({ active }) => (active ? t('In use') : t('Not in use')),
    cell: ({ active }) => <Tag tone={active ? 'good' : 'off'}>{active ? t('In use') : t('Not in use')}</Tag>,
  },
];

export default function Queues() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const [update] = useMutation(UpdateQueueDocument);
  const active = state.get('active');
  const list = useRows(
    QueueListDocument,
    {
      filter: { search: state.get('search') || null, active: active === '' ? null : active === 'yes' },
      sort: { field: SORTS[state.sort?.column ?? 'name'] ?? 'NAME', descending: state.sort?.descending ?? false },
    },
    ({ queues }) => queues,
  );
  const change = (label: string, input: { active?: boolean }, grave = false): ListAction<Row> => ({
    label,
    grave,
    run: ({ id }) => update({ variables: { input: { id, ...input } } }),
  });
  return (
    <List
      title={t('Queues')}
      name="queues"
      list={list}
      state={state}
      columns={columns()}
      filters={[
        { id: 'search', kind: 'search', label: t('Name or department') },
        {
          id: 'active',
          kind: 'one',
          label: t('State'),
          options: [
            { id: 'yes', name: t('In use') },
            { id: 'no', name: t('Not in use') },
          ],
        },
      ]}
      actions={admin ? [change(t('Use'), { active: true }), change(t('Take out of use'), { active: false }, true)] : []}
      to={({ id }) => `/queues/${id}`}
      nameOf={named}
      create={admin ? { label: t('New queue'), to: '/queues/new' } : undefined}
      empty={{ title: t('There is no queue yet'), text: t('Interactions wait in queues; agents are members of them.') }}
    />
  );
}
