/** Every SLA policy: what is promised, and where. */
import { named } from '@patchbay/pages/names';
import { PolicyListDocument, type PolicyListQuery } from '../generated/operations';
import { listed, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { Tag } from '../parts/Tag';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';
import { milestoneWord } from '../words';

type Row = PolicyListQuery['slaPolicies'][number] & { queues: string[] };

const rowsOf = ({ slaPolicies, queues }: PolicyListQuery): Row[] =>
  slaPolicies.map((one) => ({
    ...one,
    queues: queues.edges.flatMap(({ node }) => (node.slaPolicy?.id === one.id ? [named(node)] : [])),
  }));

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
  { id: 'promises', title: t('Promises'), text: ({ milestones }) => listed(milestones.map(({ kind }) => milestoneWord(kind))) },
  { id: 'calendar', title: t('Calendar'), text: ({ calendar }) => calendar?.name ?? t('Around the clock'), sorts: true },
  { id: 'queues', title: t('Used by queues'), text: ({ queues }) => listed(queues) },
  {
    id: 'behind',
    title: t('Clocks of earlier versions'),
    text: ({ clocksBehind }) => number(clocksBehind),
    cell: ({ clocksBehind }) => (clocksBehind > 0 ? <Tag tone="warn">{number(clocksBehind)}</Tag> : number(0)),
    numeric: true,
  },
  { id: 'version', title: t('Version'), text: ({ version }) => number(version), numeric: true, extra: true },
];

export default function Policies() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const shown = columns();
  const list = useWhole(PolicyListDocument, rowsOf, ({ name, queues }) => matches(state, name, ...queues), byColumn(shown, state));
  return (
    <List
      title={t('SLA policies')}
      name="policies"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Name or queue') }]}
      to={({ id }) => `/policies/${id}`}
      nameOf={({ name }) => name}
      create={admin ? { label: t('New policy'), to: '/policies/new' } : undefined}
      empty={{
        title: t('There is no policy yet'),
        text: t('A policy promises times: until work is accepted, first answered, resolved. Queues are given one on their pages.'),
      }}
    />
  );
}
