/** The conversation, oldest above, newest in sight. */
import { useMemo } from 'react';
import type { WorkItemFacts } from './desk-state';
import type { Channel } from './generated/operations';
import { MessageItem } from './MessageItem';
import { Empty, Problem, Skeleton } from './Parts';
import type { Conversation } from './useMessages';
import { t } from './language';

interface MessagesProps {
  item: WorkItemFacts;
  description: string | null;
  conversation: Conversation;
}

/** Where a message is a line or two, it is drawn as one says it: theirs left, ours right. */
const SHORT: readonly Channel[] = ['CHAT', 'SMS', 'SOCIAL'];

const nothingYet = (item: WorkItemFacts): string =>
  item.channel === 'VOICE'
    ? t('Notes you take about the call stand here.')
    : item.channel === 'CASE' || item.channel === 'TASK'
      ? t('No notes yet.')
      : t('No message yet.');

export function Messages({ item, description, conversation: { messages, problem, reload } }: MessagesProps) {
  const list = useMemo(
    () =>
      messages?.map((message) => (
        <MessageItem key={message.id} message={message} interactionId={item.id} subject={item.subject} customer={item.customer?.name} />
      )),
    [messages, item.id, item.subject, item.customer?.name],
  );
  return (
    // Turned round by its style: the browser then keeps the end in sight when something is added.
    <div className="messages" data-short={SHORT.includes(item.channel)} role="log" aria-label={t('Messages')} tabIndex={0}>
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
