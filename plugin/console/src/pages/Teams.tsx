/** Every team of agents. */
import { TeamListDocument, type TeamListQuery } from '../generated/operations';
import { number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';

type Row = TeamListQuery['teams'][number];

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
  {
    id: 'most',
    title: t('Interactions at once, at most'),
    text: ({ maxAtOnce }) => (maxAtOnce == null ? t('No limit') : number(maxAtOnce)),
    sorts: true,
    numeric: true,
  },
];

export default function Teams() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const shown = columns();
  const list = useWhole(
    TeamListDocument,
    ({ teams }) => teams,
    ({ name }) => matches(state, name),
    byColumn(shown, state),
  );
  return (
    <List
      title={t('Teams')}
      name="teams"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Name') }]}
      to={({ id }) => `/teams/${id}`}
      nameOf={({ name }) => name}
      create={admin ? { label: t('New team'), to: '/teams/new' } : undefined}
      empty={{ title: t('There is no team yet'), text: t('A team groups agents, and may limit how much each of them has at once.') }}
    />
  );
}
