/** Whether two interactions can become one. */
import { channels } from '../platform/generated/channels.js';
import type { Channel, InteractionState } from '../platform/generated/graphql.js';
import { FINAL } from './lifecycle.js';

export interface Mergeable {
  id: string;
  number: number;
  channel: Channel;
  state: InteractionState;
  customerId: string | null;
  mergedIntoId: string | null;
}

const spoken = (channel: Channel): boolean => channels[channel].conversation === 'SPOKEN';
const ON_THE_LINE: readonly InteractionState[] = ['QUEUED', 'OFFERED', 'ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'];

/** Why `from` cannot go on in `into`, with what to do; null where it can. What the life cycle says comes before. */
export function whyNotMerged(from: Mergeable, into: Mergeable, acrossCustomers: boolean): string | null {
  if (into.mergedIntoId !== null) return `#${into.number} was merged into another one itself; merge into that one.`;
  if (FINAL.includes(into.state)) return `#${into.number} is ${into.state.toLowerCase()}; reopen it first.`;
  if (spoken(from.channel) && ON_THE_LINE.includes(from.state))
    return `Somebody is on the line in #${from.number}; end the call first, or merge the other one into it.`;
  if (spoken(into.channel) && !spoken(from.channel))
    return `#${into.number} is a call, where nothing can be written; end it and merge it into #${from.number} instead.`;
  if (channels[from.channel].answeredHere && from.channel !== into.channel)
    return `The customer is answered on the channel of #${from.number}; merge #${into.number} into that one instead.`;
  if (from.customerId !== into.customerId && !acrossCustomers)
    return `#${from.number} and #${into.number} belong to different customers; set acrossCustomers if they are to be one all the same.`;
  return null;
}
