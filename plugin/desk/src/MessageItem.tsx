/** One message or note, with its attachments and whether it got there. */
import { deliveryWord } from '@patchbay/pages/mail-words';
import { useContext, useState } from 'react';
import { fileSize, fullMoment } from '@patchbay/pages/formats';
import { DraftsContext } from './drafts';
import { useEdge } from './edge';
import type { MessageItemFragment } from './generated/operations';
import { Icon } from './Icon';
import { At } from './Parts';
import { initials, otherSubject, splitQuote } from './work';
import { senderWord } from './words';
import { t } from './language';

function Attachments({ files }: { files: MessageItemFragment['attachments'] }) {
  const edge = useEdge();
  const [failed, setFailed] = useState<string | null>(null);
  if (files.length === 0) return null;
  return (
    <>
      <ul className="attachments">
        {files.map((file) => (
          <li key={file.id}>
            <a
              href={file.path}
              onClick={(event) => {
                event.preventDefault();
                setFailed(null);
                edge.openFile(file).catch(() => {
                  setFailed(t('{{file}} could not be fetched. Try again.', { file: file.fileName }));
                });
              }}
            >
              <Icon name="clip" size={14} />
              <span className="clip">{file.fileName}</span>
              <span className="faint">{fileSize(file.sizeBytes)}</span>
            </a>
          </li>
        ))}
      </ul>
      {failed !== null && (
        <p className="problem" role="alert">
          {failed}
        </p>
      )}
    </>
  );
}

/** Delivery, said only where it is not simply done. */
function Delivery({ message, interactionId }: { message: MessageItemFragment; interactionId: string }) {
  const drafts = useContext(DraftsContext);
  switch (message.delivery) {
    case 'PENDING':
      if (message.deliveryError === null) return <span className="faint">{t('Sending…')}</span>;
      return (
        <span className="warn-text">
          {t('Not sent yet, trying again:')} {deliveryWord(message.deliveryTold, message.deliveryError)}
        </span>
      );
    case 'SENT':
      if (message.deliveryError !== null)
        return (
          <span className="warn-text">
            {t('Sent, but not to all:')} {deliveryWord(message.deliveryTold, message.deliveryError)}
          </span>
        );
      return (
        <span className="sent" title={message.sentAt === null ? undefined : t('Sent')}>
          <Icon name="accept" size={12} />
          {t('Sent')}
        </span>
      );
    case 'FAILED':
      return (
        <span className="not-sent" role="alert">
          <Icon name="warn" size={14} />
          {t('Not sent:')} {deliveryWord(message.deliveryTold, message.deliveryError ?? t('the reason is not known.'))}
          <button type="button" className="text-button" onClick={() => drafts.set(`reply:${interactionId}`, message.text)}>
            {t('Write it again')}
          </button>
        </span>
      );
    case 'NONE':
      return null;
  }
}

/** Who wrote it, where that is not the customer: in words, for colour alone says nothing. */
function Sender({ message: { sender, from, fromName } }: { message: MessageItemFragment }) {
  if (sender === null || sender === 'CUSTOMER') return null;
  return (
    <>
      {fromName !== null && from !== null && <span className="faint clip">{from}</span>}
      <span className="sender" data-sender={sender}>
        {sender === 'STRANGER' && <Icon name="warn" size={12} />}
        {senderWord[sender]}
      </span>
    </>
  );
}

/** The mail as it came, for whoever doubts what is shown of it. */
function Original({ file }: { file: NonNullable<MessageItemFragment['original']> }) {
  const edge = useEdge();
  const [failed, setFailed] = useState(false);
  return (
    <button
      type="button"
      className="text-button faint"
      title={failed ? undefined : t('Download the mail as it came, {{size}}', { size: fileSize(file.sizeBytes) })}
      onClick={() => {
        setFailed(false);
        edge.openFile(file).catch(() => setFailed(true));
      }}
    >
      {failed ? t('{{file}} could not be fetched. Try again.', { file: file.fileName }) : t('Original')}
    </button>
  );
}

interface MessageItemProps {
  message: MessageItemFragment;
  interactionId: string;
  /** The interaction's; a message's own is shown where it differs. */
  subject: string | null;
  /** Who the customer is, where that is known. */
  customer?: string;
  /** Not null: it can be chosen, by its box or by a click anywhere on it. */
  choice?: { chosen: boolean; toggle: () => void } | null;
}

export function MessageItem({ message, interactionId, subject, customer, choice = null }: MessageItemProps) {
  const { own, quoted } = splitQuote(message.text);
  const kind = message.internal ? 'note' : message.direction === 'OUTBOUND' ? 'out' : 'in';
  const isCustomer = message.sender === null || message.sender === 'CUSTOMER';
  const writer = message.fromName ?? (isCustomer ? customer : undefined) ?? message.from ?? t('Customer');
  const who = message.author?.name ?? (kind === 'in' ? writer : (message.from ?? t('Automatic')));
  const ownSubject = otherSubject(message.subject, subject);
  return (
    <article
      className="message"
      data-kind={kind}
      data-failed={message.delivery === 'FAILED'}
      data-chosen={choice?.chosen || undefined}
      onClick={
        choice === null
          ? undefined
          : ({ target }) => {
              if (!(target as Element).closest('a, button, input, summary')) choice.toggle();
            }
      }
    >
      {choice === null ? (
        <span className="face" aria-hidden="true">
          {kind === 'note' ? <Icon name="note" size={14} /> : initials(who) || <Icon name="person" size={14} />}
        </span>
      ) : (
        <input
          type="checkbox"
          id={`choose-${message.id}`}
          className="choose"
          aria-label={t('Message of {{who}}, {{when}}', { who, when: fullMoment(message.createdAt) })}
          checked={choice.chosen}
          onChange={choice.toggle}
        />
      )}
      <div className="message-body">
        <p className="message-head">
          <strong className="clip" title={message.from ?? undefined}>
            {who}
          </strong>
          {kind === 'in' && <Sender message={message} />}
          {kind === 'note' && <span className="faint">{t('internal note')}</span>}
          {message.automatic && <span className="faint">{t('automatic')}</span>}
          <span className="message-at">
            {kind === 'out' && <Delivery message={message} interactionId={interactionId} />}
            {message.original !== null && <Original file={message.original} />}
            <At at={message.createdAt} />
          </span>
        </p>
        {kind !== 'note' && (message.cc.length > 0 || message.to.length > 1) && (
          <p className="faint clip">
            {t('To')} {message.to.join(', ')}
            {message.cc.length > 0 && t(', copy to {{list}}', { list: message.cc.join(', ') })}
          </p>
        )}
        {ownSubject !== null && (
          <p className="message-subject">
            <span className="faint">{t('Subject:')}</span> {ownSubject}
          </p>
        )}
        <p className="text">{own}</p>
        {quoted !== '' && (
          <details className="quoted">
            <summary>{t('Earlier mail')}</summary>
            <p className="text">{quoted.trim()}</p>
          </details>
        )}
        <Attachments files={message.attachments} />
      </div>
    </article>
  );
}
