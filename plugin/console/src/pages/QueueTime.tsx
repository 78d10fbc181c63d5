/** What changes while an interaction waits in a queue, and what follows it there. */
import { Pick } from '../parts/controls';
import { Group } from '../parts/Group';
import { NumberInput } from '../parts/inputs';
import { WrapUpRule } from '../parts/WrapUp';
import type { Channel } from '../generated/channels';
import { t } from '../language';
import { CHANNEL_LIST, channelTitle } from '../words';
import type { QueueValues, RelaxationValue } from './queue-form';

export interface Control<V> {
  value: V;
  onChange: (value: V) => void;
  error: string | null;
}

const without = <V,>(list: readonly V[], at: number): V[] => list.filter((_, index) => index !== at);
const put = <V,>(list: readonly V[], at: number, value: V): V[] => list.map((one, index) => (index === at ? value : one));

const MOST_STEPS = 20;

export function Relaxation({ value, onChange, error }: Control<RelaxationValue[]>) {
  const last = value.at(-1);
  return (
    <Group
      legend={t('Required skills relax')}
      hint={t('The longer an interaction waits, the less is required. A level that falls below 1 is required no more.')}
      error={error}
    >
      {value.map((step, at) => (
        <div className="group-row" data-again={at > 0 || undefined} key={at}>
          <NumberInput
            label={t('After waiting for')}
            unit={t('s')}
            min={0}
            value={step.afterSeconds}
            onChange={(afterSeconds) => onChange(put(value, at, { ...step, afterSeconds }))}
          />
          <NumberInput
            label={t('Each level is lower by')}
            min={1}
            max={10}
            value={step.levelDrop}
            onChange={(levelDrop) => onChange(put(value, at, { ...step, levelDrop }))}
          />
          <button type="button" className="button quiet" onClick={() => onChange(without(value, at))}>
            {t('Remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button small"
        disabled={value.length >= MOST_STEPS}
        onClick={() =>
          onChange([...value, { afterSeconds: (last?.afterSeconds ?? 0) + 60, levelDrop: Math.min((last?.levelDrop ?? 0) + 1, 10) }])
        }
      >
        {t('Add a step')}
      </button>
    </Group>
  );
}

/** There are ten, and the first always helps. */
const HIGHER_LEVELS = 9;

export function LevelDelays({ value, onChange, error }: Control<(number | null)[]>) {
  return (
    <Group
      legend={t('Members of higher levels help')}
      hint={t('Members of level 1 are offered work at once, those of a level without an entry never.')}
      error={error}
    >
      <div className="group-row">
        {value.map((seconds, at) => (
          <NumberInput
            key={at}
            label={t('Level {{level}} after', { level: at + 2 })}
            unit={t('s')}
            min={0}
            value={seconds}
            onChange={(next) => onChange(put(value, at, next))}
          />
        ))}
      </div>
      <div className="row">
        <button
          type="button"
          className="button small"
          disabled={value.length >= HIGHER_LEVELS}
          onClick={() => onChange([...value, (value.at(-1) ?? 0) + 30])}
        >
          {t('Let level {{level}} help', { level: value.length + 2 })}
        </button>
        {value.length > 0 && (
          <button type="button" className="button quiet small" onClick={() => onChange(value.slice(0, -1))}>
            {t('Remove level {{level}}', { level: value.length + 1 })}
          </button>
        )}
      </div>
    </Group>
  );
}

export function WrapUps({ value, onChange, error }: Control<QueueValues['wrapUp']>) {
  const free = CHANNEL_LIST.filter((channel) => !value.some((rule) => rule.channel === channel));
  return (
    <Group legend={t('Wrap-up')} hint={t('A channel that is not named here has the rule of its own settings.')} error={error}>
      {value.map(({ channel, ...rule }, at) => (
        <div className="group-row" key={channel}>
          <Pick
            label={t('Channel')}
            options={CHANNEL_LIST.filter((one) => one === channel || free.includes(one)).map((id) => ({ id, name: channelTitle(id) }))}
            value={channel}
            onChange={(next) => onChange(put(value, at, { channel: next as Channel, ...rule }))}
          />
          <WrapUpRule value={rule} onChange={(next) => onChange(put(value, at, { channel, ...next }))} />
          <button type="button" className="button quiet" onClick={() => onChange(without(value, at))}>
            {t('Remove')}
          </button>
        </div>
      ))}
      <button
        type="button"
        className="button small"
        disabled={free.length === 0}
        onClick={() => {
          const [channel] = free;
          if (channel) onChange([...value, { channel, mode: 'TIMED', seconds: 60, extensionSeconds: 60, afterTransfer: false }]);
        }}
      >
        {t('Add a channel')}
      </button>
    </Group>
  );
}
