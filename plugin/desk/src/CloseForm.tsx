/** Closes the interaction with a disposition of its channel and a note. */
import { useState } from 'react';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import type { WorkItemFacts } from './desk-state';
import { useDraft } from './drafts';
import { CloseInteractionDocument, DispositionsDocument, ReopenInteractionDocument } from './generated/operations';
import { Problem } from './Parts';
import { Pick } from './Pick';
import { problemOf } from './problem';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { matchingDispositions } from './work';
import { t } from './language';

interface CloseFormProps {
  item: WorkItemFacts;
  /** Opened by the agent, so that it can be left; in wrap-up it stands there by itself. */
  asked: boolean;
  done: () => void;
}

export function CloseForm({ item, asked, done }: CloseFormProps) {
  const [note, setNote] = useDraft(`close:${item.id}`);
  const [chosen, setChosen] = useDraft(`disposition:${item.id}`);
  const [typed, setTyped] = useState('');
  const { data, error, refetch } = useQuery(DispositionsDocument);
  const client = useApolloClient();
  const command = useCommand(CloseInteractionDocument);
  const toast = useToast();

  const all = data?.dispositions ?? [];
  const disposition = all.find((one) => one.id === chosen);
  return (
    <Sheet
      title={t('How did #{{number}} end?', { number: item.number })}
      verb={disposition ? t('Close: {{how}}', { how: named(disposition) }) : t('Close')}
      ready={disposition !== undefined}
      busy={command.busy}
      problem={command.problem}
      cancel={asked ? done : undefined}
      submit={async () => {
        const input = { id: item.id, dispositionId: chosen, note: note.trim() === '' ? null : note.trim() };
        if (!(await command.run({ input }))) return;
        setNote('');
        setChosen('');
        toast({
          text: t('#{{number}} is closed: {{how}}.', { number: item.number, how: disposition ? named(disposition) : '' }),
          undo: {
            label: t('Reopen'),
            run: () => client.mutate({ mutation: ReopenInteractionDocument, variables: { input: { id: item.id } } }),
          },
        });
        done();
      }}
    >
      <div className="close-fields">
        <Pick
          key={asked ? 'asked' : 'offered'}
          takesFocus={asked}
          name="disposition"
          label={t('Disposition')}
          placeholder={t('Find a disposition')}
          options={matchingDispositions(all, item.channel, typed).map((one) => ({ id: one.id, label: named(one) }))}
          chosen={chosen === '' ? null : chosen}
          choose={setChosen}
          typed={typed}
          setTyped={setTyped}
          empty={data ? t('No disposition has this name.') : t('Loading dispositions…')}
        />
        <label className="field">
          <span>{t('Note on how it ended')}</span>
          <textarea rows={4} maxLength={50_000} value={note} onChange={(event) => setNote(event.target.value)} />
        </label>
      </div>
      {error && <Problem problem={problemOf(error)} again={() => void refetch()} />}
    </Sheet>
  );
}
