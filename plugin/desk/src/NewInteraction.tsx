/** Opens an interaction: one of our own accord, or the case that a call leaves behind. */
import { useState } from 'react';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { CustomerPick } from './CustomerPick';
import type { WorkItemFacts } from './desk-state';
import { useDraft } from './drafts';
import {
  CustomerCardDocument,
  OpenInteractionDocument,
  type Channel,
  type IdentityKind,
  type OpenInteractionInput,
} from './generated/operations';
import { Icon } from './Icon';
import { QueueSelect } from './QueueSelect';
import { randomKey } from './random-key';
import { Sheet } from './Sheet';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { channelWord, midSentence } from './words';

const KINDS: readonly Channel[] = ['CASE', 'TASK', 'VOICE', 'EMAIL', 'SMS'];

/** Which of a customer's addresses a channel reaches; a case reaches nobody. */
const reachedBy: Partial<Record<Channel, IdentityKind>> = { VOICE: 'PHONE', SMS: 'PHONE', EMAIL: 'EMAIL' };

interface NewInteractionProps {
  /** What the agent works on now: its customer is offered, and it may be the parent. */
  item: WorkItemFacts | null;
  done: () => void;
}

export function NewInteraction({ item, done }: NewInteractionProps) {
  const [channel, setChannel] = useState<Channel>('CASE');
  const [customer, setCustomer] = useState<{ id: string; name: string } | null>(item?.customer ?? null);
  const [searching, setSearching] = useState(false);
  const [child, setChild] = useState(item !== null);
  const [queueId, setQueueId] = useDraft('new:queue');
  const [subject, setSubject] = useDraft('new:subject');
  const [description, setDescription] = useDraft('new:description');
  /** Made once for what the form says: a double click makes one record, and so does a second try after a lost answer. */
  const [attempt, setAttempt] = useState<{ said: string; key: string } | null>(null);
  const client = useApolloClient();
  const command = useCommand(OpenInteractionDocument);
  const toast = useToast();

  const kind = reachedBy[channel];
  const { data } = useQuery(CustomerCardDocument, { variables: { id: customer?.id ?? '' }, skip: customer === null || kind === undefined });
  const addresses = (data?.customer.identities ?? []).filter((identity) => identity.kind === kind).map((identity) => identity.value);
  const [address, setAddress] = useDraft(`new:address:${kind ?? 'none'}`, addresses[0] ?? '');
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
    toast({ text: `#${number} is opened${queue === null ? '' : ` and waits in ${queue.name}`}.` });
    done();
  };

  return (
    <div className="new">
      <Sheet
        title="New interaction"
        verb={`Open ${midSentence(channelWord[channel])}`}
        ready={queueId !== '' && subject.trim() !== '' && reach !== ''}
        busy={command.busy}
        problem={command.problem}
        cancel={done}
        submit={submit}
      >
        <div className="field">
          <span>What</span>
          <div className="chips" role="group" aria-label="What">
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
        {item !== null && (
          <label className="check">
            <input type="checkbox" checked={child} onChange={(event) => setChild(event.target.checked)} />
            <span>
              Left behind by <span className="figure">#{item.number}</span> {item.subject}
            </span>
          </label>
        )}
        <div className="field">
          <span>Customer</span>
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
              start=""
            />
          ) : (
            <div className="row">
              <span className="clip">{customer?.name ?? 'None'}</span>
              <button type="button" className="text-button" onClick={() => setSearching(true)}>
                {customer === null ? 'Find' : 'Another'}
              </button>
              {customer !== null && (
                <button type="button" className="text-button" onClick={() => setCustomer(null)}>
                  No customer
                </button>
              )}
            </div>
          )}
        </div>
        {kind !== undefined && (
          <label className="field">
            <span>{kind === 'PHONE' ? 'Number' : 'Address'}</span>
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
        <QueueSelect label="Queue" none="Choose a queue" value={queueId} choose={setQueueId} />
        <label className="field">
          <span>Subject</span>
          <input maxLength={200} value={subject} onChange={(event) => setSubject(event.target.value)} />
        </label>
        <label className="field">
          <span>What it is about</span>
          <textarea rows={5} maxLength={50_000} value={description} onChange={(event) => setDescription(event.target.value)} />
        </label>
      </Sheet>
    </div>
  );
}
