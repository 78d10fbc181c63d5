/** An interaction that this agent does not have: where it is, and what was said in it. */
import { useQuery } from '@apollo/client/react';
import { PastInteractionDocument } from './generated/operations';
import { Icon } from './Icon';
import { InteractionInCrm } from './InCrm';
import { Problem, Skeleton } from './Parts';
import { PastInteraction } from './PastInteraction';
import { problemOf } from './problem';
import { channelWord, stateWord } from './words';
import { t } from './language';

export function Reading({ id, close }: { id: string; close: () => void }) {
  const { data, error, refetch } = useQuery(PastInteractionDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  const item = data?.interaction;
  return (
    <section className="sheet reading" aria-label={t('An interaction that you do not have')}>
      <div className="sheet-head">
        <h2 className="clip">{item?.subject ?? (item ? channelWord[item.channel] : t('Interaction'))}</h2>
        <button type="button" className="button quiet only-icon" aria-label={t('Close [window]')} onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      {!item && !error && <Skeleton lines={[60, 80, 70]} label={t('Loading')} />}
      {item && (
        <>
          <p className="facts">
            <span className="state" data-state={item.state}>
              {stateWord[item.state]}
            </span>
            {item.agent !== null && <span>{item.agent.name}</span>}
            <InteractionInCrm id={item.id} />
          </p>
          <PastInteraction item={item} />
        </>
      )}
    </section>
  );
}
