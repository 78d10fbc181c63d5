/** The router's own answer to "Why do I get no work?", asked anew each time it is opened. */
import { toldToAgent } from '@patchbay/pages/explanations';
import { useQuery } from '@apollo/client/react';
import { namedWithin } from '@patchbay/pages/names';
import { PresenceStatusesDocument, QueuesDocument, WhyNoWorkDocument } from './generated/operations';
import { Icon } from './Icon';
import { Problem, Skeleton } from './Parts';
import { problemOf } from './problem';
import { t } from './language';

export function WhyNoWork({ agentId, close }: { agentId: string; close?: () => void }) {
  const { data, error, refetch } = useQuery(WhyNoWorkDocument, { variables: { id: agentId }, fetchPolicy: 'network-only' });
  const queues = useQuery(QueuesDocument).data?.queues.edges.map(({ node }) => node) ?? [];
  const statuses = useQuery(PresenceStatusesDocument).data?.presenceStatuses ?? [];
  const known = { queue: queues, presence: statuses };
  const why = data && namedWithin(data.explainAgent, known);
  const answer = why?.points.map(toldToAgent) ?? [];
  return (
    <div className="why-answer">
      {close && (
        <div className="popover-head">
          <p className="popover-title">{t('Why do I get no work?')}</p>
          <button type="button" className="button quiet only-icon" aria-label={t('Close [window]')} autoFocus onClick={close}>
            <Icon name="close" />
          </button>
        </div>
      )}
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      {!data && !error && <Skeleton lines={[90, 60]} label={t('Asking the router')} />}
      {why && (
        <div aria-live="polite">
          <p>{answer[0] ?? why.summary}</p>
          <ul className="points">
            {answer.slice(1).map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
