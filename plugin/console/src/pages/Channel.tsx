/** One channel's settings, each with what it means. */
import { useMutation } from '@apollo/client/react';
import {
  ChannelListDocument,
  ResetChannelDocument,
  UpdateChannelDocument,
  type GiveBackPolicy,
  type UndeliveredPolicy,
} from '../generated/operations';
import { t } from '../language';
import { Check, Pick } from '../parts/controls';
import { plainWord } from '../parts/FormPage';
import { Grave } from '../parts/Grave';
import { NumberInput } from '../parts/inputs';
import { ShortRecord } from '../parts/ShortRecord';
import { Tag } from '../parts/Tag';
import { wrapUpInput, wrapUpWord, type WrapUpValue } from '../parts/wrap-up';
import { WrapUpRule } from '../parts/WrapUp';
import { useMay } from '../session';
import { channelTitle } from '../words';
import { channelRows, lostWord, undeliveredWord, type ChannelRow } from './channel-rows';

interface Values {
  weight: number | null;
  waitingWeight: number | null;
  interruptible: boolean;
  whenAgentLost: GiveBackPolicy;
  whenUndelivered: UndeliveredPolicy;
  wrapUp: WrapUpValue;
}

const valuesOf = ({ weight, waitingWeight, interruptible, whenAgentLost, whenUndelivered, wrapUp }: ChannelRow): Values => {
  const { mode, seconds, extensionSeconds, afterTransfer } = wrapUp;
  return {
    weight,
    waitingWeight,
    interruptible,
    whenAgentLost,
    whenUndelivered,
    wrapUp: { mode, seconds, extensionSeconds, afterTransfer },
  };
};

export default function Channel() {
  const admin = useMay(['ADMIN']);
  const again = { refetchQueries: [ChannelListDocument], awaitRefetchQueries: true };
  const [update] = useMutation(UpdateChannelDocument, again);
  const [reset] = useMutation(ResetChannelDocument, again);
  const labels = {
    weight: t('Capacity it takes'),
    waitingWeight: t('Capacity while it waits for the customer'),
    interruptible: t('Others may interrupt it'),
    whenAgentLost: t('When its agent is lost'),
    whenUndelivered: t('When an answer cannot be delivered'),
    wrapUp: t('Wrap-up'),
  };
  const word = (field: keyof Values, value: unknown): string => {
    if (field === 'whenAgentLost') return lostWord(value as GiveBackPolicy);
    if (field === 'whenUndelivered') return undeliveredWord(value as UndeliveredPolicy);
    return field === 'wrapUp' ? wrapUpWord(value as WrapUpValue) : plainWord(value);
  };
  return (
    <ShortRecord
      kind="channel"
      document={ChannelListDocument}
      rowsOf={channelRows}
      back={{ to: '/channels', title: t('Channels') }}
      // Channels are defined by the program; none is made here.
      titleOfNew={t('Channels')}
      titleOf={({ channel }) => channelTitle(channel)}
      aside={({ isDefault }) => isDefault && <Tag tone="off">{t('Default')}</Tag>}
      empty={{} as Values}
      valuesOf={valuesOf}
      labels={labels}
      word={word}
      create={() => Promise.resolve()}
      update={(id, { wrapUp, ...change }) =>
        update({
          variables: { input: { channel: id as ChannelRow['channel'], ...change, ...(wrapUp && { wrapUp: wrapUpInput(wrapUp) }) } },
        })
      }
      more={({ channel, isDefault }) =>
        admin &&
        !isDefault && (
          <Grave
            label={t('Reset to the default')}
            warning={t('All settings of this channel become what a new center begins with. Offers follow at once.')}
            run={() => reset({ variables: { channel } })}
          />
        )
      }
    >
      {({ field, values, set }) => (
        <>
          <NumberInput
            label={labels.weight}
            unit={t('units')}
            min={0}
            max={1_000}
            disabled={!admin}
            hint={t('Of an agent’s capacity, from the offer until it is closed. An agent of 100 units has two at once of what takes 50.')}
            {...field('weight')}
          />
          <NumberInput
            label={labels.waitingWeight}
            unit={t('units')}
            min={0}
            max={1_000}
            disabled={!admin}
            hint={t('Never more than while it is in hand; 0 where waiting leaves all the room for other work.')}
            {...field('waitingWeight')}
          />
          <Pick
            label={labels.whenAgentLost}
            hint={t('The desk was closed or the connection broke, for longer than a moment.')}
            options={(['KEEP', 'REQUEUE'] as const).map((id) => ({ id, name: lostWord(id) }))}
            disabled={!admin}
            value={values.whenAgentLost}
            error={field('whenAgentLost').error}
            onChange={(whenAgentLost) => set({ whenAgentLost: whenAgentLost as GiveBackPolicy })}
          />
          <Pick
            label={labels.whenUndelivered}
            hint={t('Comes back: what was closed opens again in its queue, and what waits for the customer goes on.')}
            options={(['COME_BACK', 'STAY'] as const).map((id) => ({ id, name: undeliveredWord(id) }))}
            disabled={!admin}
            value={values.whenUndelivered}
            error={field('whenUndelivered').error}
            onChange={(whenUndelivered) => set({ whenUndelivered: whenUndelivered as UndeliveredPolicy })}
          />
          <Check
            label={labels.interruptible}
            hint={t('An agent who has it is offered a call all the same: it takes no room from work that may not be interrupted.')}
            value={values.interruptible}
            onChange={(interruptible) => set({ interruptible })}
          />
          <fieldset className="group wide">
            <legend>{t('Wrap-up: the time in which the agent writes it up')}</legend>
            <p className="hint">{t('A queue may have a rule of its own. Wrap-up uses the agent’s capacity.')}</p>
            <div className="group-row">
              <WrapUpRule value={values.wrapUp} onChange={(wrapUp) => set({ wrapUp })} />
            </div>
            {field('wrapUp').error !== null && (
              <p className="field-error" role="alert">
                {field('wrapUp').error}
              </p>
            )}
          </fieldset>
        </>
      )}
    </ShortRecord>
  );
}
