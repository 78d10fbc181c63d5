/** Channels as data: their order, and which of them are there. */
import type { Rows } from '../../board';
import { channels } from '../../generated/channels';
import type { ChannelsTileFragment } from '../../generated/operations';

export type ChannelLive = ChannelsTileFragment['channels'][number];

/** Channels in one fixed order, the most hurried first. */
const inChannelOrder = (a: ChannelLive, b: ChannelLive): number => channels[a.channel].order - channels[b.channel].order;

/** A channel that has neither work nor agents any more comes as a row of zeros; a snapshot would leave it out. */
const isAlive = ({ waiting, inProgress, agentsTaking }: ChannelLive): boolean => waiting + inProgress + agentsTaking > 0;

export const CHANNEL_ROWS: Rows<ChannelLive> = { key: ({ channel }) => channel, order: inChannelOrder, stays: isAlive };
