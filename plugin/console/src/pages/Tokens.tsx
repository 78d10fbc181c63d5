/** Tokens of programs, of wall screens and of agents' desks in a CRM. */
import { useMutation } from '@apollo/client/react';
import { RevokeTokenDocument, TokenListDocument, type TokenListQuery } from '../generated/operations';
import { moment, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Time } from '../parts/Time';
import { byColumn, matches } from '../parts/order';
import { Tag } from '../parts/Tag';
import { useWhole } from '../parts/useRows';
import { roleWord } from '../words';

type Row = TokenListQuery['tokens'][number];

const stateOf = ({ revokedAt, expiresAt }: Row): 'valid' | 'revoked' | 'expired' =>
  revokedAt ? 'revoked' : expiresAt && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'valid';
const stateWord = (row: Row): string => ({ valid: t('Valid'), revoked: t('Revoked'), expired: t('Expired') })[stateOf(row)];

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name'), text: ({ name }) => name, sorts: true },
  { id: 'role', title: t('Role'), text: ({ role }) => roleWord(role), sorts: true },
  { id: 'agent', title: t('Agent'), text: ({ agent }) => agent?.name ?? '', sorts: true },
  { id: 'hint', title: t('Ends with'), text: ({ hint }) => hint, cell: ({ hint }) => <code>…{hint}</code> },
  { id: 'created', title: t('Made'), text: ({ createdAt }) => moment(createdAt), cell: ({ createdAt }) => <Time at={createdAt} /> },
  {
    id: 'expires',
    title: t('Expires'),
    text: ({ expiresAt }) => (expiresAt ? moment(expiresAt) : t('Never')),
    cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : t('Never')),
  },
  {
    id: 'state',
    title: t('State'),
    text: stateWord,
    cell: (row) => <Tag tone={stateOf(row) === 'valid' ? 'good' : 'off'}>{stateWord(row)}</Tag>,
  },
];

export default function Tokens() {
  const state = useListState();
  const [revoke] = useMutation(RevokeTokenDocument);
  const shown = columns();
  const wanted = state.get('state') || 'valid';
  const list = useWhole(
    TokenListDocument,
    ({ tokens }) => tokens,
    (row) => matches(state, row.name, row.agent?.name ?? '', row.hint) && (wanted === 'all' || stateOf(row) === wanted),
    byColumn(shown, state),
  );
  return (
    <List
      title={t('API tokens')}
      name="tokens"
      list={list}
      state={state}
      columns={shown}
      filters={[
        { id: 'search', kind: 'search', label: t('Name, agent or ending') },
        {
          id: 'state',
          kind: 'one',
          label: t('State'),
          all: t('Valid'),
          options: [
            { id: 'revoked', name: t('Revoked') },
            { id: 'expired', name: t('Expired') },
            { id: 'all', name: t('All') },
          ],
        },
      ]}
      actions={[{ label: t('Revoke'), grave: 'final', run: ({ id }) => revoke({ variables: { id } }) }]}
      to={({ id }) => `/tokens/${id}`}
      nameOf={({ name }) => name}
      create={{ label: t('New token'), to: '/tokens/new' }}
      empty={{ title: t('There is no token yet'), text: t('Programs and wall screens are known by a token; people sign in.') }}
    />
  );
}
