/** What a new center begins with on each channel. */
import { isDeepStrictEqual } from 'node:util';
import { channels } from '../platform/generated/channels.js';
import type { Channel, WrapUpRule } from '../platform/generated/graphql.js';
import type { ChannelSettings } from '../platform/generated/prisma/client.js';

/** As the columns of the database have them by themselves. */
const EVERYWHERE = {
  wrapUp: { mode: 'MANUAL', seconds: 0, extensionSeconds: 0, afterTransfer: false } satisfies WrapUpRule,
  whenUndelivered: 'COME_BACK',
} as const;

export const defaultsOf = (channel: Channel) => ({ ...channels[channel].settings, ...EVERYWHERE });

export const isDefault = ({ channel, ...settings }: ChannelSettings): boolean => isDeepStrictEqual(settings, defaultsOf(channel));
