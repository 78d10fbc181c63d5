/** Some of the messages are about something else: they are chosen in the conversation and become an interaction of their own. */
import { useEffect, useState } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import type { WorkItemFacts } from './desk-state';
import { useEdge } from './edge';
import { MergeInteractionsDocument, SplitOffMessagesDocument, type MessageItemFragment } from './generated/operations';
import { t } from './language';
import { TOUCHED } from './Merge';
import { QueueSelect } from './QueueSelect';
import { randomKey } from './random-key';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand, type Command } from './useCommand';
import { whyNotSplitOff } from './work';

/** What the conversation needs while messages are chosen in it. */
export interface Choosing {
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  /** Does it, where enough is chosen. */
  submit: () => void;
}

export interface SplittingOff extends Choosing {
  /** Null: the subject of the first message that is chosen. */
  subject: string | null;
  setSubject: (subject: string) => void;
  proposedSubject: string;
  /** Empty: where the interaction at hand waited. */
  queueId: string;
  setQueueId: (id: string) => void;
  /** The message that is in sight; null while they load. */
  newestId: string | null;
  /** What is missing yet; null where it can be done. */
  missing: string | null;
  command: Pick<Command<unknown, never>, 'busy' | 'problem'>;
}

/** What is chosen stays until it is done or the interaction leaves the screen. */
export function useSplitOff(item: WorkItemFacts, messages: readonly MessageItemFragment[] | null, done: () => void): SplittingOff {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [subject, setSubject] = useState<string | null>(null);
  const [queueId, setQueueId] = useState('');
  const client = useApolloClient();
  const command = useCommand(SplitOffMessagesDocument);
  const toast = useToast();

  const all = messages ?? [];
  const chosen = all.filter(({ id }) => ids.has(id));
  const proposedSubject = chosen.find((message) => message.subject !== null)?.subject ?? item.subject ?? '';
  const missing = whyNotSplitOff(chosen.length, all.length) ?? (item.queue === null && queueId === '' ? t('Choose a queue') : null);

  const undo = async (fromId: string): Promise<void> => {
    await client.mutate({ mutation: MergeInteractionsDocument, variables: { input: { fromId, intoId: item.id } } });
    void client.refetchQueries({ include: TOUCHED });
  };
  const splitOff = async (): Promise<void> => {
    const answer = await command.run({
      input: {
        idempotencyKey: randomKey(),
        interactionId: item.id,
        messageIds: chosen.map(({ id }) => id),
        subject: subject?.trim() || undefined,
        queueId: queueId || undefined,
      },
    });
    if (!answer) return;
    const { id, number, queue } = answer.splitOffMessages.interaction;
    setIds(new Set());
    setSubject(null);
    setQueueId('');
    void client.refetchQueries({ include: TOUCHED });
    toast({
      text: t('#{{number}} is on its own and waits in {{queue}}.', { number, queue: queue ? named(queue) : '' }),
      undo: { label: t('Undo'), run: () => undo(id) },
    });
    done();
  };
  return {
    chosen: new Set(chosen.map(({ id }) => id)),
    toggle: (id) => setIds((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]))),
    submit: () => {
      if (missing === null && !command.busy) void splitOff();
    },
    subject,
    setSubject,
    proposedSubject,
    queueId,
    setQueueId,
    newestId: all.at(-1)?.id ?? null,
    missing,
    command,
  };
}

export function SplitOffForm({ item, splitting, cancel }: { item: WorkItemFacts; splitting: SplittingOff; cancel: () => void }) {
  const { chosen, missing, command } = splitting;
  const facts = { number: item.number };
  const edge = useEdge();
  // A message that comes meanwhile takes no focus away.
  const [focused] = useState(splitting.newestId);
  useEffect(() => {
    if (focused !== null) edge.focus(`choose-${focused}`);
  }, [edge, focused]);
  return (
    <Sheet
      title={t('Split messages off #{{number}}', facts)}
      verb={chosen.size === 0 ? t('Split off [do]') : t('Split off {{count}} messages', { count: chosen.size })}
      ready={missing === null}
      busy={command.busy}
      problem={command.problem}
      cancel={cancel}
      submit={() => Promise.resolve(splitting.submit())}
    >
      <p className="soft">
        {t(
          'What you choose becomes an interaction of its own: the same customer and channel, SLA clocks of its own. The rest stays in #{{number}}.',
          facts,
        )}
      </p>
      <div className="split-off-fields">
        <label className="field">
          <span>{t('Subject')}</span>
          <input
            maxLength={500}
            value={splitting.subject ?? splitting.proposedSubject}
            onChange={(event) => splitting.setSubject(event.target.value)}
          />
        </label>
        <QueueSelect
          label={t('Where it waits')}
          none={item.queue === null ? t('Choose a queue') : named(item.queue)}
          value={splitting.queueId}
          choose={splitting.setQueueId}
        />
      </div>
      <p className="faint" role="status">
        {missing ?? t('{{count}} messages are chosen.', { count: chosen.size })}
      </p>
    </Sheet>
  );
}
