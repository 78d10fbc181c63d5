/** How long each member has been away today, by what they called it: "Break 12 min". */
import { useQuery } from '@apollo/client/react';
import { MembersTodayDocument } from './generated/operations';

const REFRESH_MS = 30_000;
const MINUTE_S = 60;
const two = (value: number): string => String(value).padStart(2, '0');

const span = (seconds: number): string => {
  const minutes = Math.floor(seconds / MINUTE_S);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
};

/** @returns words by the agent's id, none for who was not away for a whole minute */
export function useAwayToday(agentIds: readonly string[], nowMs: number): ReadonlyMap<string, string> {
  const now = new Date(nowMs);
  const { data, previousData } = useQuery(MembersTodayDocument, {
    variables: {
      agentIds: [...agentIds].sort(),
      date: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    skip: agentIds.length === 0,
    pollInterval: REFRESH_MS,
    fetchPolicy: 'cache-and-network',
  });
  return new Map(
    ((data ?? previousData)?.presenceTimes ?? []).flatMap(({ agent, days }) => {
      const seconds = new Map<string, number>();
      for (const time of days[0]?.presences ?? [])
        if (time.availability === 'AWAY') seconds.set(time.status, (seconds.get(time.status) ?? 0) + time.seconds);
      const words = [...seconds].filter(([, spent]) => spent >= MINUTE_S).map(([status, spent]) => `${status} ${span(spent)}`);
      return words.length > 0 ? [[agent.id, `${words.join(', ')} today`] as const] : [];
    }),
  );
}
