/** How an agent writes up what was said: the rule of a channel, or of a queue for one. */
import type { WrapUpMode } from '../generated/operations';
import { t } from '../language';
import { Check, Pick } from './controls';
import { NumberInput } from './inputs';
import { MODES, modeWord, type WrapUpValue } from './wrap-up';

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
