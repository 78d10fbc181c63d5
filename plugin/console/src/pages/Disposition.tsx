/** One disposition. */
import { useMutation } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { CreateDispositionDocument, DispositionListDocument, UpdateDispositionDocument } from '../generated/operations';
import type { Channel } from '../generated/channels';
import { listed, t } from '../language';
import { Check, Pick } from '../parts/controls';
import { plainWord } from '../parts/FormPage';
import { TextInput } from '../parts/inputs';
import { ShortRecord } from '../parts/ShortRecord';
import { Translations, translationsValue, translationsWord, type TranslationsValue } from '../parts/Translations';
import { CHANNEL_LIST, channelWord } from '../words';

interface Values {
  name: string;
  translations: TranslationsValue;
  channels: Channel[];
  active: boolean;
}

export default function Disposition() {
  const [create] = useMutation(CreateDispositionDocument, { refetchQueries: [DispositionListDocument] });
  const [update] = useMutation(UpdateDispositionDocument);
  const labels = { name: t('Name'), translations: t('In other languages'), channels: t('Shown for'), active: t('In use') };
  return (
    <ShortRecord
      kind="disposition"
      document={DispositionListDocument}
      rowsOf={({ dispositions }) => dispositions}
      back={{ to: '/dispositions', title: t('Dispositions') }}
      titleOfNew={t('New disposition')}
      titleOf={(disposition) => named(disposition)}
      empty={{ name: '', translations: [], channels: [], active: true } as Values}
      valuesOf={({ name, channels, active, ...rest }): Values => ({ name, translations: translationsValue(rest), channels, active })}
      labels={labels}
      word={(field, value) => {
        if (field === 'translations') return translationsWord(value as TranslationsValue);
        return field === 'channels' ? listed((value as Channel[]).map(channelWord)) : plainWord(value);
      }}
      create={({ active: _, ...values }) => create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values } } })}
      update={(id, change) => update({ variables: { input: { id, ...change } } })}
    >
      {({ field, values, set, errors }, isNew) => (
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
          <Translations label={labels.translations} errors={errors} {...field('translations')} />
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
