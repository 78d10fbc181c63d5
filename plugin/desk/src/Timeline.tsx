/** What happened to the interaction, event by event, with who did it. */
import { useEffect } from 'react';
import { useQuery } from '@apollo/client/react';
import { actorWord } from '@patchbay/pages/actor-words';
import { TimelineDocument } from './generated/operations';
import { Icon } from './Icon';
import { At, Problem, Skeleton } from './Parts';
import { problemOf } from './problem';
import { eventWord } from './words';
import { t } from './language';

interface TimelineProps {
  id: string;
  revision: number;
  close: () => void;
}

export function Timeline({ id, revision, close }: TimelineProps) {
  const { data, error, refetch } = useQuery(TimelineDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  useEffect(() => {
    if (revision > 0) void refetch().catch(() => undefined);
  }, [revision, refetch]);
  return (
    <section className="sheet" aria-label={t('What happened')}>
      <div className="sheet-head">
        <h2>{t('What happened')}</h2>
        <button type="button" className="button quiet only-icon" aria-label={t('Close [window]')} autoFocus onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      {!data && !error && <Skeleton lines={[60, 55, 70]} label={t('Loading')} />}
      <ol className="timeline">
        {data?.interaction.events.edges.map(({ node }) => (
          <li key={node.seq}>
            <span className="faint figure">
              <At at={node.at} />
            </span>
            <span>{eventWord(node.type)}</span>
            <span className="soft">{actorWord(node.actor)}</span>
            {typeof node.facts.note === 'string' && <p className="text">{node.facts.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
