/** How an agent writes up what was said: the rule of a channel, or of a queue for one. */
import type { WrapUpMode } from '../generated/operations';
import { duration, t } from '../language';
import { Check, Pick } from './controls';
import { NumberInput } from './inputs';

export interface WrapUpValue {
  mode: WrapUpMode;
  seconds: number | null;
  extensionSeconds: number | null;
  afterTransfer: boolean;
}

const MODES: readonly WrapUpMode[] = ['MANUAL', 'TIMED', 'NONE'];
export const modeWord = (mode: WrapUpMode): string =>
  ({ MANUAL: t('Until the agent closes'), TIMED: t('Ends by itself'), NONE: t('None: closed at once') })[mode];

export const wrapUpWord = ({ mode, seconds }: WrapUpValue): string =>
  mode === 'TIMED' ? t('{{duration}}, then it ends', { duration: duration(seconds ?? 0) }) : modeWord(mode);

/** As the API takes it. */
export const wrapUpInput = ({ mode, seconds, extensionSeconds, afterTransfer }: WrapUpValue) =>
  mode === 'TIMED' ? { mode, seconds, extensionSeconds: extensionSeconds ?? 0, afterTransfer } : { mode, afterTransfer };

interface WrapUpProps {
  value: WrapUpValue;
  onChange: (value: WrapUpValue) => void;
}

export function WrapUpRule({ value, onChange }: WrapUpProps) {
  const set = (part: Partial<WrapUpValue>): void => onChange({ ...value, ...part });
  return (
    <>
      <Pick
        label={t('Wrap-up')}
        options={MODES.map((id) => ({ id, name: modeWord(id) }))}
        value={value.mode}
        onChange={(mode) => set(mode === 'TIMED' ? { mode, seconds: value.seconds || 60 } : { mode: mode as WrapUpMode })}
      />
      {value.mode === 'TIMED' && (
        <>
          <NumberInput
            label={t('Lasts')}
            unit={t('s')}
            min={5}
            max={3_600}
            required
            value={value.seconds}
            onChange={(seconds) => set({ seconds })}
          />
          <NumberInput
            label={t('The agent may add, once')}
            unit={t('s')}
            min={0}
            max={3_600}
            value={value.extensionSeconds}
            onChange={(extensionSeconds) => set({ extensionSeconds })}
          />
        </>
      )}
      {value.mode !== 'NONE' && (
        <Check label={t('After a transfer too')} value={value.afterTransfer} onChange={(afterTransfer) => set({ afterTransfer })} />
      )}
    </>
  );
}
