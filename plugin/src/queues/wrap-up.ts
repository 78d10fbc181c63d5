/** What follows a conversation: the agent's wrap-up, by queue and channel. */
import { invalid } from '../platform/errors.js';
import type { Channel, QueueWrapUpInput, WrapUpRule, WrapUpRuleInput } from '../platform/generated/graphql.js';

export type QueueWrapUp = WrapUpRule & { channel: Channel };

const LEAST_SECONDS = 5;
const MOST_SECONDS = 3_600;

/** @throws PatchbayError INVALID_INPUT with what to do */
export function wrapUpRule({ mode, seconds, extensionSeconds, afterTransfer }: WrapUpRuleInput): WrapUpRule {
  if (mode !== 'TIMED') return { mode, seconds: 0, extensionSeconds: 0, afterTransfer: mode === 'MANUAL' && afterTransfer };
  if (seconds == null || seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
    throw invalid('wrapUp.seconds', `A wrap-up by time lasts ${LEAST_SECONDS} to ${MOST_SECONDS} seconds.`);
  }
  const extension = extensionSeconds ?? seconds;
  if (extension > MOST_SECONDS)
    throw invalid('wrapUp.extensionSeconds', `It is extended by at most ${MOST_SECONDS} seconds; 0 for not at all.`);
  return { mode, seconds, extensionSeconds: extension, afterTransfer };
}

/** @throws PatchbayError INVALID_INPUT with what to do */
export function queueWrapUps(rules: readonly QueueWrapUpInput[]): QueueWrapUp[] {
  const channels = new Set(rules.map(({ channel }) => channel));
  if (channels.size < rules.length) throw invalid('wrapUp', 'Give one rule for each channel.');
  return rules.map((rule) => ({ channel: rule.channel, ...wrapUpRule(rule) }));
}
