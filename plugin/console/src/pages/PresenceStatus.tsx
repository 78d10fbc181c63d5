/** One presence status, with the reasons that agents choose from. */
import { useMutation } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import {
  CreatePresenceStatusDocument,
  PresenceStatusListDocument,
  UpdatePresenceStatusDocument,
  type Availability,
} from '../generated/operations';
import { t } from '../language';
import { Pick } from '../parts/controls';
import { TextInput } from '../parts/inputs';
import { plainWord } from '../parts/FormPage';
import { ShortRecord } from '../parts/ShortRecord';
import { Translations, translationsValue, translationsWord, type TranslationsValue } from '../parts/Translations';
import { AVAILABILITIES, availabilityWord } from '../words';

interface Values {
  name: string;
  translations: TranslationsValue;
  availability: Availability;
  /** One a line. */
  reasons: string;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

export default function PresenceStatus() {
  const [create] = useMutation(CreatePresenceStatusDocument, { refetchQueries: [PresenceStatusListDocument] });
  const [update] = useMutation(UpdatePresenceStatusDocument);
  const labels = { name: t('Name'), translations: t('In other languages'), availability: t('Means'), reasons: t('Reasons') };
  return (
    <ShortRecord
      kind="presence"
      document={PresenceStatusListDocument}
      rowsOf={({ presenceStatuses }) => presenceStatuses}
      back={{ to: '/presence', title: t('Presence statuses') }}
      titleOfNew={t('New status')}
      titleOf={(status) => named(status)}
      empty={{ name: '', translations: [], availability: 'AWAY', reasons: '' } as Values}
      valuesOf={({ name, availability, reasons, ...rest }): Values => ({
        name,
        translations: translationsValue(rest),
        availability,
        reasons: reasons.join('\n'),
      })}
      labels={labels}
      word={(field, value) => {
        if (field === 'translations') return translationsWord(value as TranslationsValue);
        return field === 'availability' ? availabilityWord(value as Availability) : plainWord(value);
      }}
      create={({ reasons, ...values }) =>
        create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values, reasons: linesOf(reasons) } } })
      }
      update={(id, { name, translations, reasons }) =>
        update({
          variables: {
            input: {
              id,
              ...(name !== undefined && { name }),
              ...(translations && { translations }),
              ...(reasons !== undefined && { reasons: linesOf(reasons) }),
            },
          },
        })
      }
    >
      {({ field, values, set, errors }, isNew) => (
        <>
          <TextInput label={labels.name} required {...field('name')} />
          <Pick
            label={labels.availability}
            hint={isNew ? t('It cannot be changed later.') : t('It cannot be changed: make another status instead.')}
            disabled={!isNew}
            options={AVAILABILITIES.map((id) => ({ id, name: availabilityWord(id) }))}
            value={values.availability}
            onChange={(availability) => set({ availability: availability as Availability })}
          />
          <TextInput
            label={labels.reasons}
            lines
            hint={t('One a line. Where there are any, an agent has to choose one.')}
            {...field('reasons')}
          />
          <Translations label={labels.translations} errors={errors} {...field('translations')} />
        </>
      )}
    </ShortRecord>
  );
}
