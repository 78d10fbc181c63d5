/** Who was last in touch with the customer, when, and which e-mail was sent last. */
import { useQuery } from '@apollo/client/react';
import { PastInteractionDocument, type CustomerCardQuery, type PastItemFragment } from './generated/operations';
import { Ago } from './Parts';
import { isMail } from './work';
import { channelWord, midSentence } from './words';
import { t } from './language';

/** The last mail to the customer lies in one of the newest threads, or is not worth the wait. */
const THREADS = 3;

function LastMail({ threads }: { threads: readonly PastItemFragment[] }) {
  const [thread, ...rest] = threads;
  const { data } = useQuery(PastInteractionDocument, { variables: { id: thread?.id ?? '' }, skip: thread === undefined });
  if (thread === undefined || !data) return null;
  const sent = data.interaction.messages.edges
    .map((edge) => edge.node)
    .filter((message) => message.direction === 'OUTBOUND' && !message.internal)
    .at(-1);
  if (!sent) return <LastMail threads={rest} />;
  return (
    <div>
      <dt>{t('Last e-mail sent')}</dt>
      <dd>
        {t('“{{text}}”', { text: sent.subject ?? thread.subject ?? sent.text.slice(0, 60) })}{' '}
        <span className="faint">
          {sent.author?.name ?? t('automatic')}, <Ago at={sent.createdAt} />
        </span>
      </dd>
    </div>
  );
}

interface LastTouchProps {
  last: NonNullable<CustomerCardQuery['customer']>['lastContact'];
  past: readonly PastItemFragment[];
  /** Beside work in hand, which does not count itself. */
  before?: true;
}

export function LastTouch({ last, past, before }: LastTouchProps) {
  const mails = past.filter(isMail).slice(0, THREADS);
  if (!last && mails.length === 0) return null;
  return (
    <dl className="details last-touch">
      {last && (
        <div>
          <dt>{before ? t('Last in touch before') : t('Last in touch')}</dt>
          <dd>
            {last.agent && `${last.agent.name}, `}
            {midSentence(channelWord[last.channel])}{' '}
            <span className="faint">
              <Ago at={last.at} />
            </span>
          </dd>
        </div>
      )}
      <LastMail threads={mails} />
    </dl>
  );
}
