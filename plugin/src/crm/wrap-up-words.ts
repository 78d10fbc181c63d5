/**
 * Wrap-ups of a queue as people write them in the CRM, a channel each: "Chat: none", "E-mail: manual", "Voice: 60 s", which may
 * be extended by as long again, "Voice: 60 s + 30 s", by that. "…, not after a transfer" gives none to an agent who handed over.
 */
import { invalid } from '../platform/errors.js';
import { CHANNELS, channels, type Channel } from '../platform/generated/channels.js';
import type { QueueWrapUpInput } from '../platform/generated/graphql.js';
import type { QueueWrapUp } from '../queues/wrap-up.js';

const nameOf = (channel: Channel): string => channels[channel].name.en;
const FORM = /^(none|manual|(\d{1,5}) ?s(?: ?\+ ?(\d{1,5}) ?s)?)(, not after a transfer)?$/i;

export function wrapUpWord({ channel, mode, seconds, extensionSeconds, afterTransfer }: QueueWrapUp): string {
  const name = nameOf(channel);
  if (mode === 'NONE') return `${name}: none`;
  const extension = extensionSeconds === seconds ? '' : ` + ${extensionSeconds} s`;
  return `${name}: ${mode === 'MANUAL' ? 'manual' : `${seconds} s${extension}`}${afterTransfer ? '' : ', not after a transfer'}`;
}

/** @throws PatchbayError INVALID_INPUT saying which word is wrong and how it is written */
export function readWrapUpWords(words: readonly string[]): QueueWrapUpInput[] {
  return words.map((word) => {
    const [said = '', ...rest] = word.split(':');
    const channel = CHANNELS.find((one) => [nameOf(one), channels[one].one.en].some((name) => letters(name) === letters(said)));
    if (!channel) throw invalid('wrapUp', `“${said.trim()}” is no channel. There are: ${CHANNELS.map(nameOf).join(', ')}.`);
    const [, how = '', seconds, extension, not] = FORM.exec(rest.join(':').trim()) ?? [];
    if (!how) {
      throw invalid('wrapUp', `“${word.trim()}” is no wrap-up. Write it as “Chat: none”, “E-mail: manual” or “Voice: 60 s + 30 s”.`);
    }
    const afterTransfer = not === undefined;
    if (seconds === undefined) return { channel, mode: how.toUpperCase() === 'NONE' ? 'NONE' : 'MANUAL', afterTransfer };
    return { channel, mode: 'TIMED', seconds: Number(seconds), extensionSeconds: extension && Number(extension), afterTransfer };
  }) as QueueWrapUpInput[];
}

const letters = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]/g, '');
