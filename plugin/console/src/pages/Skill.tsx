/** One skill. */
import { useMutation } from '@apollo/client/react';
import { CreateSkillDocument, SkillListDocument } from '../generated/operations';
import { t } from '../language';
import { TextInput } from '../parts/inputs';
import { ShortRecord } from '../parts/ShortRecord';

export default function Skill() {
  const [create] = useMutation(CreateSkillDocument, { refetchQueries: [SkillListDocument] });
  const labels = { name: t('Name'), category: t('Category') };
  return (
    <ShortRecord
      kind="skill"
      document={SkillListDocument}
      rowsOf={({ skills }) => skills}
      back={{ to: '/skills', title: t('Skills') }}
      titleOfNew={t('New skill')}
      titleOf={({ name }) => name}
      empty={{ name: '', category: t('General') as string }}
      valuesOf={({ name, category }) => ({ name, category })}
      labels={labels}
      create={(values) => create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values } } })}
    >
      {({ field }) => (
        <>
          <TextInput
            label={labels.name}
            hint={t('It cannot be renamed: agents and queues are known by it in the CRM.')}
            required
            {...field('name')}
          />
          <TextInput label={labels.category} hint={t('For grouping, such as Language or Product.')} required {...field('category')} />
        </>
      )}
    </ShortRecord>
  );
}
