/**
 * Calendars, policies and rules as a file says them: in one order, defaults left out, records by name. `shape…` gives what
 * stands in the file as plain values; writing.ts makes text of it, reading.ts reads it, plan.ts compares it.
 */
import type { ActionDefinition, RuleTrigger } from '../automation/rule.js';
import type { CalendarDefinition } from '../sla/calendar.js';
import { defaultPauses, defaultReopening, KINDS, type Milestone, type Target } from '../sla/policy.js';
import { durationText } from './durations.js';
import { triggerLine } from './trigger-line.js';

export interface CalendarEntry extends CalendarDefinition {
  name: string;
}

/** Of each target the queues by name, and of each ladder the records of its actions. */
export type MilestoneEntry = Omit<Milestone, 'targets'> & { targets: (Omit<Target, 'queueIds'> & { queues: string[] })[] };

export interface PolicyEntry {
  name: string;
  /** By name; null for around the clock. */
  calendar: string | null;
  milestones: MilestoneEntry[];
}

export interface RuleEntry {
  name: string;
  active: boolean;
  trigger: RuleTrigger;
  condition: string;
  actions: ActionDefinition[];
  stopOnMatch: boolean;
}

/** A section that is not there says nothing about what is there. */
export interface Configuration {
  calendars?: CalendarEntry[];
  policies?: PolicyEntry[];
  /** In the order in which they are tried. */
  rules?: RuleEntry[];
}

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };
export type Shape = Record<string, Value>;

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const DEFAULT_WARNING_PERCENT = 75;

export function shapeConfiguration({ calendars = [], policies = [], rules = [] }: Configuration): Shape {
  return {
    calendars: sorted(calendars).map(shapeCalendar),
    policies: sorted(policies).map(shapePolicy),
    rules: rules.map(shapeRule),
  };
}

export function shapeCalendar({ name, timeZone, intervals, holidays, ownDays }: CalendarEntry): Shape {
  const hours = WEEKDAYS.map((day, index) => [day, hoursText(intervals.filter(({ weekday }) => weekday === index + 1))] as const);
  const open = Object.fromEntries(hours.filter(([, text]) => text !== ''));
  return {
    name,
    timeZone,
    ...(Object.keys(open).length > 0 && { hours: open }),
    ...(holidays && { holidays: holidaysShape(holidays) }),
    ...(ownDays.length > 0 && {
      ownDays: ownDays.map((day) => ({
        date: day.date,
        name: day.name,
        ...(day.intervals.length > 0 && { hours: hoursText(day.intervals) }),
      })),
    }),
  };
}

function holidaysShape({ country, region, worked = [], added = [] }: NonNullable<CalendarEntry['holidays']>): Shape | string {
  const of = region ? `${country}-${region}` : country;
  if (worked.length + added.length === 0) return of;
  return { of, ...(worked.length > 0 && { worked }), ...(added.length > 0 && { added }) };
}

export const shapePolicy = ({ name, ...definition }: PolicyEntry): Shape => ({ name, ...shapeDefinition(definition) });

export const shapeDefinition = ({ calendar, milestones }: Omit<PolicyEntry, 'name'>): Shape => ({
  ...(calendar !== null && { calendar }),
  milestones: Object.fromEntries(
    KINDS.flatMap((kind) => milestones.filter((milestone) => milestone.kind === kind)).map((milestone) => [
      milestone.kind,
      shapeMilestone(milestone),
    ]),
  ),
});

function shapeMilestone({ kind, targetSeconds, targets, warnings, pausedIn, reopening, escalation }: MilestoneEntry): Shape {
  const warned = warnings.map(({ percent, secondsBefore }) => (percent === null ? durationText(secondsBefore ?? 0) : `${percent}%`));
  return {
    ...(targetSeconds !== null && { target: durationText(targetSeconds) }),
    ...(targets.length > 0 && { targets: targets.map(shapeTarget) }),
    ...(warned.join() !== `${DEFAULT_WARNING_PERCENT}%` && { warnings: warned }),
    ...(pausedIn.join() !== defaultPauses(kind).join() && { pausedIn }),
    ...(reopening !== defaultReopening(kind) && { reopening }),
    ...(escalation.length > 0 && {
      escalation: escalation.map(({ afterSeconds, actions }) => ({ after: durationText(afterSeconds), actions: shapeActions(actions) })),
    }),
  };
}

const shapeTarget = ({ targetSeconds, tiers, channels, minPriority, queues, languages }: MilestoneEntry['targets'][number]): Shape => ({
  target: durationText(targetSeconds),
  ...(tiers.length > 0 && { tiers }),
  ...(channels.length > 0 && { channels }),
  ...(minPriority !== null && { minPriority }),
  ...(queues.length > 0 && { queues }),
  ...(languages.length > 0 && { languages }),
});

export function shapeRule({ name, active, trigger, condition, actions, stopOnMatch }: RuleEntry): Shape {
  const isList = 'events' in trigger && trigger.events.length > 1;
  return {
    name,
    ...(active && { active }),
    trigger: isList ? trigger.events : triggerLine(trigger),
    ...(condition !== '' && { condition }),
    actions: shapeActions(actions),
    ...(stopOnMatch && { stopOnMatch }),
  };
}

export const shapeActions = (actions: readonly ActionDefinition[]): Shape[] =>
  actions.map(({ type, settings }) => ({ [type]: settings as Shape }));

const hoursText = (intervals: readonly { from: string; to: string }[]): string =>
  intervals.map(({ from, to }) => `${from}-${to}`).join(', ');

/** By code units, so that every machine writes the same file. */
const sorted = <T extends { name: string }>(entries: readonly T[]): T[] => [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
