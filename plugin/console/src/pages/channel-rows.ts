/** Channels as their list and each one's page show them. */
import type { ChannelListQuery } from '../generated/operations';
import { t } from '../language';

export type ChannelRow = ChannelListQuery['channelSettings'][number] & { id: string };

/** A channel has no id of its own. */
export const channelRows = ({ channelSettings }: ChannelListQuery): ChannelRow[] =>
  channelSettings.map((row) => ({ ...row, id: row.channel }));

export const lostWord = (policy: ChannelRow['whenAgentLost']): string =>
  ({ KEEP: t('Stays with the agent'), REQUEUE: t('Goes back to its queue') })[policy];
export const undeliveredWord = (policy: ChannelRow['whenUndelivered']): string =>
  ({ COME_BACK: t('Comes back'), STAY: t('Stays as it is') })[policy];
