/** How long the agent has had each presence today, as the agent's own clock and calendar count the day. */
import { useQuery } from '@apollo/client/react';
import { useNow } from './engine-clock';
import { PresenceTodayDocument } from './generated/operations';

const REFRESH_MS = 30_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** @returns seconds by the status's name; nothing while it loads, or where the browser knows no time zone */
export function usePresenceToday(): ReadonlyMap<string, number> {
  const now = new Date(useNow());
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { data } = useQuery(PresenceTodayDocument, {
    variables: { date, timeZone },
    fetchPolicy: 'network-only',
    pollInterval: REFRESH_MS,
  });
  const seconds = new Map<string, number>();
  for (const { status, seconds: more } of data?.presenceTimes[0]?.days[0]?.presences ?? [])
    seconds.set(status, (seconds.get(status) ?? 0) + more);
  return seconds;
}
