/** The rule of how an agent writes up what was said, in words and as the API takes it. */
import type { WrapUpMode } from '../generated/operations';
import { duration, t } from '../language';

export interface WrapUpValue {
  mode: WrapUpMode;
  seconds: number | null;
  extensionSeconds: number | null;
  afterTransfer: boolean;
}

export const MODES: readonly WrapUpMode[] = ['MANUAL', 'TIMED', 'NONE'];
export const modeWord = (mode: WrapUpMode): string =>
  ({ MANUAL: t('Until the agent closes'), TIMED: t('Ends by itself'), NONE: t('None: closed at once') })[mode];

export const wrapUpWord = ({ mode, seconds }: WrapUpValue): string =>
  mode === 'TIMED' ? t('{{duration}}, then it ends', { duration: duration(seconds ?? 0) }) : modeWord(mode);

/** As the API takes it. */
export const wrapUpInput = ({ mode, seconds, extensionSeconds, afterTransfer }: WrapUpValue) =>
  mode === 'TIMED' ? { mode, seconds, extensionSeconds: extensionSeconds ?? 0, afterTransfer } : { mode, afterTransfer };
