/** The systems that bring work by signed requests: telephone systems, forms, messengers. */
import { useMutation } from '@apollo/client/react';
import { IntakeSourceListDocument, RevokeIntakeSourceDocument } from '../generated/operations';
import { moment, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Time } from '../parts/Time';
import { byColumn, matches } from '../parts/order';
import { Tag } from '../parts/Tag';
import { useWhole } from '../parts/useRows';
import { sourceStateWord, type SourceRow } from './source-state';
import { toldWord } from '../told-words';

const columns = (): ListColumn<SourceRow>[] => [
  { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
  {
    id: 'seen',
    title: t('Last seen'),
    text: ({ lastSeenAt }) => (lastSeenAt ? moment(lastSeenAt) : t('Never')),
    cell: ({ lastSeenAt }) => (lastSeenAt ? <Time at={lastSeenAt} /> : t('Never')),
  },
  { id: 'refusals', title: t('Refused'), text: ({ refusals }) => number(refusals), sorts: true, numeric: true },
  {
    id: 'refusal',
    title: t('Last refusal'),
    text: ({ lastRefusal, lastRefusalTold }) => toldWord(lastRefusalTold, lastRefusal ?? ''),
    extra: true,
  },
  { id: 'created', title: t('Made'), text: ({ createdAt }) => moment(createdAt), cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: 'state',
    title: t('State'),
    text: sourceStateWord,
    cell: (row) => <Tag tone={row.revokedAt ? 'off' : 'good'}>{sourceStateWord(row)}</Tag>,
  },
];

export default function IntakeSources() {
  const state = useListState();
  const [revoke] = useMutation(RevokeIntakeSourceDocument);
  const shown = columns();
  const wanted = state.get('state');
  const list = useWhole(
    IntakeSourceListDocument,
    ({ intakeSources }) => intakeSources,
    (row) => matches(state, row.name) && (wanted === 'all' || (row.revokedAt ? wanted === 'revoked' : wanted === '')),
    byColumn(shown, state),
  );
  return (
    <List
      title={t('Intake sources')}
      name="intake-sources"
      list={list}
      state={state}
      columns={shown}
      filters={[
        { id: 'search', kind: 'search', label: t('Name') },
        {
          id: 'state',
          kind: 'one',
          label: t('State'),
          all: t('Valid'),
          options: [
            { id: 'revoked', name: t('Revoked') },
            { id: 'all', name: t('All') },
          ],
        },
      ]}
      actions={[{ label: t('Revoke'), grave: 'final', run: ({ id }) => revoke({ variables: { id } }) }]}
      to={({ id }) => `/intake-sources/${id}`}
      nameOf={({ name }) => name}
      create={{ label: t('New intake source'), to: '/intake-sources/new' }}
      empty={{
        title: t('There is no intake source yet'),
        text: t('A telephone system, a form or another program brings work by requests that it signs.'),
      }}
    />
  );
}
