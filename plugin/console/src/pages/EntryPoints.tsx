/** The center's addresses at which customers arrive, and where each leads to. */
import { useMutation } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { EntryPointListDocument, RemoveEntryPointDocument, type EntryPointListQuery } from '../generated/operations';
import { listed, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { useWhole } from '../parts/useRows';
import { useMay } from '../session';
import { CHANNEL_LIST, channelTitle } from '../words';

type Row = EntryPointListQuery['entryPoints'][number];

const columns = (): ListColumn<Row>[] => [
  { id: 'address', title: t('Address'), text: ({ address }) => address, sorts: true },
  { id: 'channel', title: t('Channel'), text: ({ channel }) => channelTitle(channel), sorts: true },
  { id: 'queue', title: t('Queue'), text: ({ queue }) => named(queue), sorts: true },
  { id: 'priority', title: t('Priority'), text: ({ priority }) => number(priority ?? 50), sorts: true, numeric: true },
  { id: 'skills', title: t('Skills that are required'), text: ({ skills }) => listed(skills.map(({ skill }) => skill.name)) },
];

export default function EntryPoints() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const [remove] = useMutation(RemoveEntryPointDocument);
  const shown = columns();
  const channel = state.get('channel');
  const list = useWhole(
    EntryPointListDocument,
    ({ entryPoints }) => entryPoints,
    (row) => matches(state, row.address, row.queue.name, named(row.queue)) && (channel === '' || row.channel === channel),
    byColumn(shown, state),
  );
  return (
    <List
      title={t('Entry points')}
      name="entry-points"
      list={list}
      state={state}
      columns={shown}
      filters={[
        { id: 'search', kind: 'search', label: t('Address or queue') },
        { id: 'channel', kind: 'one', label: t('Channel'), options: CHANNEL_LIST.map((id) => ({ id, name: channelTitle(id) })) },
      ]}
      actions={admin ? [{ label: t('Remove'), grave: 'final', run: ({ id }) => remove({ variables: { id } }) }] : []}
      to={({ id }) => `/entry-points/${id}`}
      nameOf={({ address }) => address}
      create={admin ? { label: t('New entry point'), to: '/entry-points/new' } : undefined}
      empty={{
        title: t('There is no entry point yet'),
        text: t('An entry point leads what arrives at an address, such as support@example.org, to a queue.'),
      }}
    />
  );
}
