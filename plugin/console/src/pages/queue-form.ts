/** What can be set on a queue, as the form holds it and as the API takes it. */
import type { Channel } from '../generated/channels';
import type { CreateQueueInput, QueueFormFragment, RoutingStrategy } from '../generated/operations';
import { requirements, type SkillLevel } from '../parts/SkillLevels';
import { translationsValue, type TranslationsValue } from '../parts/Translations';
import { wrapUpInput, type WrapUpValue } from '../parts/wrap-up';
import type { Interval } from '../week';

/** A calendar's, or the queue's own. */
export type HoursValue = { calendarId: string } | OwnHours;

export interface OwnHours {
  timeZone: string;
  intervals: Interval[];
}

export interface RelaxationValue {
  afterSeconds: number | null;
  levelDrop: number | null;
}

export interface QueueValues {
  name: string;
  translations: TranslationsValue;
  department: string;
  priority: number | null;
  strategy: RoutingStrategy;
  slaPolicyId: string;
  skills: SkillLevel[];
  relaxation: RelaxationValue[];
  /** Of level 2, 3, and so on. */
  levelDelaySeconds: (number | null)[];
  offerTimeoutSeconds: number | null;
  stickySeconds: number | null;
  askAgainAfterSeconds: number | null;
  maxPerAgent: number | null;
  overflow: { afterSeconds: number | null; queueId: string };
  wrapUp: (WrapUpValue & { channel: Channel })[];
  /** Null where it always offers work. */
  hours: HoursValue | null;
  keepsPlace: boolean;
  active: boolean;
}

export const NEW_QUEUE: QueueValues = {
  name: '',
  translations: [],
  department: '',
  priority: 50,
  strategy: 'LONGEST_IDLE',
  slaPolicyId: '',
  skills: [],
  relaxation: [],
  levelDelaySeconds: [],
  offerTimeoutSeconds: 20,
  stickySeconds: 0,
  askAgainAfterSeconds: 60,
  maxPerAgent: null,
  overflow: { afterSeconds: null, queueId: '' },
  wrapUp: [],
  hours: null,
  keepsPlace: false,
  active: true,
};

export const QUEUE_FIELDS = Object.keys(NEW_QUEUE) as (keyof QueueValues)[];

export const valuesOf = (queue: QueueFormFragment): QueueValues => ({
  name: queue.name,
  translations: translationsValue(queue),
  department: queue.department,
  priority: queue.priority,
  strategy: queue.strategy,
  slaPolicyId: queue.slaPolicy?.id ?? '',
  skills: queue.skills.map(({ skill, minLevel, mandatory }) => ({ skillId: skill.id, level: minLevel, mandatory })),
  relaxation: queue.relaxation.map(({ afterSeconds, levelDrop }) => ({ afterSeconds, levelDrop })),
  levelDelaySeconds: [...queue.levelDelaySeconds],
  offerTimeoutSeconds: queue.offerTimeoutSeconds,
  stickySeconds: queue.stickySeconds,
  askAgainAfterSeconds: queue.askAgainAfterSeconds,
  maxPerAgent: queue.maxPerAgent ?? null,
  overflow: { afterSeconds: queue.overflow?.afterSeconds ?? null, queueId: queue.overflow?.queue.id ?? '' },
  wrapUp: queue.wrapUp.map(({ channel, mode, seconds, extensionSeconds, afterTransfer }) => ({
    channel,
    mode,
    seconds,
    extensionSeconds,
    afterTransfer,
  })),
  hours: queue.calendar
    ? { calendarId: queue.calendar.id }
    : queue.hours
      ? { timeZone: queue.hours.timeZone, intervals: queue.hours.intervals.map(({ weekday, from, to }) => ({ weekday, from, to })) }
      : null,
  keepsPlace: queue.keepsPlace,
  active: queue.active,
});

type Rules = Omit<CreateQueueInput, 'idempotencyKey' | 'name' | 'department'>;

/** What is empty here is null there; a number that must be there and is not is left as it was. */
export function inputOf({
  slaPolicyId,
  skills,
  relaxation,
  levelDelaySeconds,
  overflow,
  wrapUp,
  hours,
  priority,
  offerTimeoutSeconds,
  stickySeconds,
  askAgainAfterSeconds,
  ...rest
}: Partial<Omit<QueueValues, 'active'>>): Partial<Rules> & Pick<Partial<QueueValues>, 'name' | 'department'> {
  return {
    ...rest,
    ...(priority != null && { priority }),
    ...(offerTimeoutSeconds != null && { offerTimeoutSeconds }),
    ...(stickySeconds != null && { stickySeconds }),
    ...(askAgainAfterSeconds != null && { askAgainAfterSeconds }),
    ...(slaPolicyId !== undefined && { slaPolicyId: slaPolicyId || null }),
    ...(skills && { skills: requirements(skills) }),
    ...(relaxation && {
      relaxation: relaxation.map(({ afterSeconds, levelDrop }) => ({ afterSeconds: afterSeconds ?? 0, levelDrop: levelDrop ?? 1 })),
    }),
    ...(levelDelaySeconds && { levelDelaySeconds: levelDelaySeconds.map((seconds) => seconds ?? 0) }),
    ...(overflow && { overflow: overflow.queueId === '' ? null : { queueId: overflow.queueId, afterSeconds: overflow.afterSeconds ?? 0 } }),
    ...(hours !== undefined && hoursInput(hours)),
    ...(wrapUp && { wrapUp: wrapUp.map(({ channel, ...rule }) => ({ channel, ...wrapUpInput(rule) })) }),
  };
}

function hoursInput(hours: HoursValue | null): Pick<Rules, 'hours' | 'calendarId'> {
  if (hours === null) return { hours: null, calendarId: null };
  return 'calendarId' in hours ? { calendarId: hours.calendarId } : { hours };
}
