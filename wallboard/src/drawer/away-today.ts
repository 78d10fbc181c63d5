/** How long each member has been away today, by what they called it: "Break 12 mins". */
import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@apollo/client/react';
import { named } from '@patchbay/pages/names';
import { awayWords } from './away-words';
import { MembersTodayDocument, type AgentCardFragment, type MembersTodayQuery } from '../generated/operations';

const two = (value: number): string => String(value).padStart(2, '0');

/** @returns words by the agent's id */
export function useAwayToday(members: readonly AgentCardFragment[], nowMs: number): ReadonlyMap<string, string | null> {
  const now = new Date(nowMs);
  const { data, previousData, refetch } = useQuery(MembersTodayDocument, {
    variables: {
      agentIds: members.map(({ id }) => id).sort(),
      date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    skip: members.length === 0,
    fetchPolicy: 'cache-and-network',
  });
  // What runs is counted on here; only a presence that somebody sets anew has to be asked for.
  const chosen = members.map(({ id, presence }) => `${id} ${presence.since}`).join();
  const known = useRef(chosen);
  useEffect(() => {
    if (known.current === chosen) return;
    known.current = chosen;
    void refetch().catch(() => undefined);
  }, [chosen, refetch]);

  const told = data ?? previousData;
  const times = told?.presenceTimes;
  const [read, setRead] = useState<{ times: MembersTodayQuery['presenceTimes'] | undefined; atMs: number }>({ times, atMs: nowMs });
  if (times !== read.times) setRead({ times, atMs: nowMs });
  const since = Math.max(0, (nowMs - read.atMs) / 1_000);
  const statuses = new Map((told?.presenceStatuses ?? []).map((status) => [status.name, named(status)]));
  const calledNow = (name: string): string => statuses.get(name) ?? name;
  return new Map((times ?? []).map(({ agent, days }) => [agent.id, awayWords(days[0]?.presences ?? [], since, calledNow)]));
}
