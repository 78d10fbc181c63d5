/** What the customer agreed to, in one quiet line, and where an agent writes down what the customer says about it. */
import { useRef, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { barReasonWord, consentWord, purposeWord } from '@patchbay/pages/contact-words';
import { listed } from '@patchbay/pages/formats';
import type { WorkItemFacts } from './desk-state';
import { CHANNELS } from './generated/channels';
import {
  CustomerConsentsDocument,
  RecordConsentDocument,
  type Channel,
  type ConsentState,
  type ContactPurpose,
} from './generated/operations';
import { Icon } from './Icon';
import { t } from './language';
import { Problem } from './Parts';
import { problemOf } from './problem';
import { randomKey } from './random-key';
import { Sheet } from './Sheet';
import { useCommand } from './useCommand';
import { channelWord, midSentence } from './words';

/** An answer to what the customer asked needs none. */
const PURPOSES = ['MARKETING', 'SURVEY', 'RECORDING'] as const satisfies readonly ContactPurpose[];

const where = (channel: Channel | null): string => (channel === null ? t('all channels') : midSentence(channelWord[channel]));

function Editor({ item, id, done }: { item: WorkItemFacts; id: string; done: (changed: boolean) => void }) {
  const [purpose, setPurpose] = useState<ContactPurpose>('MARKETING');
  const [state, setState] = useState<ConsentState>('GIVEN');
  const [channel, setChannel] = useState<Channel | ''>('');
  const [proof, setProof] = useState('');
  const command = useCommand(RecordConsentDocument);
  const attempt = useRef({ said: '', key: '' });
  return (
    <Sheet
      title={t('What the customer says')}
      verb={t('Save')}
      ready
      busy={command.busy}
      problem={command.problem}
      cancel={() => done(false)}
      submit={async () => {
        const said = [id, purpose, state, channel, proof].join('\n');
        // Said twice, because an answer got lost, it is written down once.
        if (attempt.current.said !== said) attempt.current = { said, key: randomKey() };
        const source = item.channel === 'VOICE' ? 'CALL' : 'MESSAGE';
        const input = { idempotencyKey: attempt.current.key, customerId: id, purpose, state, source, channel: channel || null, proof: proof.trim() || null } as const; // prettier-ignore
        if (await command.run({ input })) done(true);
      }}
    >
      <label className="field">
        <span>{t('What for')}</span>
        <select autoFocus value={purpose} onChange={(event) => setPurpose(event.target.value as ContactPurpose)}>
          {PURPOSES.map((one) => (
            <option key={one} value={one}>
              {purposeWord(one)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('The customer')}</span>
        <select value={state} onChange={(event) => setState(event.target.value as ConsentState)}>
          <option value="GIVEN">{t('agrees')}</option>
          <option value="WITHDRAWN">{t('does not agree')}</option>
        </select>
      </label>
      <label className="field">
        <span>{t('Where')}</span>
        <select value={channel} onChange={(event) => setChannel(event.target.value as Channel | '')}>
          <option value="">{t('all channels')}</option>
          {CHANNELS.filter((one) => one !== 'CASE' && one !== 'TASK').map((one) => (
            <option key={one} value={one}>
              {channelWord[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{t('What shows it, such as the customer’s words')}</span>
        <textarea rows={2} maxLength={5_000} value={proof} onChange={(event) => setProof(event.target.value)} />
      </label>
    </Sheet>
  );
}

export function Consents({ item, id }: { item: WorkItemFacts; id: string }) {
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery(CustomerConsentsDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  if (error && !data) return <Problem problem={problemOf(error)} again={() => void refetch()} />;
  if (!data) return null;
  const { consents, doNotContact } = data.customer;
  return (
    <section aria-label={t('Consents')}>
      <dl className="details">
        {doNotContact.map(({ id: entry, purposes, reason, channel }) => (
          <div key={entry}>
            <dt>{t('Do not contact')}</dt>
            <dd className="warn-text">
              {listed(purposes.map(purposeWord))} ({where(channel)}): {barReasonWord(reason)}
            </dd>
          </div>
        ))}
        {PURPOSES.map((purpose) => ({ purpose, said: consents.filter((one) => one.purpose === purpose) }))
          .filter(({ said }) => said.length > 0)
          .map(({ purpose, said }) => (
            <div key={purpose}>
              <dt>{t('Consent: {{purpose}}', { purpose: purposeWord(purpose) })}</dt>
              <dd>{listed(said.map((one) => consentWord(one, where(one.channel ?? null))))}</dd>
            </div>
          ))}
        <div>
          <dt>{t('Consents')}</dt>
          <dd>
            {consents.length === 0 && <span className="faint">{t('none written down')} </span>}
            <button type="button" className="text-button" aria-expanded={editing} onClick={() => setEditing(!editing)}>
              <Icon name="edit" size={12} /> {t('Write down')}
            </button>
          </dd>
        </div>
      </dl>
      {editing && (
        <Editor
          item={item}
          id={id}
          done={(changed) => {
            setEditing(false);
            if (changed) void refetch();
          }}
        />
      )}
    </section>
  );
}
