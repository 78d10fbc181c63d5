/** Opens an interaction: one of our own accord, or the case that a call leaves behind. */
import { useState } from 'react';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { CustomerPick } from './CustomerPick';
import type { WorkItemFacts } from './desk-state';
import { useDraft } from './drafts';
import { channels, channelsWhere, type Channel, type ChannelDefinition } from './generated/channels';
import { CustomerCardDocument, OpenInteractionDocument, type IdentityKind, type OpenInteractionInput } from './generated/operations';
import { Icon } from './Icon';
import { QueueSelect } from './QueueSelect';
import { randomKey } from './random-key';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { isConversation } from './work';
import { channelWord, midSentence } from './words';
import { t } from './language';

const OPENED = channelsWhere(({ openedBy }) => openedBy.includes('AGENT'));
/** What is to be done for the customer comes before what begins a conversation. */
const KINDS = [...OPENED.filter((one) => !isConversation(one)), ...OPENED.filter(isConversation)];

/** Which of a customer's addresses a channel reaches; a case reaches nobody. */
const reachedBy: Readonly<Record<ChannelDefinition['address'], IdentityKind | undefined>> = {
  LINE: 'PHONE',
  NUMBER: 'PHONE',
  MAIL: 'EMAIL',
  HANDLE: 'HANDLE',
  ANY: undefined,
};

interface NewInteractionProps {
  /** What the agent works on now: its customer is offered, and it may be the parent. */
  item: Pick<WorkItemFacts, 'id' | 'number' | 'subject' | 'customer'> | null;
  /** Whom it is for, where nothing is worked on. */
  whom?: { id: string; name: string } | null;
  /** Left out where the form asks for it; given, the page around it has asked already, and for whom it is too. */
  start?: Channel;
  done: () => void;
}

export function NewInteraction({ item, whom = item?.customer ?? null, start, done }: NewInteractionProps) {
  const [channel, setChannel] = useState<Channel>(start ?? 'CASE');
  const [customer, setCustomer] = useState<{ id: string; name: string } | null>(whom);
  const [searching, setSearching] = useState(false);
  const [child, setChild] = useState(item !== null);
  // What is typed on a person's page is about that person.
  const drafts = item === null && whom !== null ? `new:${whom.id}` : 'new';
  const [queueId, setQueueId] = useDraft(`${drafts}:queue`);
  const [subject, setSubject] = useDraft(`${drafts}:subject`);
  const [description, setDescription] = useDraft(`${drafts}:description`);
  /** Made once for what the form says: a double click makes one record, and so does a second try after a lost answer. */
  const [attempt, setAttempt] = useState<{ said: string; key: string } | null>(null);
  const client = useApolloClient();
  const command = useCommand(OpenInteractionDocument);
  const toast = useToast();

  const kind = reachedBy[channels[channel].address];
  const { data } = useQuery(CustomerCardDocument, { variables: { id: customer?.id ?? '' }, skip: customer === null || kind === undefined });
  const addresses = (data?.customer.identities ?? []).filter((identity) => identity.kind === kind).map((identity) => identity.value);
  const [address, setAddress] = useDraft(`${drafts}:address:${kind ?? 'none'}`, addresses[0] ?? '');
  const reach = kind === undefined ? null : address.trim();

  const submit = async (): Promise<void> => {
    const said: Omit<OpenInteractionInput, 'idempotencyKey'> = {
      channel,
      direction: kind === undefined ? 'INBOUND' : 'OUTBOUND',
      queueId,
      customerId: customer?.id ?? null,
      customerAddress: reach,
      subject: subject.trim(),
      description: description.trim() === '' ? null : description.trim(),
      parentId: child && item ? item.id : null,
    };
    const text = JSON.stringify(said);
    const now = attempt?.said === text ? attempt : { said: text, key: randomKey() };
    setAttempt(now);
    const answer = await command.run({ input: { ...said, idempotencyKey: now.key } });
    if (!answer) return;
    const { number, queue } = answer.openInteraction.interaction;
    for (const clear of [setQueueId, setSubject, setDescription]) clear('');
    setAddress(addresses[0] ?? '');
    void client.refetchQueries({ include: 'active' });
    toast({
      text:
        queue === null
          ? t('#{{number}} is opened.', { number })
          : t('#{{number}} is opened and waits in {{queue}}.', { number, queue: named(queue) }),
    });
    done();
  };

  return (
    <div className="new">
      <Sheet
        title={start === undefined ? t('New interaction') : t('New: {{channel}}', { channel: midSentence(channelWord[start]) })}
        verb={t('Open: {{channel}}', { channel: midSentence(channelWord[channel]) })}
        ready={queueId !== '' && subject.trim() !== '' && reach !== ''}
        busy={command.busy}
        problem={command.problem}
        cancel={done}
        submit={submit}
      >
        {start === undefined && (
          <div className="field">
            <span>{t('What')}</span>
            <div className="chips" role="group" aria-label={t('What')}>
              {KINDS.map((one, index) => (
                <button
                  key={one}
                  type="button"
                  className="chip"
                  aria-pressed={channel === one}
                  autoFocus={index === 0}
                  onClick={() => setChannel(one)}
                >
                  <Icon name={one} size={14} />
                  {channelWord[one]}
                </button>
              ))}
            </div>
          </div>
        )}
        {item !== null && (
          <label className="check">
            <input type="checkbox" checked={child} onChange={(event) => setChild(event.target.checked)} />
            <span>
              {t('Left behind by')} <span className="figure">#{item.number}</span> {item.subject}
            </span>
          </label>
        )}
        {start === undefined && (
          <div className="field">
            <span>{t('Customer')}</span>
            {searching ? (
              <CustomerPick
                name="new-customer"
                chosen={customer?.id ?? null}
                choose={(one) => {
                  setCustomer(one);
                  setSearching(false);
                  setAddress(addresses[0] ?? '');
                }}
                takesFocus
              />
            ) : (
              <div className="row">
                <span className="clip">{customer?.name ?? t('None')}</span>
                <button type="button" className="text-button" onClick={() => setSearching(true)}>
                  {customer === null ? t('Find') : t('Another')}
                </button>
                {customer !== null && (
                  <button type="button" className="text-button" onClick={() => setCustomer(null)}>
                    {t('No customer')}
                  </button>
                )}
              </div>
            )}
          </div>
        )}
        {kind !== undefined && (
          <label className="field">
            <span>{kind === 'PHONE' ? t('Number') : t('Address')}</span>
            <input
              list="new-addresses"
              maxLength={320}
              placeholder={kind === 'PHONE' ? '+420 …' : 'name@example.com'}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
            <datalist id="new-addresses">
              {addresses.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </label>
        )}
        <QueueSelect takesFocus={start !== undefined} label={t('Queue')} none={t('Choose a queue')} value={queueId} choose={setQueueId} />
        <label className="field">
          <span>{t('Subject')}</span>
          <input maxLength={200} value={subject} onChange={(event) => setSubject(event.target.value)} />
        </label>
        <label className="field">
          <span>{t('What it is about')}</span>
          <textarea rows={5} maxLength={50_000} value={description} onChange={(event) => setDescription(event.target.value)} />
        </label>
      </Sheet>
    </div>
  );
}
