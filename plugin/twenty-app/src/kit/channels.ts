import { CHANNELS, channels as definitions } from '../generated/channels';
import { options } from './fields';

/** How a customer can reach the contact center, as the engine names it. */
export const channels = options(
  ...CHANNELS.map((channel) => [channel, definitions[channel].name.en, definitions[channel].colour] as const),
);
