/** One promise of a policy: its target, other targets for some, its warnings and pauses, and the ladder after a breach. */
import type { Channel, CustomerTier, InteractionState, SlaReopening } from '../generated/operations';
import { t } from '../language';
import { Pick, type Option } from '../parts/controls';
import { DurationInput } from '../parts/DurationInput';
import { NumberInput, TextInput } from '../parts/inputs';
import { later } from '../parts/later';
import { errorsWithin, newTarget, type MilestoneDraft, type TargetDraft, type WarningDraft } from '../policy-draft';
import '../styles/calendars.css';
import { CHANNEL_LIST, channelWord, milestoneHint, milestoneWord, reopeningWord, stateWord, tierWord } from '../words';
import type { LadderKnowledge } from './PolicyLadder';

const PolicyLadder = later(async () => (await import('./PolicyLadder')).PolicyLadder);

const PAUSES: readonly InteractionState[] = ['WAITING_FOR_CUSTOMER', 'ON_HOLD'];
const REOPENINGS: readonly SlaReopening[] = ['RESUME', 'RESTART', 'NEVER'];
const TIERS: readonly CustomerTier[] = ['STANDARD', 'VIP'];

interface MilestoneProps {
  value: MilestoneDraft;
  onChange: (value: MilestoneDraft) => void;
  /** Null where it is the only one. */
  onRemove: (() => void) | null;
  /** By the place below it, such as targets[0].languages. */
  errors: Readonly<Record<string, string>>;
  queues: readonly Option[];
  ladder: LadderKnowledge;
  disabled: boolean;
}

export function PolicyMilestone({ value, onChange, onRemove, errors, queues, ladder, disabled }: MilestoneProps) {
  const set = (part: Partial<MilestoneDraft>): void => onChange({ ...value, ...part });
  const { targets, warnings } = value;
  const others = Object.entries(errors).filter(([place]) => place !== 'targetSeconds' && !place.startsWith('escalation'));
  return (
    <fieldset className="group wide milestone">
      <legend>{milestoneWord(value.kind)}</legend>
      <p className="hint">{milestoneHint(value.kind)}</p>
      <div className="group-row">
        <DurationInput
          label={t('Target')}
          min={1}
          value={value.targetSeconds}
          error={errors.targetSeconds ?? null}
          disabled={disabled}
          hint={targets.length > 0 ? t('Empty promises only what is below.') : undefined}
          onChange={(targetSeconds) => set({ targetSeconds })}
        />
        <Pick
          several
          label={t('Paused while')}
          value={value.pausedIn}
          options={PAUSES.map((id) => ({ id, name: stateWord(id) }))}
          placeholder={t('Never')}
          disabled={disabled}
          onChange={(pausedIn) => set({ pausedIn: pausedIn as InteractionState[] })}
        />
        <Pick
          label={t('When it is opened again')}
          value={value.reopening}
          options={REOPENINGS.map((id) => ({ id, name: reopeningWord(id) }))}
          disabled={disabled}
          onChange={(reopening) => set({ reopening: reopening as SlaReopening })}
        />
      </div>
      {targets.map((target, at) => (
        <Target
          key={at}
          value={target}
          number={at + 1}
          onChange={(next) => set({ targets: targets.with(at, next) })}
          onRemove={() => set({ targets: targets.toSpliced(at, 1) })}
          queues={queues}
          disabled={disabled}
        />
      ))}
      {warnings.map((warning, at) => (
        <Warning
          key={at}
          value={warning}
          number={at + 1}
          onChange={(next) => set({ warnings: warnings.with(at, next) })}
          onRemove={() => set({ warnings: warnings.toSpliced(at, 1) })}
          disabled={disabled}
        />
      ))}
      {others.map(([place, message]) => (
        <p className="field-error" role="alert" key={place}>
          {message}
        </p>
      ))}
      {!disabled && (
        <p className="row">
          <button type="button" className="button small" onClick={() => set({ targets: [...targets, newTarget()] })}>
            {t('Add a target for some')}
          </button>
          <button type="button" className="button small" onClick={() => set({ warnings: [...warnings, { by: 'percent', amount: 90 }] })}>
            {t('Add a warning')}
          </button>
          {onRemove && (
            <button type="button" className="button quiet small" onClick={onRemove}>
              {t('Promise this no more')}
            </button>
          )}
        </p>
      )}
      <PolicyLadder
        {...ladder}
        value={value.escalation}
        onChange={(escalation) => set({ escalation })}
        errorsOf={(at) => errorsWithin(errors, `escalation[${at}]`)}
        disabled={disabled}
      />
    </fieldset>
  );
}

interface TargetProps {
  value: TargetDraft;
  number: number;
  onChange: (value: TargetDraft) => void;
  onRemove: () => void;
  queues: readonly Option[];
  disabled: boolean;
}

/** For interactions that match every condition that is given here. */
function Target({ value, number, onChange, onRemove, queues, disabled }: TargetProps) {
  const set = (part: Partial<TargetDraft>): void => onChange({ ...value, ...part });
  const any = t('Any');
  return (
    <div
      className="group-row target-row"
      data-again={number > 1 || undefined}
      role="group"
      aria-label={t('Target {{number}} for some', { number })}
    >
      <DurationInput
        label={t('Target')}
        min={1}
        required
        value={value.targetSeconds}
        disabled={disabled}
        onChange={(targetSeconds) => set({ targetSeconds })}
      />
      <Pick
        several
        label={t('Customers')}
        placeholder={any}
        value={value.tiers}
        options={TIERS.map((id) => ({ id, name: tierWord(id) }))}
        disabled={disabled}
        onChange={(tiers) => set({ tiers: tiers as CustomerTier[] })}
      />
      <Pick
        several
        label={t('Channels')}
        placeholder={any}
        value={value.channels}
        options={CHANNEL_LIST.map((id) => ({ id, name: channelWord(id) }))}
        disabled={disabled}
        onChange={(channels) => set({ channels: channels as Channel[] })}
      />
      <NumberInput
        label={t('Priority at least')}
        min={0}
        max={100}
        value={value.minPriority}
        disabled={disabled}
        onChange={(minPriority) => set({ minPriority })}
      />
      <Pick
        several
        label={t('Queues')}
        placeholder={any}
        value={value.queueIds}
        options={queues}
        disabled={disabled}
        onChange={(queueIds) => set({ queueIds })}
      />
      <TextInput
        label={t('Languages, such as cs, en')}
        value={value.languages}
        disabled={disabled}
        onChange={(languages) => set({ languages })}
      />
      {!disabled && (
        <button type="button" className="button quiet" onClick={onRemove}>
          {t('Remove')}
        </button>
      )}
    </div>
  );
}

interface WarningProps {
  value: WarningDraft;
  number: number;
  onChange: (value: WarningDraft) => void;
  onRemove: () => void;
  disabled: boolean;
}

function Warning({ value, number, onChange, onRemove, disabled }: WarningProps) {
  return (
    <div className="group-row" role="group" aria-label={t('Warning {{number}}', { number })}>
      <Pick
        label={t('Warns')}
        value={value.by}
        options={[
          { id: 'percent', name: t('After a share of the target') },
          { id: 'before', name: t('Before the target') },
        ]}
        disabled={disabled}
        onChange={(by) => onChange(by === 'before' ? { by: 'before', amount: 900 } : { by: 'percent', amount: 75 })}
      />
      {value.by === 'percent' ? (
        <NumberInput
          label={t('Share')}
          unit="%"
          min={1}
          max={100}
          value={value.amount}
          disabled={disabled}
          onChange={(amount) => onChange({ ...value, amount })}
        />
      ) : (
        <DurationInput
          label={t('Time')}
          min={1}
          value={value.amount}
          disabled={disabled}
          onChange={(amount) => onChange({ ...value, amount })}
        />
      )}
      {!disabled && (
        <button type="button" className="button quiet" onClick={onRemove}>
          {t('Remove')}
        </button>
      )}
    </div>
  );
}
