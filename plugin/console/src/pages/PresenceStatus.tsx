/** One presence status, with the reasons that agents choose from. */
import { useMutation } from '@apollo/client/react';
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
import { AVAILABILITIES, availabilityWord } from '../words';

interface Values {
  name: string;
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
  const labels = { name: t('Name'), availability: t('Means'), reasons: t('Reasons') };
  return (
    <ShortRecord
      kind="presence"
      document={PresenceStatusListDocument}
      rowsOf={({ presenceStatuses }) => presenceStatuses}
      back={{ to: '/presence', title: t('Presence statuses') }}
      titleOfNew={t('New status')}
      titleOf={({ name }) => name}
      empty={{ name: '', availability: 'AWAY', reasons: '' } as Values}
      valuesOf={({ name, availability, reasons }): Values => ({ name, availability, reasons: reasons.join('\n') })}
      labels={labels}
      word={(field, value) => (field === 'availability' ? availabilityWord(value as Availability) : plainWord(value))}
      create={({ reasons, ...values }) =>
        create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values, reasons: linesOf(reasons) } } })
      }
      update={(id, { name, reasons }) =>
        update({
          variables: { input: { id, ...(name !== undefined && { name }), ...(reasons !== undefined && { reasons: linesOf(reasons) }) } },
        })
      }
    >
      {({ field, values, set }, isNew) => (
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
        </>
      )}
    </ShortRecord>
  );
}
