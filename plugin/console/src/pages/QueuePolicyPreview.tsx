/** What another policy would do to the open clocks of a queue, before it is saved. */
import { useQuery } from '@apollo/client/react';
import { PreviewQueuePolicyDocument } from '../generated/operations';
import { t } from '../language';
import { MigrationFigures } from '../parts/MigrationFigures';
import { Failed, Loading } from '../parts/States';
import { problemOf } from '../problem';

/** @param slaPolicyId empty for none */
export function QueuePolicyPreview({ queueId, slaPolicyId }: { queueId: string; slaPolicyId: string }) {
  const { data, error, refetch } = useQuery(PreviewQueuePolicyDocument, {
    variables: { queueId, slaPolicyId: slaPolicyId || null },
    fetchPolicy: 'no-cache',
  });
  return (
    <section className="card" aria-labelledby="other-policy">
      <h2 id="other-policy">{t('What the other policy would do to open clocks')}</h2>
      {error ? (
        <Failed problem={problemOf(error)} again={() => void refetch().catch(() => undefined)} />
      ) : data ? (
        <MigrationFigures figures={data.previewQueueSlaPolicy} />
      ) : (
        <Loading />
      )}
    </section>
  );
}
