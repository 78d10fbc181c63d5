/** Another open interaction of the customer is about the same: it goes on in the one at hand, and may be split from it again. */
import { useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import {
  CustomerCardDocument,
  MergeInteractionsDocument,
  OpenOfCustomerDocument,
  SplitInteractionDocument,
  TalkDocument,
  TalkMessagesDocument,
} from './generated/operations';
import { t } from './language';
import { problemOf } from './problem';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';

export interface Numbered {
  id: string;
  number: number;
}

/** What shows which interaction a message belongs to. */
export const TOUCHED = [OpenOfCustomerDocument, CustomerCardDocument, TalkDocument, TalkMessagesDocument];

/** Takes a merge back, and says where it waits then. */
function useSplit(): (id: string) => Promise<void> {
  const client = useApolloClient();
  const toast = useToast();
  return async (id) => {
    const { data } = await client.mutate({ mutation: SplitInteractionDocument, variables: { input: { id } } });
    void client.refetchQueries({ include: TOUCHED });
    const split = data?.splitInteraction.interaction;
    if (!split) return;
    toast({
      text: t('#{{number}} is on its own again and waits in {{queue}}.', {
        number: split.number,
        queue: split.queue ? named(split.queue) : '',
      }),
    });
  };
}

export function Merge({ from, into }: { from: Numbered; into: Numbered }) {
  const [asking, setAsking] = useState(false);
  const client = useApolloClient();
  const command = useCommand(MergeInteractionsDocument);
  const toast = useToast();
  const split = useSplit();
  const numbers = { from: from.number, into: into.number };
  if (!asking) {
    return (
      <button type="button" className="button small" onClick={() => setAsking(true)}>
        {t('Merge into #{{into}}', numbers)}
      </button>
    );
  }
  return (
    <Sheet
      title={t('Merge #{{from}} into #{{into}}?', numbers)}
      verb={t('Merge')}
      ready
      busy={command.busy}
      problem={command.problem}
      cancel={() => setAsking(false)}
      submit={async () => {
        if (!(await command.run({ input: { fromId: from.id, intoId: into.id } }))) return;
        void client.refetchQueries({ include: TOUCHED });
        toast({ text: t('#{{from}} goes on in #{{into}}.', numbers), undo: { label: t('Undo'), run: () => split(from.id) } });
      }}
    >
      <p className="soft">
        {t('The messages of #{{from}}, and what the customer writes to it later, move to #{{into}}. #{{from}} is closed.', numbers)}
      </p>
    </Sheet>
  );
}

/** One that was merged into the interaction at hand. */
export function Merged({ item }: { item: Numbered & { subject: string | null } }) {
  const [busy, setBusy] = useState(false);
  const toast = useToast();
  const split = useSplit();
  return (
    <span>
      {t('With')} <span className="figure">#{item.number}</span> {item.subject}{' '}
      <button
        type="button"
        className="text-button"
        disabled={busy}
        aria-label={t('Split #{{number}} off again', { number: item.number })}
        onClick={() => {
          setBusy(true);
          split(item.id)
            .catch((error: unknown) => toast({ text: problemOf(error).message }))
            .finally(() => setBusy(false));
        }}
      >
        {t('Split again')}
      </button>
    </span>
  );
}
