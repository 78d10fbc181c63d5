/** One disposition. */
import { useMutation } from '@apollo/client/react';
import { CreateDispositionDocument, DispositionListDocument, UpdateDispositionDocument } from '../generated/operations';
import type { Channel } from '../generated/channels';
import { listed, t } from '../language';
import { Check, Pick } from '../parts/controls';
import { plainWord } from '../parts/FormPage';
import { TextInput } from '../parts/inputs';
import { ShortRecord } from '../parts/ShortRecord';
import { CHANNEL_LIST, channelWord } from '../words';

interface Values {
  name: string;
  channels: Channel[];
  active: boolean;
}

export default function Disposition() {
  const [create] = useMutation(CreateDispositionDocument, { refetchQueries: [DispositionListDocument] });
  const [update] = useMutation(UpdateDispositionDocument);
  const labels = { name: t('Name'), channels: t('Shown for'), active: t('In use') };
  return (
    <ShortRecord
      kind="disposition"
      document={DispositionListDocument}
      rowsOf={({ dispositions }) => dispositions}
      back={{ to: '/dispositions', title: t('Dispositions') }}
      titleOfNew={t('New disposition')}
      titleOf={({ name }) => name}
      empty={{ name: '', channels: [], active: true } as Values}
      valuesOf={({ name, channels, active }): Values => ({ name, channels, active })}
      labels={labels}
      word={(field, value) => (field === 'channels' ? listed((value as Channel[]).map(channelWord)) : plainWord(value))}
      create={({ active: _, ...values }) => create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values } } })}
      update={(id, change) => update({ variables: { input: { id, ...change } } })}
    >
      {({ field, values, set }, isNew) => (
        <>
          <TextInput label={labels.name} required {...field('name')} />
          <Pick
            several
            label={labels.channels}
            placeholder={t('All channels')}
            options={CHANNEL_LIST.map((id) => ({ id, name: channelWord(id) }))}
            value={values.channels}
            onChange={(channels) => set({ channels: channels as Channel[] })}
          />
          {!isNew && (
            <Check
              label={labels.active}
              hint={t('What is not in use is not offered any more; interactions keep it.')}
              value={values.active}
              onChange={(active) => set({ active })}
            />
          )}
        </>
      )}
    </ShortRecord>
  );
}
