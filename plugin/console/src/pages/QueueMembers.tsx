/** The members of a queue by level; who may move capacity adds, moves and takes out. */
import { useRef, useState } from 'react';
import { useMutation, useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import {
  AgentChoicesDocument,
  QueueRecordDocument,
  RemoveQueueMemberDocument,
  SetQueueMemberDocument,
  type QueueRecordQuery,
} from '../generated/operations';
import { number, t } from '../language';
import { Pick } from '../parts/controls';
import { NumberInput } from '../parts/inputs';
import { Presence } from '../parts/Presence';
import { ProblemLine } from '../parts/ProblemLine';
import { useAct } from '../parts/useAct';

export type Member = QueueRecordQuery['queue']['members'][number];

interface MembersProps {
  queueId: string;
  members: readonly Member[];
}

export function QueueMembers({ queueId, members }: MembersProps) {
  const again = { refetchQueries: [QueueRecordDocument], awaitRefetchQueries: true };
  const [put] = useMutation(SetQueueMemberDocument, again);
  const [remove] = useMutation(RemoveQueueMemberDocument, again);
  const { data } = useQuery(AgentChoicesDocument, { variables: { search: null }, fetchPolicy: 'cache-and-network' });
  const [agentId, setAgentId] = useState('');
  const [level, setLevel] = useState<number | null>(1);
  const { act: attempt, busy, problem } = useAct();
  const next = useRef<HTMLDivElement>(null);
  const act = (work: () => Promise<unknown>): void => attempt(() => work().then(() => setAgentId('')));
  const add = async (): Promise<void> => {
    await put({ variables: { input: { queueId, agentId, level: level ?? 1 } } });
    // Who adds one adds another.
    next.current?.querySelector('button')?.focus();
  };
  const sorted = [...members].sort((a, b) => a.level - b.level || a.agent.name.localeCompare(b.agent.name));
  const others = (data?.agents.edges ?? []).map(({ node }) => node).filter(({ id }) => !members.some(({ agent }) => agent.id === id));
  return (
    <section className="card" aria-labelledby="members">
      <h2 id="members">{t('Members')}</h2>
      <p className="soft">{t('Members of level 1 are offered work first; those of a higher level help later.')}</p>
      {sorted.length === 0 ? (
        <p className="empty">{t('Nobody serves this queue yet.')}</p>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t('Agent')}</th>
              <th scope="col">{t('Presence')}</th>
              <th scope="col" className="numeric">
                {t('Holds')}
              </th>
              <th scope="col">{t('Level')}</th>
              <th scope="col">
                <span className="hidden">{t('Actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ agent, level: present }) => (
              <tr key={agent.id}>
                <th scope="row">
                  <Link to={`/agents/${agent.id}`}>{agent.name}</Link>
                </th>
                <td>
                  <Presence status={agent.presence.status} />
                </td>
                <td className="numeric figure">{number(agent.holding)}</td>
                <td>
                  <span className="row">
                    <button
                      type="button"
                      className="button small"
                      aria-label={t('{{name}}: a level earlier', { name: agent.name })}
                      disabled={busy || present <= 1}
                      onClick={() => act(() => put({ variables: { input: { queueId, agentId: agent.id, level: present - 1 } } }))}
                    >
                      −
                    </button>
                    <span className="figure">{number(present)}</span>
                    <button
                      type="button"
                      className="button small"
                      aria-label={t('{{name}}: a level later', { name: agent.name })}
                      disabled={busy || present >= 10}
                      onClick={() => act(() => put({ variables: { input: { queueId, agentId: agent.id, level: present + 1 } } }))}
                    >
                      +
                    </button>
                  </span>
                </td>
                <td className="numeric">
                  <button
                    type="button"
                    className="button quiet small"
                    aria-label={t('Take out: {{name}}', { name: agent.name })}
                    disabled={busy}
                    onClick={() => act(() => remove({ variables: { input: { queueId, agentId: agent.id } } }))}
                  >
                    {t('Take out')}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ProblemLine problem={problem} />
      <div className="group-row" ref={next}>
        <Pick label={t('Agent')} placeholder={t('Choose an agent')} value={agentId} options={others} onChange={setAgentId} />
        <NumberInput label={t('Level')} min={1} max={10} value={level} onChange={setLevel} />
        <button type="button" className="button" disabled={busy || agentId === ''} onClick={() => act(add)}>
          {t('Add member')}
        </button>
      </div>
    </section>
  );
}
