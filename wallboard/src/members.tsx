/** Who serves the queue now, the readiest first; one click takes a person out. */
import { AgentLine } from './agent-line';
import { useAwayToday } from './away-today';
import { readiestFirst, type Capacity } from './capacity';
import type { AgentCardFragment } from './generated/operations';
import type { Undo } from './undo';

interface MembersProps {
  queueId: string;
  members: readonly AgentCardFragment[];
  totalCount: number;
  capacity: Capacity;
  undo: Undo;
  nowMs: number;
}

export function Members({ queueId, members, totalCount, capacity, undo, nowMs }: MembersProps) {
  const away = useAwayToday(
    members.map(({ id }) => id),
    nowMs,
  );
  const levelOf = (agent: AgentCardFragment): number => agent.memberships.find(({ queue }) => queue.id === queueId)?.level ?? 1;
  const remove = (agent: AgentCardFragment) => (): Promise<void> =>
    capacity
      .removeMember(agent.id)
      .then(() => undo.offer(`${agent.name} no longer serves this queue`, () => capacity.setMember(agent.id, levelOf(agent))));
  return (
    <section>
      <h3>
        Members <small>{totalCount}</small>
      </h3>
      {totalCount === 0 && <p className="aside">Nobody serves this queue. Add somebody above.</p>}
      <ul>
        {[...members].sort(readiestFirst).map((agent) => (
          <AgentLine
            key={agent.id}
            agent={agent}
            action="Remove"
            onAction={remove(agent)}
            detail={[`Level ${levelOf(agent)}`, away.get(agent.id)].filter(Boolean).join(' · ')}
          />
        ))}
      </ul>
      {totalCount > members.length && <p className="aside">And {totalCount - members.length} more.</p>}
    </section>
  );
}
