/** The conversation, oldest above, newest in sight. */
import { useMemo, type KeyboardEvent } from 'react';
import type { WorkItemFacts } from './desk-state';
import { channels } from './generated/channels';
import { MessageItem } from './MessageItem';
import { Empty, Problem, Skeleton } from './Parts';
import type { Choosing } from './SplitOff';
import type { Conversation } from './useMessages';
import { t } from './language';
import { isCall, neighbour } from './work';

interface MessagesProps {
  item: WorkItemFacts;
  description: string | null;
  conversation: Conversation;
  /** Not null: some of the messages are chosen. */
  choosing: Choosing | null;
}

const nothingYet = (item: WorkItemFacts): string =>
  isCall(item)
    ? t('Your notes about the call appear here.')
    : channels[item.channel].conversation === 'NONE'
      ? t('No notes yet.')
      : t('No message yet.');

export function Messages({ item, description, conversation: { messages, problem, reload }, choosing }: MessagesProps) {
  const list = useMemo(
    () =>
      messages?.map((message) => (
        <MessageItem
          key={message.id}
          message={message}
          interactionId={item.id}
          subject={item.subject}
          customer={item.customer?.name}
          choice={choosing === null ? null : { chosen: choosing.chosen.has(message.id), toggle: () => choosing.toggle(message.id) }}
        />
      )),
    [messages, item.id, item.subject, item.customer?.name, choosing],
  );
  const isChoosing = choosing !== null;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const here = (event.target as HTMLElement).id.replace(/^choose-/, '');
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (choosing === null || !messages?.some(({ id }) => id === here)) return;
    if (step !== 0) {
      const next = neighbour(
        messages.map(({ id }) => id),
        here,
        step,
      );
      // At once: the next key may be Space.
      event.currentTarget.querySelector<HTMLElement>(`#choose-${next}`)?.focus();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) choosing.submit();
    else return;
    event.preventDefault();
  };
  return (
    // Turned round by its style: the browser then keeps the end in sight when something is added. Where a message is a line
    // or two, it is drawn as one says it: theirs left, ours right.
    <div
      className="messages"
      data-short={channels[item.channel].conversation === 'MESSAGES' && !isChoosing}
      data-choosing={isChoosing || undefined}
      role="log"
      aria-label={t('Messages')}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className="messages-inner">
        {description !== null && (
          <section className="brief">
            <p className="label">{t('What it is about')}</p>
            <p className="text">{description}</p>
          </section>
        )}
        {problem !== null && <Problem problem={problem} again={reload} />}
        {messages === null && problem === null && <Skeleton lines={[80, 65, 40, 75, 50]} label={t('Loading the conversation')} />}
        {messages?.length === 0 && <Empty>{nothingYet(item)}</Empty>}
        {list}
      </div>
    </div>
  );
}
