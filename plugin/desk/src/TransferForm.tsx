/** Hands the interaction to a queue or to a colleague, with a note for whoever gets it. */
import { useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import type { WorkItemFacts } from './desk-state';
import { useDraft } from './drafts';
import { ColleaguesDocument, MeDocument, QueuesDocument, TransferInteractionDocument } from './generated/operations';
import { Pick, type Option } from './Pick';
import { Problem } from './Parts';
import { problemOf } from './problem';
import { Sheet } from './Sheet';
import { statusWord } from './statuses';
import { useToast } from './Toasts';
import { useCommand } from './useCommand';
import { useSettled } from './useSettled';
import { matches } from './work';
import { t } from './language';

type Kind = 'queue' | 'agent';

function useTargets(kind: Kind, typed: string, item: WorkItemFacts): { options: Option[]; names: Map<string, string>; error?: Error } {
  const settled = useSettled(typed.trim());
  const queues = useQuery(QueuesDocument, { skip: kind !== 'queue' });
  const me = useQuery(MeDocument);
  const agents = useQuery(ColleaguesDocument, { skip: kind !== 'agent', variables: { search: null }, fetchPolicy: 'cache-and-network' });
  // Where there are more than one answer holds, the engine looks among the rest; it does not see past accents.
  const beyond = useQuery(ColleaguesDocument, {
    skip: kind !== 'agent' || settled === '' || agents.data?.agents.pageInfo.hasNextPage !== true,
    variables: { search: settled },
  });
  if (kind === 'queue') {
    const found = (queues.data?.queues.edges ?? [])
      .map((edge) => edge.node)
      .filter(
        (queue) => queue.active && queue.id !== item.queue?.id && matches(`${queue.name} ${named(queue)} ${queue.department}`, typed),
      );
    return {
      options: found.map((queue) => ({ id: queue.id, label: named(queue), hint: queue.department })),
      names: new Map(found.map((queue) => [queue.id, named(queue)])),
      error: queues.error,
    };
  }
  const ready = (agent: { presence: { status: { availability: string } }; connection: { connected: boolean } }): number =>
    agent.connection.connected && agent.presence.status.availability === 'AVAILABLE' ? 0 : 1;
  const found = [
    ...new Map([...(agents.data?.agents.edges ?? []), ...(beyond.data?.agents.edges ?? [])].map(({ node }) => [node.id, node])).values(),
  ]
    .filter((agent) => agent.id !== me.data?.me.agent?.id && matches(agent.name, typed))
    .sort((a, b) => ready(a) - ready(b) || a.name.localeCompare(b.name));
  return {
    options: found.map((agent) => ({
      id: agent.id,
      label: (
        <>
          <span className="dot" data-availability={agent.connection.connected ? agent.presence.status.availability : 'OFFLINE'} />
          {agent.name}
        </>
      ),
      hint: [agent.connection.connected ? statusWord(agent.presence.status) : t('Not connected'), agent.team?.name]
        .filter(Boolean)
        .join(' · '),
    })),
    names: new Map(found.map((agent) => [agent.id, agent.name])),
    error: agents.error ?? beyond.error,
  };
}

export function TransferForm({ item, done }: { item: WorkItemFacts; done: () => void }) {
  const [kind, setKind] = useState<Kind>('queue');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useDraft(`transfer:${item.id}`);
  const command = useCommand(TransferInteractionDocument);
  const toast = useToast();
  const { options, names, error } = useTargets(kind, typed, item);
  const target = chosen === null ? undefined : names.get(chosen);

  const turn = (to: Kind): void => {
    setKind(to);
    setChosen(null);
    setTyped('');
  };
  return (
    <Sheet
      title={t('Transfer #{{number}}', { number: item.number })}
      verb={target === undefined ? t('Transfer') : t('Transfer to {{target}}', { target })}
      ready={target !== undefined}
      busy={command.busy}
      problem={command.problem}
      cancel={done}
      submit={async () => {
        const to = kind === 'queue' ? { queueId: chosen } : { agentId: chosen };
        const answer = await command.run({ input: { id: item.id, ...to, note: note.trim() === '' ? null : note.trim() } });
        if (!answer) return;
        setNote('');
        toast({ text: t('#{{number}} is transferred to {{target}}.', { number: item.number, target: target ?? '' }) });
        done();
      }}
    >
      <div className="switch" role="group" aria-label={t('Transfer to')}>
        <button type="button" aria-pressed={kind === 'queue'} onClick={() => turn('queue')}>
          {t('To a queue')}
        </button>
        <button type="button" aria-pressed={kind === 'agent'} onClick={() => turn('agent')}>
          {t('To a colleague')}
        </button>
      </div>
      <Pick
        key={kind}
        name={`transfer-${kind}`}
        label={kind === 'queue' ? t('Queue') : t('Colleague')}
        placeholder={kind === 'queue' ? t('Find a queue') : t('Find a colleague')}
        options={options}
        chosen={chosen}
        choose={setChosen}
        typed={typed}
        setTyped={setTyped}
        empty={error ? '' : kind === 'queue' ? t('No other queue has this name.') : t('Nobody has this name.')}
      />
      {error && <Problem problem={problemOf(error)} />}
      {kind === 'agent' && (
        <p className="faint">
          {item.queue
            ? t('It waits for your colleague for up to 2 minutes, then goes to anybody in {{queue}}.', { queue: named(item.queue) })
            : t('It waits for your colleague for up to 2 minutes, then goes to anybody.')}
        </p>
      )}
      <label className="field">
        <span>{t('Note for whoever gets it')}</span>
        <textarea rows={2} maxLength={50_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </Sheet>
  );
}
