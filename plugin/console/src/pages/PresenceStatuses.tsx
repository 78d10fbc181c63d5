/** Every presence that agents can choose. */
import { named } from '@patchbay/pages/names';
import { PresenceStatusListDocument, type PresenceStatusListQuery } from '../generated/operations';
import { listed, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { Presence } from '../parts/Presence';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';
import { availabilityWord } from '../words';

type Row = PresenceStatusListQuery['presenceStatuses'][number];

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: named, cell: (status) => <Presence status={status} />, sorts: true },
  { id: 'means', title: t('Means'), text: ({ availability }) => availabilityWord(availability), sorts: true },
  { id: 'reasons', title: t('Reasons'), text: ({ reasons }) => listed(reasons) },
];

export default function PresenceStatuses() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const shown = columns();
  const list = useWhole(
    PresenceStatusListDocument,
    ({ presenceStatuses }) => presenceStatuses,
    (row) => matches(state, row.name, named(row), ...row.reasons),
    byColumn(shown, state),
  );
  return (
    <List
      title={t('Presence statuses')}
      name="presence-statuses"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Name or reason') }]}
      to={({ id }) => `/presence/${id}`}
      nameOf={named}
      create={admin ? { label: t('New status'), to: '/presence/new' } : undefined}
      empty={{
        title: t('There is no presence status yet'),
        text: t('Agents choose one to say whether they take work. One of them must mean gone: agents begin with it.'),
      }}
    />
  );
}
