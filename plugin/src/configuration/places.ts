/** Where in the file stands what a service refused: its field, such as `milestones[0].targetSeconds`, as a path of the file. */
import type { SlaMilestoneKind } from '../platform/generated/graphql.js';
import type { Path } from './yaml-text.js';

/** What services call otherwise than the file does; null: the file says it in the value around. */
const CALLED: Readonly<Record<string, string | null>> = {
  targetSeconds: 'target',
  queueIds: 'queues',
  afterSeconds: 'after',
  calendarId: 'calendar',
  intervals: 'hours',
  weekday: null,
  events: null,
  schedule: null,
  cron: null,
  country: null,
  region: null,
};

/** @param kinds of the policy's milestones, in the order in which the service was given them */
export function pathOf(field: string, kinds: readonly SlaMilestoneKind[] = []): Path {
  const path: (string | number)[] = [];
  for (const part of field.split(/[.[\]]+/).filter(Boolean)) {
    if (/^\d+$/.test(part)) path.push(path.length === 1 && path[0] === 'milestones' ? (kinds[Number(part)] ?? '') : Number(part));
    else if (part === 'timeZone' && path[0] === 'trigger') continue;
    else {
      const called = part in CALLED ? CALLED[part] : part;
      if (called) path.push(called);
    }
  }
  return path[0] === 'calendar' && path.length > 1 ? path.slice(1) : path;
}
