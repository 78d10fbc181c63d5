/** Every interaction: found by what it says and how it stands, in any order, and moved on in numbers. */
import { useQuery } from '@apollo/client/react';
import { asNamed, named } from '@patchbay/pages/names';
import {
  InteractionChoicesDocument,
  InteractionListDocument,
  type InteractionListQuery,
  type InteractionSortField,
  type InteractionState,
  type SlaMilestoneKind,
  type SlaStanding,
} from '../generated/operations';
import type { Channel } from '../generated/channels';
import { moment, number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { StateTag } from '../parts/StateTag';
import { Time } from '../parts/Time';
import { useRows } from '../parts/useRows';
import { useInteractionActions } from './interaction-actions';
import { SavedViews } from './SavedViews';
import { CHANNEL_LIST, channelTitle, MILESTONE_KINDS, milestoneWord, STANDINGS, standingWord, STATES, stateWord } from '../words';

type Row = InteractionListQuery['interactions']['edges'][number]['node'];

const columns = (): ListColumn<Row>[] => [
  { id: 'number', title: t('Number'), text: ({ number: id }) => `#${id}` },
  { id: 'channel', title: t('Channel'), text: ({ channel }) => channelTitle(channel), clips: 'name' },
  { id: 'subject', title: t('Subject'), text: ({ subject }) => subject ?? '', clips: 'text' },
  { id: 'customer', title: t('Customer'), text: ({ customer, customerAddress }) => customer?.name ?? customerAddress ?? '', clips: 'name' },
  { id: 'state', title: t('State'), text: ({ state }) => stateWord(state), cell: ({ state }) => <StateTag state={state} /> },
  { id: 'queue', title: t('Queue'), text: ({ queue }) => (queue ? named(queue) : ''), clips: 'name' },
  { id: 'agent', title: t('Agent'), text: ({ agent }) => agent?.name ?? '', clips: 'name' },
  { id: 'priority', title: t('Priority'), text: ({ priority }) => number(priority), numeric: true, sorts: true },
  { id: 'due', title: t('Due'), text: (row) => momentOr(dueOf(row)), cell: (row) => <Due row={row} />, sorts: true },
  {
    id: 'created',
    title: t('Arrived'),
    text: ({ createdAt }) => moment(createdAt),
    cell: ({ createdAt }) => <Time at={createdAt} short />,
    sorts: true,
  },
  {
    id: 'activity',
    title: t('Last activity'),
    text: ({ lastActivityAt }) => moment(lastActivityAt),
    cell: ({ lastActivityAt }) => <Time at={lastActivityAt} short />,
    sorts: true,
    extra: true,
  },
  {
    id: 'closed',
    title: t('Closed'),
    text: ({ closedAt }) => momentOr(closedAt),
    cell: ({ closedAt }) => <Time at={closedAt} short />,
    extra: true,
  },
  { id: 'disposition', title: t('Disposition'), text: ({ disposition }) => (disposition ? named(disposition) : ''), extra: true },
];

const SORTS: Readonly<Record<string, InteractionSortField>> = {
  priority: 'PRIORITY',
  due: 'DUE',
  created: 'OPENED',
  activity: 'LAST_ACTIVITY',
};

const momentOr = (at: string | null | undefined): string => (at ? moment(at) : '');

/** The earliest of what still runs, as the list is sorted by it. */
const dueOf = ({ clocks }: Row): string | null =>
  clocks.flatMap(({ state, dueAt }) => (state === 'RUNNING' && dueAt ? [dueAt] : [])).sort()[0] ?? null;

function Due({ row }: { row: Row }) {
  const tone = row.clocks.some(({ late }) => late) ? 'bad-text' : row.clocks.some(({ atRisk }) => atRisk) ? 'warn-text' : '';
  return <Time at={dueOf(row)} className={tone} short />;
}

/** Days back from today that are offered for the time of arrival. */
const SINCE: Readonly<Record<string, number>> = { today: 0, week: 6, month: 29 };

/** The beginning of the day so many days ago, in the reader's own time. */
function daysAgo(days: number): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return day.toISOString();
}

const someOf = <T extends string>(values: readonly string[]): T[] | null => (values.length > 0 ? (values as T[]) : null);

export default function Interactions() {
  const state = useListState();
  const { data: choices } = useQuery(InteractionChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const queues = (choices?.queues.edges ?? []).map(({ node }) => asNamed(node));
  const agents = (choices?.agents.edges ?? []).map(({ node }) => node);
  const list = useRows(
    InteractionListDocument,
    {
      filter: {
        search: state.get('search') || null,
        customer: state.get('customer') || null,
        states: someOf<InteractionState>(state.all('state')),
        channels: someOf<Channel>(state.all('channel')),
        queueIds: someOf(state.all('queue')),
        agentIds: someOf(state.all('agent')),
        teamIds: someOf(state.all('team')),
        dispositionIds: someOf(state.all('disposition')),
        sla: someOf<SlaStanding>(state.all('sla')),
        slaKind: (state.get('promise') as SlaMilestoneKind) || null,
        openedFrom: state.get('since') in SINCE ? daysAgo(SINCE[state.get('since')] ?? 0) : null,
      },
      sort: { field: SORTS[state.sort?.column ?? 'created'] ?? 'OPENED', descending: state.sort?.descending ?? true },
    },
    ({ interactions }) => interactions,
  );
  const actions = useInteractionActions(choices);
  return (
    <List
      title={t('Interactions')}
      name="interactions"
      list={list}
      state={state}
      columns={columns()}
      filters={[
        { id: 'search', kind: 'search', label: t('Number or words') },
        { id: 'customer', kind: 'search', label: t('Customer or address') },
        { id: 'state', kind: 'several', label: t('State'), options: STATES.map((id) => ({ id, name: stateWord(id) })) },
        { id: 'queue', kind: 'several', label: t('Queue'), options: queues },
        { id: 'agent', kind: 'several', label: t('Agent'), options: agents },
        { id: 'team', kind: 'several', label: t('Team'), options: choices?.teams ?? [] },
        { id: 'channel', kind: 'several', label: t('Channel'), options: CHANNEL_LIST.map((id) => ({ id, name: channelTitle(id) })) },
        { id: 'sla', kind: 'several', label: t('Promises'), options: STANDINGS.map((id) => ({ id, name: standingWord(id) })) },
        {
          id: 'promise',
          kind: 'one',
          label: t('Kind of promise'),
          options: MILESTONE_KINDS.map((id) => ({ id, name: milestoneWord(id) })),
        },
        {
          id: 'since',
          kind: 'one',
          label: t('Arrived'),
          all: t('At any time'),
          options: [
            { id: 'today', name: t('Today') },
            { id: 'week', name: t('In the last 7 days') },
            { id: 'month', name: t('In the last 30 days') },
          ],
        },
        { id: 'disposition', kind: 'several', label: t('Disposition'), options: (choices?.dispositions ?? []).map(asNamed) },
      ]}
      actions={actions}
      views={<SavedViews />}
      to={({ id }) => `/interactions/${id}`}
      nameOf={({ number: id }) => `#${id}`}
      empty={{ title: t('There is no interaction yet'), text: t('Calls, chats, mails and tasks appear here when they arrive.') }}
    />
  );
}
