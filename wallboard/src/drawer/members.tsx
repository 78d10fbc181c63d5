/** Who serves the queue now, the readiest first; one click takes a person out. */
import { number } from '@patchbay/pages/formats';
import type { AgentCardFragment } from '../generated/operations';
import type { Notices, QueueName } from '../notices';
import { AgentLine } from './agent-line';
import { useAwayToday } from './away-today';
import { inHand, readiestFirst, type Capacity } from './capacity';
import { t } from '../language';

interface MembersProps {
  queue: QueueName;
  members: readonly AgentCardFragment[];
  totalCount: number;
  capacity: Capacity;
  notices: Notices;
  nowMs: number;
}

export function Members({ queue, members, totalCount, capacity, notices, nowMs }: MembersProps) {
  const away = useAwayToday(members, nowMs);
  const levelOf = (agent: AgentCardFragment): number =>
    agent.memberships.find((membership) => membership.queue.id === queue.queueId)?.level ?? 1;
  const remove = (agent: AgentCardFragment) => (): Promise<void> =>
    capacity
      .removeMember(agent.id)
      .then(() =>
        notices.done(queue, t('{{agent}} no longer serves {{queue}}', { agent: agent.name, queue: queue.name }), () =>
          capacity.setMember(agent.id, levelOf(agent)),
        ),
      );
  return (
    <section>
      <h3>
        {t('Members')} <small>{number(totalCount)}</small>
      </h3>
      {totalCount === 0 && <p className="aside">{t('Nobody serves this queue. Add somebody above.')}</p>}
      <ul>
        {[...members].sort(readiestFirst).map((agent) => (
          <AgentLine
            key={agent.id}
            agent={agent}
            action={t('Remove')}
            label={t('Remove {{name}}', { name: agent.name })}
            onAction={remove(agent)}
            onRefused={(problem) =>
              notices.refused(queue, t('{{agent}} was not taken out of {{queue}}', { agent: agent.name, queue: queue.name }), problem)
            }
            detail={[t('Level {{level}}', { level: levelOf(agent) }), inHand(agent), away.get(agent.id)].filter(Boolean).join(' · ')}
          />
        ))}
      </ul>
      {totalCount > members.length && <p className="aside">{t('And {{count}} more.', { count: totalCount - members.length })}</p>}
    </section>
  );
}
