/** The middle of the desk: the selected interaction, its actions, its conversation, and what is written next. */
import { useEffect } from 'react';
import { useQuery } from '@apollo/client/react';
import { ActionBar } from './ActionBar';
import { CallPanel } from './CallPanel';
import { CloseForm } from './CloseForm';
import { Composer } from './Composer';
import type { Open, Pane, WorkItemFacts, Writing } from './desk-state';
import { EndForm } from './EndForm';
import { EscalateForm } from './EscalateForm';
import { TalkDocument } from './generated/operations';
import { isCall } from './work';
import { Messages } from './Messages';
import { Problem } from './Parts';
import { problemOf } from './problem';
import { SplitOffForm, useSplitOff } from './SplitOff';
import { TalkHead } from './TalkHead';
import { Timeline } from './Timeline';
import { TransferForm } from './TransferForm';
import type { Actions } from './useActions';
import { useMessages } from './useMessages';
import { canSplitOff } from './work';

interface TalkProps {
  item: WorkItemFacts;
  /** Counts up with each change of the interaction. */
  revision: number;
  heldSince: string | null;
  open: Open | null;
  setOpen: (what: Open | null) => void;
  writing: Writing;
  write: (what: Writing) => void;
  actions: Actions;
  showPane: (pane: Pane) => void;
}

export function Talk({ item, revision, heldSince, open, setOpen, writing, write, actions, showPane }: TalkProps) {
  const { data, error, refetch } = useQuery(TalkDocument, { variables: { id: item.id }, fetchPolicy: 'cache-and-network' });
  const conversation = useMessages(item.id);
  const { reload } = conversation;

  useEffect(() => {
    if (revision === 0) return;
    void refetch().catch(() => undefined);
    reload();
  }, [revision, refetch, reload]);

  const talk = data?.interaction ?? null;
  const done = (): void => setOpen(null);
  const splitting = useSplitOff(item, conversation.messages, done);
  const choosing = open === 'split' && canSplitOff(item);
  // The key is answered with what is missing; a button would promise that it can be done.
  const splittable = canSplitOff(item) && (conversation.messages?.length ?? 0) > 1;
  // The work that is left after a conversation is to close it: no key to press first.
  const closing = open === 'close' || (item.state === 'WRAP_UP' && writing === 'reply' && item.legalCommands.includes('CLOSE'));

  return (
    <>
      <TalkHead item={item} talk={talk} splittable={splittable} open={open} setOpen={setOpen} showPane={showPane} />
      {isCall(item) && item.state !== 'WRAP_UP' && <CallPanel item={item} heldSince={heldSince} />}
      <ActionBar item={item} open={closing ? 'close' : open} actions={actions} />
      {actions.refusal?.id === item.id && <Problem problem={actions.refusal.problem} />}
      {open === 'transfer' && <TransferForm item={item} done={done} />}
      {open === 'escalate' && <EscalateForm item={item} done={done} />}
      {open === 'end' && <EndForm item={item} actions={actions} done={done} />}
      {choosing && <SplitOffForm item={item} splitting={splitting} cancel={done} />}
      {open === 'timeline' && <Timeline id={item.id} revision={revision} close={done} />}
      {error && !talk && <Problem problem={problemOf(error)} again={() => void refetch()} />}
      <Messages item={item} description={talk?.description ?? null} conversation={conversation} choosing={choosing ? splitting : null} />
      {closing ? (
        <CloseForm item={item} asked={open === 'close'} done={done} />
      ) : (
        <Composer
          item={item}
          reply={talk?.reply ?? null}
          settled={talk !== null || error !== undefined}
          writing={writing}
          write={write}
          actions={actions}
          sent={reload}
        />
      )}
    </>
  );
}
