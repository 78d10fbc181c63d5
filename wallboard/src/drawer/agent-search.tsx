/** Finds people who do not serve this queue yet; before anything is typed, those who could start at once. */
import { useEffect, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { sentenceOf } from '../failures';
import { FindAgentsDocument, type AgentCardFragment } from '../generated/operations';
import type { Notices, QueueName } from '../notices';
import { duration } from '../words';
import { AgentLine } from './agent-line';
import { inHand, readiestFirst, type Capacity } from './capacity';
import { t } from '../language';

const SHOWN = 6;
const TYPED_MS = 250;

interface AgentSearchProps {
  queue: QueueName;
  memberIds: ReadonlySet<string>;
  capacity: Capacity;
  notices: Notices;
  nowMs: number;
}

export function AgentSearch({ queue, memberIds, capacity, notices, nowMs }: AgentSearchProps) {
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim().slice(0, 200)), TYPED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, previousData, error } = useQuery(FindAgentsDocument, {
    variables: { search: search || null },
    fetchPolicy: 'cache-and-network',
  });

  const found = ((data ?? previousData)?.agents.edges ?? [])
    .map(({ node }) => node)
    .filter(({ id }) => !memberIds.has(id))
    .sort(readiestFirst);
  const shown = found.slice(0, SHOWN);
  const add = (agent: AgentCardFragment) => (): Promise<void> =>
    capacity
      .setMember(agent.id, 1)
      .then(() =>
        notices.done(queue, t('{{agent}} serves {{queue}} now', { agent: agent.name, queue: queue.name }), () =>
          capacity.removeMember(agent.id),
        ),
      );
  return (
    <section>
      <h3>
        <label htmlFor="find-agent">{t('Add an agent')}</label>
      </h3>
      <input
        id="find-agent"
        type="search"
        placeholder={t('Name or e-mail')}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {error && (
        <p className="problem" role="alert">
          {sentenceOf(error)}
        </p>
      )}
      {data && shown.length === 0 && (
        <p className="aside">{search ? t('Nobody else is called “{{name}}”.', { name: search }) : t('Everybody serves this queue.')}</p>
      )}
      <ul>
        {shown.map((agent) => (
          <AgentLine
            key={agent.id}
            agent={agent}
            action={t('Add')}
            label={t('Add {{name}}', { name: agent.name })}
            onAction={add(agent)}
            onRefused={(problem) =>
              notices.refused(queue, t('{{agent}} was not added to {{queue}}', { agent: agent.name, queue: queue.name }), problem)
            }
            detail={[
              inHand(agent) ?? t('Last work {{time}} ago', { time: duration((nowMs - Date.parse(agent.idleSince)) / 1_000) }),
              agent.memberships.map((membership) => named(membership.queue)).join(', ') || t('no queue yet'),
            ].join(' · ')}
          />
        ))}
      </ul>
      {found.length > SHOWN && <p className="aside">{t('There are more; type a name to find others.')}</p>}
    </section>
  );
}
