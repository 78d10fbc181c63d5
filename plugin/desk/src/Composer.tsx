/** Where a reply or a note is written; what is typed stays, whatever happens to the form or the connection. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { WorkItemFacts, Writing } from './desk-state';
import { useDraft, useDraftsSafe } from './drafts';
import { DraftsHint } from './DraftsHint';
import { AddNoteDocument, SendMessageDocument, type TalkQuery } from './generated/operations';
import { Icon } from './Icon';
import { MayReply } from './MayReply';
import { Key, Problem } from './Parts';
import { randomKey } from './random-key';
import type { Actions } from './useActions';
import { useCommand } from './useCommand';
import { canReply, isMail } from './work';
import { t } from './language';

type Reply = NonNullable<TalkQuery['interaction']['reply']>;

interface ComposerProps {
  item: WorkItemFacts;
  /** What an answer by mail would look like; null where it is none, or not known yet. */
  reply: Reply | null;
  /** False while it is not known yet: nobody in copy is to be forgotten. */
  settled: boolean;
  writing: Writing;
  write: (what: Writing) => void;
  actions: Actions;
  /** Something was added to the conversation. */
  sent: () => void;
}

interface CopiesProps {
  others: Reply['others'];
  gets: (one: Reply['others'][number]) => boolean;
  choose: (gets: Record<string, boolean>) => void;
}

/** Who gets a copy besides the customer: each is seen, and taken out or in by a press. */
function Copies({ others, gets, choose }: CopiesProps) {
  const all = others.every(gets);
  return (
    <div className="copies" role="group" aria-label={t('Who gets a copy')}>
      <span className="faint">{t('Copy to')}</span>
      {others.map((one) => {
        const on = gets(one);
        return (
          <button
            key={one.address}
            type="button"
            className="chip"
            aria-pressed={on}
            title={
              on
                ? t('Gets a copy; press to leave {{address}} out', { address: one.address })
                : t('Gets no copy; press to add {{address}}', { address: one.address })
            }
            onClick={() => choose({ [one.address]: !on })}
          >
            <Icon name={on ? 'accept' : 'add'} size={12} />
            <span className="clip">{one.name === null ? one.address : `${one.name} · ${one.address}`}</span>
          </button>
        );
      })}
      <button
        type="button"
        className="text-button"
        onClick={() => choose(Object.fromEntries(others.map(({ address }) => [address, !all])))}
      >
        {all ? t('To the customer only') : t('Reply to all')}
      </button>
    </div>
  );
}

export function Composer({ item, reply: proposal, settled, writing, write, actions, sent }: ComposerProps) {
  const replies = canReply(item);
  const kind: Writing = replies ? writing : 'note';
  const [text, setText] = useDraft(`${kind}:${item.id}`);
  const safe = useDraftsSafe();
  const reply = useCommand(SendMessageDocument);
  const note = useCommand(AddNoteDocument);
  const command = kind === 'reply' ? reply : note;
  /** The same text sent twice, because an answer got lost, is one message; a changed text is another. */
  const attempt = useRef({ said: '', key: '' });
  /** By interaction and address, where it is another than proposed. */
  const [chosen, setChosen] = useState<Record<string, boolean>>({});
  const gets = ({ address, included }: Reply['others'][number]): boolean => chosen[`${item.id} ${address}`] ?? included;
  const others = kind === 'reply' ? (proposal?.others ?? []) : [];
  const ready = text.trim() !== '' && !command.busy && (kind === 'note' || !isMail(item) || settled);
  const mayWait = kind === 'reply' && item.state !== 'WAITING_FOR_CUSTOMER' && item.legalCommands.includes('AWAIT_CUSTOMER');

  const wished = useRef<{ text: string; thenWait: boolean }>(null);
  const submit = async (thenWait: boolean): Promise<void> => {
    if (!ready) {
      // Sent by a key before it is known who gets a copy: it goes as soon as that is.
      if (text.trim() !== '' && !command.busy) wished.current = { text, thenWait };
      return;
    }
    const cc = others.filter(gets).map(({ address }) => address);
    const said = [item.id, kind, cc.join(), text].join('\n');
    if (attempt.current.said !== said) attempt.current = { said, key: randomKey() };
    const input = { idempotencyKey: attempt.current.key, interactionId: item.id, text };
    const answer = kind === 'reply' ? await reply.run({ input: { ...input, ...(cc.length > 0 && { cc }) } }) : await note.run({ input });
    if (!answer) return;
    attempt.current = { said: '', key: '' };
    setText('');
    sent();
    if (thenWait) await actions.awaitCustomer(item);
  };
  useEffect(() => {
    const wish = wished.current;
    if (wish === null || !ready) return;
    wished.current = null;
    // What was changed meanwhile is not what was sent.
    if (wish.text === text) void submit(wish.thenWait);
  });
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
            {proposal !== null && ` · ${proposal.subject}`}
          </span>
        )}
      </div>
      {kind === 'reply' && <MayReply item={item} />}
      {others.length > 0 && (
        <Copies
          others={others}
          gets={gets}
          choose={(choice) =>
            setChosen((before) => ({
              ...before,
              ...Object.fromEntries(Object.entries(choice).map(([address, on]) => [`${item.id} ${address}`, on])),
            }))
          }
        />
      )}
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
            disabled={!ready}
            title={t('Send and wait for the customer (Ctrl+Shift+Enter)')}
            onClick={() => void submit(true)}
          >
            {t('Send and wait')}
          </button>
        )}
        <button type="submit" className="button primary" disabled={!ready}>
          {command.busy ? t('Sending…') : kind === 'reply' ? t('Send') : t('Add note')}
          <Key>Ctrl ↵</Key>
        </button>
      </div>
    </form>
  );
}
