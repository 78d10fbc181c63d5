/** One team. */
import { useMutation } from '@apollo/client/react';
import { Link } from 'react-router';
import { CreateTeamDocument, TeamListDocument, UpdateTeamDocument } from '../generated/operations';
import { t } from '../language';
import { NumberInput, TextInput } from '../parts/inputs';
import { ShortRecord } from '../parts/ShortRecord';

interface Values {
  name: string;
  maxAtOnce: number | null;
}

export default function Team() {
  const again = { refetchQueries: [TeamListDocument] };
  const [create] = useMutation(CreateTeamDocument, again);
  const [update] = useMutation(UpdateTeamDocument);
  const labels = { name: t('Name'), maxAtOnce: t('Interactions at once, at most') };
  return (
    <ShortRecord
      kind="team"
      document={TeamListDocument}
      rowsOf={({ teams }) => teams}
      back={{ to: '/teams', title: t('Teams') }}
      titleOfNew={t('New team')}
      titleOf={({ name }) => name}
      empty={{ name: '', maxAtOnce: null } as Values}
      valuesOf={({ name, maxAtOnce }): Values => ({ name, maxAtOnce: maxAtOnce ?? null })}
      labels={labels}
      create={(values) => create({ variables: { input: { idempotencyKey: crypto.randomUUID(), ...values } } })}
      update={(id, change) => update({ variables: { input: { id, ...change } } })}
      more={({ id }) => (
        <section className="card">
          <p>
            <Link to={`/agents?team=${id}`}>{t('Agents of this team')}</Link>
          </p>
        </section>
      )}
    >
      {({ field }) => (
        <>
          <TextInput label={labels.name} required {...field('name')} />
          <NumberInput
            label={labels.maxAtOnce}
            hint={t('So many interactions a member may have at once. Empty for no limit beside the capacity.')}
            min={1}
            max={1_000}
            {...field('maxAtOnce')}
          />
        </>
      )}
    </ShortRecord>
  );
}
