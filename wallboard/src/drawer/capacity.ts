/** What a supervisor changes about a queue; each call resolves once the drawer's lists show it. */
import { useMemo } from 'react';
import { useApolloClient } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { AddMemberDocument, RemoveMemberDocument, SetPriorityDocument, type AgentCardFragment } from '../generated/operations';
import { t } from '../language';

export interface Capacity {
  setPriority: (priority: number) => Promise<unknown>;
  setMember: (agentId: string, level: number) => Promise<unknown>;
  removeMember: (agentId: string) => Promise<unknown>;
}

export function useCapacity(queueId: string): Capacity {
  const client = useApolloClient();
  return useMemo(() => {
    const lists = { refetchQueries: 'active', awaitRefetchQueries: true } as const;
    return {
      setPriority: (priority) => client.mutate({ mutation: SetPriorityDocument, variables: { input: { id: queueId, priority } } }),
      setMember: (agentId, level) =>
        client.mutate({ mutation: AddMemberDocument, variables: { input: { queueId, agentId, level } }, ...lists }),
      removeMember: (agentId) => client.mutate({ mutation: RemoveMemberDocument, variables: { input: { queueId, agentId } }, ...lists }),
    };
  }, [client, queueId]);
}

/** `ready`: would be offered work now. The shape beside the words says the same. */
export type Readiness = 'ready' | 'away' | 'gone';

export function readiness(agent: AgentCardFragment): { state: Readiness; says: string } {
  const { availability } = agent.presence.status;
  const name = named(agent.presence.status);
  if (availability === 'OFFLINE') return { state: 'gone', says: name };
  if (!agent.connection.connected) return { state: 'gone', says: t('{{status}}, not connected', { status: name }) };
  if (agent.notRespondingSince) return { state: 'away', says: t('Not responding') };
  return { state: availability === 'AVAILABLE' ? 'ready' : 'away', says: name };
}

/** Null for who has nothing. */
export const inHand = ({ holding }: AgentCardFragment): string | null => (holding > 0 ? t('{{count}} in hand', { count: holding }) : null);

const READIEST_FIRST: readonly Readiness[] = ['ready', 'away', 'gone'];

/** Who can help at once comes first, of those who has the least in hand, and then who was given nothing the longest. */
export const readiestFirst = (a: AgentCardFragment, b: AgentCardFragment): number =>
  READIEST_FIRST.indexOf(readiness(a).state) - READIEST_FIRST.indexOf(readiness(b).state) ||
  a.holding - b.holding ||
  Date.parse(a.idleSince) - Date.parse(b.idleSince);
