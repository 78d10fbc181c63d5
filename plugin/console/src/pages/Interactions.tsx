/** Every interaction, newest first: found by number, subject, state, channel, queue and agent, and moved on in numbers. */
import { useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import {
  CloseInteractionDocument,
  InteractionChoicesDocument,
  InteractionListDocument,
  SetPriorityDocument,
  TransferDocument,
  type InteractionListQuery,
  type InteractionState,
} from '../generated/operations';
import type { Channel } from '../generated/channels';
import { moment, number, t } from '../language';
import { Pick } from '../parts/controls';
import { NumberInput } from '../parts/inputs';
import { List, type ListAction, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { StateTag } from '../parts/StateTag';
import { useRows } from '../parts/useRows';
import { CHANNEL_LIST, channelWord, STATES, stateWord } from '../words';

type Row = InteractionListQuery['interactions']['edges'][number]['node'];

const columns = (): ListColumn<Row>[] => [
  { id: 'number', title: t('Number'), text: ({ number: id }) => `#${id}` },
  { id: 'channel', title: t('Channel'), text: ({ channel }) => channelWord(channel) },
  { id: 'subject', title: t('Subject'), text: ({ subject }) => subject ?? '' },
  { id: 'customer', title: t('Customer'), text: ({ customer, customerAddress }) => customer?.name ?? customerAddress ?? '' },
  { id: 'state', title: t('State'), text: ({ state }) => stateWord(state), cell: ({ state }) => <StateTag state={state} /> },
  { id: 'queue', title: t('Queue'), text: ({ queue }) => queue?.name ?? '' },
  { id: 'agent', title: t('Agent'), text: ({ agent }) => agent?.name ?? '' },
  { id: 'priority', title: t('Priority'), text: ({ priority }) => number(priority), numeric: true },
  {
    id: 'created',
    title: t('Arrived'),
    text: ({ createdAt }) => moment(createdAt),
    cell: ({ createdAt }) => <time dateTime={createdAt}>{moment(createdAt)}</time>,
  },
  { id: 'disposition', title: t('Disposition'), text: ({ disposition }) => disposition?.name ?? '', extra: true },
];

export default function Interactions() {
  const state = useListState();
  const { data: choices } = useQuery(InteractionChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const [setPriority] = useMutation(SetPriorityDocument);
  const [transfer] = useMutation(TransferDocument);
  const [close] = useMutation(CloseInteractionDocument);
  const [target, setTarget] = useState('');
  const [priority, setThePriority] = useState<number | null>(null);
  const [dispositionId, setDisposition] = useState('');
  const queues = (choices?.queues.edges ?? []).map(({ node }) => node);
  const list = useRows(
    InteractionListDocument,
    {
      filter: {
        search: state.get('search') || null,
        states: state.all('state').length > 0 ? (state.all('state') as InteractionState[]) : null,
        channels: state.all('channel').length > 0 ? (state.all('channel') as Channel[]) : null,
        queueId: state.get('queue') || null,
        agentId: state.get('agent') || null,
      },
    },
    ({ interactions }) => interactions,
  );
  const actions: ListAction<Row>[] = [
    {
      label: t('Transfer'),
      asks: <Pick inline label={t('To')} placeholder={t('Choose a queue')} value={target} options={queues} onChange={setTarget} />,
      ready: target !== '',
      run: ({ id }) => transfer({ variables: { input: { id, queueId: target } } }),
    },
    {
      label: t('Set priority'),
      asks: <NumberInput label={t('Priority')} min={0} max={100} value={priority} onChange={setThePriority} />,
      ready: priority !== null,
      run: ({ id }) => setPriority({ variables: { input: { id, priority: priority ?? 0 } } }),
    },
    {
      label: t('Close'),
      grave: true,
      asks: (
        <Pick
          inline
          label={t('Disposition')}
          value={dispositionId}
          options={(choices?.dispositions ?? []).filter(({ active }) => active)}
          onChange={setDisposition}
        />
      ),
      ready: dispositionId !== '',
      run: ({ id }) => close({ variables: { input: { id, dispositionId } } }),
    },
  ];
  return (
    <List
      title={t('Interactions')}
      name="interactions"
      list={list}
      state={state}
      columns={columns()}
      filters={[
        { id: 'search', kind: 'search', label: t('Number or subject') },
        { id: 'state', kind: 'several', label: t('State'), options: STATES.map((id) => ({ id, name: stateWord(id) })) },
        { id: 'channel', kind: 'several', label: t('Channel'), options: CHANNEL_LIST.map((id) => ({ id, name: channelWord(id) })) },
        { id: 'queue', kind: 'one', label: t('Queue'), options: queues },
        { id: 'agent', kind: 'one', label: t('Agent'), options: (choices?.agents.edges ?? []).map(({ node }) => node) },
      ]}
      actions={actions}
      to={({ id }) => `/interactions/${id}`}
      nameOf={({ number: id }) => `#${id}`}
      empty={{ title: t('There is no interaction yet'), text: t('Calls, chats, mails and tasks appear here when they arrive.') }}
    />
  );
}
