/** An earlier interaction, read in place: what it was about, what was said, how it ended, and the way to reopen it. */
import { useState } from 'react';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { useDraft } from './drafts';
import { OpenOfCustomerDocument, PastInteractionDocument, ReopenInteractionDocument, type PastItemFragment } from './generated/operations';
import { Merge, type Numbered } from './Merge';
import { MessageItem } from './MessageItem';
import { Problem, Skeleton } from './Parts';
import { problemOf } from './problem';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { channelWord } from './words';
import { t } from './language';

function Reopen({ item }: { item: PastItemFragment }) {
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useDraft(`reopen:${item.id}`);
  const client = useApolloClient();
  const command = useCommand(ReopenInteractionDocument);
  const toast = useToast();
  if (!asking) {
    return (
      <button type="button" className="button small" onClick={() => setAsking(true)}>
        {t('Reopen')}
      </button>
    );
  }
  return (
    <Sheet
      title={t('Reopen #{{number}}?', { number: item.number })}
      verb={t('Reopen')}
      ready
      busy={command.busy}
      problem={command.problem}
      cancel={() => setAsking(false)}
      submit={async () => {
        const answer = await command.run({ input: { id: item.id, note: note.trim() === '' ? null : note.trim() } });
        if (!answer) return;
        setNote('');
        setAsking(false);
        void client.refetchQueries({ include: [OpenOfCustomerDocument] });
        const { queue } = answer.reopenInteraction.interaction;
        toast({
          text:
            queue === null
              ? t('#{{number}} is open again.', { number: item.number })
              : t('#{{number}} is open again and waits in {{queue}}.', { number: item.number, queue: named(queue) }),
        });
      }}
    >
      <label className="field">
        <span>{t('Why')}</span>
        <textarea rows={2} autoFocus maxLength={50_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Sheet>
  );
}

/** @param into what the agent works on, where this one may be merged into it */
export function PastInteraction({ item, into = null }: { item: PastItemFragment; into?: Numbered | null }) {
  const { data, error, refetch } = useQuery(PastInteractionDocument, { variables: { id: item.id } });
  const whole = data?.interaction;
  return (
    <div className="past-open">
      <p className="faint">
        {channelWord[item.channel]} <span className="figure">#{item.number}</span>
        {item.queue !== null && ` · ${named(item.queue)}`}
      </p>
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      {!whole && !error && <Skeleton lines={[90, 70]} label={t('Loading')} />}
      {whole && (
        <>
          {whole.description !== null && <p className="text">{whole.description}</p>}
          {whole.messages.edges.map(({ node }) => (
            <MessageItem key={node.id} message={node} interactionId={item.id} subject={item.subject} />
          ))}
          {whole.messages.pageInfo.hasNextPage && <p className="faint">{t('The first 150 messages.')}</p>}
          {whole.description === null && whole.messages.edges.length === 0 && <p className="faint">{t('Nothing was written.')}</p>}
          {whole.dispositionNote !== null && (
            <p className="text">
              <span className="label">{t('How it ended')}</span> {whole.dispositionNote}
            </p>
          )}
          {whole.legalCommands.includes('REOPEN') && <Reopen item={item} />}
          {into !== null && whole.legalCommands.includes('MERGE') && <Merge from={item} into={into} />}
        </>
      )}
    </div>
  );
}
