/** The channels: how much of an agent one interaction takes on each, and what follows it. */
import { useMutation } from '@apollo/client/react';
import { ChannelListDocument, ResetChannelDocument } from '../generated/operations';
import { number, t } from '../language';
import { List, type ListColumn } from '../parts/List';
import { useListState } from '../parts/list-state';
import { byColumn, matches } from '../parts/order';
import { Tag } from '../parts/Tag';
import { useWhole } from '../parts/useRows';
import { wrapUpWord } from '../parts/wrap-up';
import { useMay } from '../session';
import { channelTitle } from '../words';
import { channelRows, lostWord, undeliveredWord, type ChannelRow } from './channel-rows';

const columns = (): ListColumn<ChannelRow>[] => [
  { id: 'name', title: t('Channel'), text: ({ channel }) => channelTitle(channel), sorts: true },
  { id: 'weight', title: t('Capacity it takes'), text: ({ weight }) => number(weight), sorts: true, numeric: true },
  { id: 'waiting', title: t('While waiting'), text: ({ waitingWeight }) => number(waitingWeight), sorts: true, numeric: true },
  {
    id: 'interruptible',
    title: t('Others may interrupt it'),
    text: ({ interruptible }) => (interruptible ? t('Yes') : t('No')),
    sorts: true,
  },
  { id: 'wrapUp', title: t('Wrap-up'), text: ({ wrapUp }) => wrapUpWord(wrapUp) },
  { id: 'lost', title: t('When the agent is lost'), text: ({ whenAgentLost }) => lostWord(whenAgentLost) },
  { id: 'undelivered', title: t('When undelivered'), text: ({ whenUndelivered }) => undeliveredWord(whenUndelivered), extra: true },
  {
    id: 'default',
    title: t('State'),
    text: ({ isDefault }) => (isDefault ? t('Default') : t('Changed')),
    cell: ({ isDefault }) => <Tag tone={isDefault ? 'off' : 'good'}>{isDefault ? t('Default') : t('Changed')}</Tag>,
  },
];

export default function Channels() {
  const state = useListState();
  const admin = useMay(['ADMIN']);
  const [reset] = useMutation(ResetChannelDocument);
  const shown = columns();
  const order = byColumn(shown, state);
  const list = useWhole(
    ChannelListDocument,
    channelRows,
    ({ channel }) => matches(state, channelTitle(channel)),
    // As they are listed everywhere, the most hurried first.
    state.sort ? order : () => 0,
  );
  return (
    <List
      title={t('Channels')}
      name="channels"
      list={list}
      state={state}
      columns={shown}
      filters={[{ id: 'search', kind: 'search', label: t('Channel') }]}
      actions={admin ? [{ label: t('Reset'), grave: 'final', run: ({ channel }) => reset({ variables: { channel } }) }] : []}
      to={({ id }) => `/channels/${id}`}
      nameOf={({ channel }) => channelTitle(channel)}
      empty={{ title: t('There is no channel'), text: '' }}
    />
  );
}
