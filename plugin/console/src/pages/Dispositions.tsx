/** How interactions end, in the contact center's own words. */
import { useMutation } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { DispositionListDocument, UpdateDispositionDocument, type DispositionListQuery } from '../generated/operations';
import { listed, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { Tag } from '../parts/Tag';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';
import { channelWord } from '../words';

type Row = DispositionListQuery['dispositions'][number];

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: named, sorts: true },
  {
    id: 'channels',
    title: t('Shown for'),
    text: ({ channels }) => (channels.length === 0 ? t('All channels') : listed(channels.map(channelWord))),
  },
  {
    id: 'active',
    title: t('State'),
    sorts: true,
    text: ({ active }) => (active ? t('In use') : t('Not in use')),
    cell: ({ active }) => <Tag tone={active ? 'good' : 'off'}>{active ? t('In use') : t('Not in use')}</Tag>,
  },
];

export default function Dispositions() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const [update] = useMutation(UpdateDispositionDocument);
  const shown = columns();
  const list = useWhole(
    DispositionListDocument,
    ({ dispositions }) => dispositions,
    (row) => matches(state, row.name, named(row)),
    byColumn(shown, state),
  );
  const use = (label: string, active: boolean) => ({
    label,
    grave: !active,
    run: ({ id }: Row) => update({ variables: { input: { id, active } } }),
  });
  return (
    <List
      title={t('Dispositions')}
      name="dispositions"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Name') }]}
      actions={admin ? [use(t('Use'), true), use(t('Take out of use'), false)] : []}
      to={({ id }) => `/dispositions/${id}`}
      nameOf={named}
      create={admin ? { label: t('New disposition'), to: '/dispositions/new' } : undefined}
      empty={{ title: t('There is no disposition yet'), text: t('An agent who closes an interaction says how it ended.') }}
    />
  );
}
