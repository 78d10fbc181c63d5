/** Everybody who works interactions. */
import { useMutation, useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import {
  AgentFormChoicesDocument,
  AgentListDocument,
  UpdateAgentDocument,
  type AgentListQuery,
  type AgentSortField,
} from '../generated/operations';
import { listed, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { Presence } from '../parts/Presence';
import { useRows } from '../parts/useRows';
import { useMay } from '../session';

type Row = AgentListQuery['agents']['edges'][number]['node'];

const SORTS: Readonly<Record<string, AgentSortField>> = { name: 'NAME', email: 'EMAIL', capacity: 'CAPACITY' };

const columns = (): ListColumn<Row>[] => [
  { id: 'name', title: t('Name', { context: 'person' }), text: ({ name }) => name, sorts: true },
  { id: 'email', title: t('E-mail'), text: ({ email }) => email, sorts: true },
  { id: 'team', title: t('Team'), text: ({ team }) => team?.name ?? '' },
  {
    id: 'presence',
    title: t('Presence'),
    text: ({ presence }) => named(presence.status),
    cell: ({ presence }) => <Presence status={presence.status} />,
  },
  { id: 'queues', title: t('Queues'), text: ({ memberships }) => number(memberships.length), numeric: true },
  { id: 'holding', title: t('Holds'), text: ({ holding }) => number(holding), numeric: true },
  { id: 'capacity', title: t('Capacity'), text: ({ capacity }) => number(capacity), sorts: true, numeric: true },
  {
    id: 'skills',
    title: t('Skills'),
    text: ({ skills }) => listed(skills.map(({ skill, level }) => `${skill.name} ${level}`)),
    extra: true,
  },
  { id: 'queueNames', title: t('Member of'), text: ({ memberships }) => listed(memberships.map(({ queue }) => named(queue))), extra: true },
  { id: 'extension', title: t('Extension'), text: ({ extension }) => extension ?? '', extra: true },
];

export default function Agents() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const { data: choices } = useQuery(AgentFormChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const [update] = useMutation(UpdateAgentDocument);
  const left = state.get('state') === 'left';
  const list = useRows(
    AgentListDocument,
    {
      filter: {
        search: state.get('search') || null,
        teamId: state.get('team') || null,
        queueId: state.get('queue') || null,
        active: !left,
      },
      sort: { field: SORTS[state.sort?.column ?? 'name'] ?? 'NAME', descending: state.sort?.descending ?? false },
    },
    ({ agents }) => agents,
  );
  return (
    <List
      title={t('Agents')}
      name="agents"
      list={list}
      state={state}
      columns={columns()}
      filters={[
        { id: 'search', kind: 'search', label: t('Name or e-mail') },
        { id: 'team', kind: 'one', label: t('Team'), options: choices?.teams ?? [] },
        { id: 'state', kind: 'one', label: t('State'), all: t('Work here'), options: [{ id: 'left', name: t('Have left') }] },
      ]}
      actions={[
        left
          ? { label: t('Take back'), run: ({ id }) => update({ variables: { input: { id, active: true } } }) }
          : { label: t('Has left'), grave: true, run: ({ id }) => update({ variables: { input: { id, active: false } } }) },
      ]}
      to={({ id }) => `/agents/${id}`}
      nameOf={({ name }) => name}
      create={admin ? { label: t('New agent'), to: '/agents/new' } : undefined}
      empty={{ title: t('There is no agent yet'), text: t('Agents are offered the work of the queues that they are members of.') }}
    />
  );
}
