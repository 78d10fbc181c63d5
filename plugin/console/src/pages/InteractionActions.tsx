/** What can be done to an interaction now, and for the rest, when it could be. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { asNamed } from '@patchbay/pages/names';
import {
  AbandonDocument,
  AwaitCustomerDocument,
  CloseDocument,
  EndDocument,
  EnqueueDocument,
  EscalateDocument,
  HoldDocument,
  InteractionChoicesDocument,
  InteractionRecordDocument,
  InteractionStoryDocument,
  ReopenDocument,
  ResumeDocument,
  SetPriorityDocument,
  SplitDocument,
  TransferDocument,
  WithdrawOfferDocument,
  type InteractionCommand,
  type InteractionRecordQuery,
} from '../generated/operations';
import { t } from '../language';
import { Pick } from '../parts/controls';
import { NumberInput, TextInput } from '../parts/inputs';
import { ProblemLine } from '../parts/ProblemLine';
import { useAct } from '../parts/useAct';
import '../styles/actions.css';

type Told = InteractionRecordQuery['interaction'];

interface Act {
  command: InteractionCommand | 'PRIORITY';
  label: string;
  /** When it can be done, for whoever misses it. */
  only: string;
  run: () => Promise<unknown>;
  /** What has to be said first. */
  asks?: ReactNode;
  /** Whether that was said. */
  ready?: boolean;
  /** Asked once more, with what will be then. */
  warning?: string;
}

const optional = (value: string): string | null => (value === '' ? null : value);

export function InteractionActions({ told }: { told: Told }) {
  const client = useApolloClient();
  const [asked, setAsked] = useState<Act['command'] | null>(null);
  const { act, busy, problem } = useAct();
  const acts = useActs(told);
  const legal = (command: Act['command']): boolean =>
    command === 'PRIORITY' ? told.legalCommands.includes('CLOSE') : told.legalCommands.includes(command);
  const possible = acts.filter(({ command }) => legal(command));
  const others = acts.filter(({ command }) => !legal(command));
  const open = possible.find(({ command }) => command === asked);
  const opener = useRef<HTMLElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const shown = open?.command ?? null;
  const entered = useRef<string>(null);
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('button[type=button], input, textarea');
    // What is chosen from may not have come yet.
    if (shown === entered.current || first?.matches(':disabled')) return;
    entered.current = shown;
    first?.focus();
  });
  useEffect(() => {
    if (shown !== null || busy) return;
    opener.current?.focus();
    opener.current = null;
  }, [shown, busy]);
  const run = ({ run: perform }: Act): void =>
    act(async () => {
      await perform();
      setAsked(null);
      await client.refetchQueries({ include: [InteractionRecordDocument, InteractionStoryDocument] });
    });
  return (
    <section className="card actions" aria-label={t('Actions')}>
      <div className="row">
        {possible.map((one) => (
          <button
            key={one.command}
            type="button"
            className="button"
            disabled={busy}
            aria-expanded={one.asks || one.warning ? one === open : undefined}
            onClick={({ currentTarget }) => {
              if (!one.asks && !one.warning) return run(one);
              opener.current = currentTarget;
              setAsked(one === open ? null : one.command);
            }}
          >
            {one.label}
            {(one.asks || one.warning) && '…'}
          </button>
        ))}
      </div>
      {open && (
        <form
          ref={form}
          className="action-form"
          aria-label={open.label}
          onSubmit={(event) => {
            event.preventDefault();
            run(open);
          }}
        >
          {open.warning && <p>{open.warning}</p>}
          {open.asks}
          <p className="row">
            <button type="submit" className={`button ${open.warning ? 'grave' : 'primary'}`} disabled={busy || open.ready === false}>
              {open.label}
            </button>
            <button type="button" className="button quiet" onClick={() => setAsked(null)}>
              {t('Cancel')}
            </button>
          </p>
        </form>
      )}
      <ProblemLine problem={problem} />
      {others.length > 0 && (
        <details>
          <summary className="soft">{t('What is not possible now')}</summary>
          <dl className="not-now">
            {others.map(({ command, label, only }) => (
              <div key={command}>
                <dt>{label}</dt>
                <dd className="soft">{only}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function useActs(told: Told): Act[] {
  const { id } = told;
  const { data: choices } = useQuery(InteractionChoicesDocument, { fetchPolicy: 'cache-and-network' });
  const queues = (choices?.queues.edges ?? []).map(({ node }) => asNamed(node));
  const agents = (choices?.agents.edges ?? []).map(({ node }) => node);
  const dispositions = (choices?.dispositions ?? []).filter(
    ({ active, channels }) => active && (channels.length === 0 || channels.includes(told.channel)),
  );
  const [queueId, setQueue] = useState('');
  const [agentId, setAgent] = useState('');
  const [note, setNote] = useState('');
  const [priority, setThePriority] = useState<number | null>(told.priority);
  const [dispositionId, setDisposition] = useState('');
  const [transfer] = useMutation(TransferDocument);
  const [setPriority] = useMutation(SetPriorityDocument);
  const [enqueue] = useMutation(EnqueueDocument);
  const [withdraw] = useMutation(WithdrawOfferDocument);
  const [hold] = useMutation(HoldDocument);
  const [resume] = useMutation(ResumeDocument);
  const [awaitCustomer] = useMutation(AwaitCustomerDocument);
  const [escalate] = useMutation(EscalateDocument);
  const [end] = useMutation(EndDocument);
  const [close] = useMutation(CloseDocument);
  const [abandon] = useMutation(AbandonDocument);
  const [reopen] = useMutation(ReopenDocument);
  const [split] = useMutation(SplitDocument);
  const offerId = told.pendingOffer?.id ?? '';
  const itself = { variables: { id } };
  const noteInput = <TextInput key="note" label={t('Note')} value={note} onChange={setNote} lines />;
  const queueInput = (
    <Pick
      key="queue"
      label={t('Queue')}
      placeholder={t('Choose a queue')}
      value={queueId}
      options={queues}
      onChange={(next) => {
        setQueue(next);
        setAgent('');
      }}
    />
  );
  const agentInput = (
    <Pick
      key="agent"
      label={t('or agent')}
      placeholder={t('Choose an agent')}
      value={agentId}
      options={agents}
      onChange={(next) => {
        setAgent(next);
        setQueue('');
      }}
    />
  );
  return [
    {
      command: 'ENQUEUE',
      label: t('Put into a queue'),
      only: t('Only before it was in a queue; transfer it after that.'),
      asks: queueInput,
      ready: queueId !== '',
      run: () => enqueue({ variables: { input: { id, queueId } } }),
    },
    {
      command: 'TRANSFER',
      label: t('Transfer'),
      only: t('Only while it waits, rings, or is with an agent and not in wrap-up.'),
      asks: [queueInput, agentInput, noteInput],
      ready: queueId !== '' || agentId !== '',
      run: () => transfer({ variables: { input: { id, queueId: optional(queueId), agentId: optional(agentId), note: optional(note) } } }),
    },
    {
      command: 'PRIORITY',
      label: t('Set priority'),
      only: t('Only until it is over.'),
      asks: <NumberInput label={t('Priority')} min={0} max={100} value={priority} onChange={setThePriority} />,
      ready: priority !== null,
      run: () => setPriority({ variables: { input: { id, priority: priority ?? 0 } } }),
    },
    {
      command: 'RETURN',
      label: t('Take the offer back'),
      only: t('Only while it rings at an agent.'),
      run: () => withdraw({ variables: { id: offerId } }),
    },
    { command: 'HOLD', label: t('Hold'), only: t('Only while an agent works on it.'), run: () => hold(itself) },
    {
      command: 'RESUME',
      label: t('Resume'),
      only: t('Only while it is on hold, or waits for the customer.'),
      run: () => resume(itself),
    },
    {
      command: 'AWAIT_CUSTOMER',
      label: t('Wait for the customer'),
      only: t('Only while an agent works on it, or has it on hold.'),
      run: () => awaitCustomer(itself),
    },
    {
      command: 'ESCALATE',
      label: t('Escalate'),
      only: t('Only while it waits, rings, or is with an agent and not in wrap-up.'),
      asks: [queueInput, noteInput],
      ready: note.trim() !== '',
      run: () => escalate({ variables: { input: { id, queueId: optional(queueId), note } } }),
    },
    {
      command: 'END',
      label: t('End the conversation'),
      only: t('Only while it is with an agent and not in wrap-up.'),
      warning: t('The conversation ends, and wrap-up begins.'),
      run: () => end(itself),
    },
    {
      command: 'CLOSE',
      label: t('Close'),
      only: t('Only until it is over.'),
      asks: [
        <Pick
          key="disposition"
          label={t('Disposition')}
          value={dispositionId}
          options={dispositions.map(asNamed)}
          onChange={setDisposition}
        />,
        noteInput,
      ],
      ready: dispositionId !== '',
      run: () => close({ variables: { input: { id, dispositionId, note: optional(note) } } }),
    },
    {
      command: 'ABANDON',
      label: t('The customer left'),
      only: t('Only before an agent accepted it.'),
      warning: t('It is over, and counts as abandoned.'),
      run: () => abandon(itself),
    },
    {
      command: 'REOPEN',
      label: t('Reopen'),
      only: t('Only once it is over, and was not merged into another one.'),
      asks: [queueInput, noteInput],
      run: () => reopen({ variables: { input: { id, queueId: optional(queueId), note: optional(note) } } }),
    },
    {
      command: 'SPLIT',
      label: t('Take the merge back'),
      only: t('Only once it was merged into another one.'),
      warning: t('It becomes an interaction of its own again, with its messages.'),
      run: () => split({ variables: { input: { id } } }),
    },
  ];
}
