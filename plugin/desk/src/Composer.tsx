/** Where a reply or a note is written; what is typed stays, whatever happens to the form or the connection. */
import { useRef, type KeyboardEvent } from 'react';
import type { WorkItemFacts, Writing } from './desk-state';
import { useDraft, useDraftsSafe } from './drafts';
import { DraftsHint } from './DraftsHint';
import { AddNoteDocument, SendMessageDocument } from './generated/operations';
import { Icon } from './Icon';
import { Key, Problem } from './Parts';
import { randomKey } from './random-key';
import type { Actions } from './useActions';
import { useCommand } from './useCommand';
import { canReply } from './work';
import { t } from './language';

interface ComposerProps {
  item: WorkItemFacts;
  writing: Writing;
  write: (what: Writing) => void;
  actions: Actions;
  /** Something was added to the conversation. */
  sent: () => void;
}

export function Composer({ item, writing, write, actions, sent }: ComposerProps) {
  const replies = canReply(item);
  const kind: Writing = replies ? writing : 'note';
  const [text, setText] = useDraft(`${kind}:${item.id}`);
  const safe = useDraftsSafe();
  const reply = useCommand(SendMessageDocument);
  const note = useCommand(AddNoteDocument);
  const command = kind === 'reply' ? reply : note;
  /** The same text sent twice, because an answer got lost, is one message; a changed text is another. */
  const attempt = useRef({ text: '', kind: '', key: '' });
  const mayWait = kind === 'reply' && item.state !== 'WAITING_FOR_CUSTOMER' && item.legalCommands.includes('AWAIT_CUSTOMER');

  const submit = async (thenWait: boolean): Promise<void> => {
    if (text.trim() === '' || command.busy) return;
    if (attempt.current.text !== text || attempt.current.kind !== kind) attempt.current = { text, kind, key: randomKey() };
    const input = { idempotencyKey: attempt.current.key, interactionId: item.id, text };
    const answer = await command.run({ input });
    if (!answer) return;
    attempt.current = { text: '', kind: '', key: '' };
    setText('');
    sent();
    if (thenWait) await actions.awaitCustomer(item);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit(event.shiftKey && mayWait);
  };

  if (item.state === 'CLOSED' || item.state === 'ABANDONED') return null;
  return (
    <form
      className="composer"
      data-kind={kind}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(false);
      }}
    >
      <div className="composer-tabs" role="group" aria-label={t('What to write')}>
        {replies && (
          <button type="button" aria-pressed={kind === 'reply'} title={t('Reply (R)')} onClick={() => write('reply')}>
            {t('Reply')}
          </button>
        )}
        <button type="button" aria-pressed={kind === 'note'} title={t('Internal note (I)')} onClick={() => write('note')}>
          <Icon name="note" size={14} />
          {t('Internal note')}
        </button>
        {kind === 'reply' && item.customerAddress !== null && (
          <span className="faint clip">
            {t('to')} {item.customerAddress}
          </span>
        )}
      </div>
      <textarea
        id="composer"
        aria-label={kind === 'reply' ? t('Reply to the customer') : t('Internal note')}
        placeholder={kind === 'reply' ? t('Write to the customer') : t('For colleagues only; never sent to the customer')}
        rows={3}
        maxLength={50_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Problem problem={command.problem} />
      <div className="composer-foot">
        <span className="faint composer-hint">{text === '' ? '' : safe ? t('Kept until you send it') : <DraftsHint />}</span>
        {mayWait && (
          <button
            type="button"
            className="button"
            disabled={command.busy || text.trim() === ''}
            title={t('Send and wait for the customer (Ctrl+Shift+Enter)')}
            onClick={() => void submit(true)}
          >
            {t('Send and wait')}
          </button>
        )}
        <button type="submit" className="button primary" disabled={command.busy || text.trim() === ''}>
          {command.busy ? t('Sending…') : kind === 'reply' ? t('Send') : t('Add note')}
          <Key>Ctrl ↵</Key>
        </button>
      </div>
    </form>
  );
}
