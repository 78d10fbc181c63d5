/** What a policy as it stands in the form would do to open clocks, and moving those that run under an earlier version. */
import { useLazyQuery, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  MigrateSlaClocksDocument,
  PolicyListDocument,
  PreviewMigrationDocument,
  PreviewPolicyUpdateDocument,
} from '../generated/operations';
import { t } from '../language';
import { Grave } from '../parts/Grave';
import { MigrationFigures } from '../parts/MigrationFigures';
import type { Form } from '../parts/useForm';
import { inputOf, type PolicyDraft } from '../policy-draft';
import { problemOf } from '../problem';
import { useMay } from '../session';

interface MigrationProps {
  form: Form<PolicyDraft>;
  policy: { id: string; clocksBehind: number };
}

export function PolicyMigration({ form, policy: { id, clocksBehind } }: MigrationProps) {
  const admin = useMay(['ADMIN']);
  const [askDraft, draft] = useLazyQuery(PreviewPolicyUpdateDocument, { fetchPolicy: 'no-cache' });
  const [askSaved, saved] = useLazyQuery(PreviewMigrationDocument, { fetchPolicy: 'no-cache' });
  const [migrate, migrated] = useMutation(MigrateSlaClocksDocument, { refetchQueries: [PolicyListDocument], awaitRefetchQueries: true });
  const [asked, setAsked] = useState('');
  const now = JSON.stringify([form.values, form.dirty, clocksBehind]);
  const ask = (): void => {
    setAsked(now);
    const run = form.dirty
      ? askDraft({ variables: { input: { id, ...inputOf(form.values) } } })
      : askSaved({ variables: { policyId: id } });
    void run.catch(() => undefined);
  };
  const isOf = asked === now;
  const error = form.dirty ? draft.error : saved.error;
  const figures = form.dirty ? draft.data?.previewSlaPolicyUpdate : saved.data?.previewSlaMigration;
  return (
    <section className="card" aria-labelledby="open-clocks">
      <h2 id="open-clocks">{t('Open clocks')}</h2>
      <p className="soft">
        {form.dirty
          ? t('Saving makes a new version for clocks that begin from then on. Those that are open are moved to it afterwards, if you want.')
          : clocksBehind > 0
            ? t('{{count}} open clocks under an earlier version', { count: clocksBehind })
            : t('All open clocks run under the present version.')}
      </p>
      <p>
        <button type="button" className="button" disabled={draft.loading || saved.loading} onClick={ask}>
          {form.dirty ? t('Preview what moving them to these changes would do') : t('Preview what moving them would do')}
        </button>
      </p>
      {isOf && error && (
        <p className="problem" role="alert">
          <span>{problemOf(error).message}</span>
        </p>
      )}
      <div aria-live="polite">{isOf && figures && <MigrationFigures figures={figures} />}</div>
      {migrated.data && <p role="status">{t('{{count}} clocks were moved.', { count: migrated.data.migrateSlaClocks.moving })}</p>}
      {admin && !form.dirty && clocksBehind > 0 && isOf && figures && (
        <Grave
          label={t('Move the open clocks')}
          warning={t('Their deadlines change at once; {{count}} are breached at once.', { count: figures.breaching })}
          run={() => migrate({ variables: { policyId: id } })}
        />
      )}
    </section>
  );
}
