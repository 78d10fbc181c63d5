/** What a rule says, and what of it can be checked by itself: its trigger and its bounds. */
import { invalid } from '../platform/errors.js';
import { isAboutInteraction, unknownType } from './event-types.js';
import { checkSchedule, type Schedule } from './schedule.js';

export type RuleTrigger = { events: string[] } | { schedule: Schedule };

export interface ActionDefinition {
  type: string;
  settings: Record<string, unknown>;
}

export interface RuleDefinition {
  trigger: RuleTrigger;
  /** CEL; empty is always. */
  condition: string;
  actions: ActionDefinition[];
  stopOnMatch: boolean;
}

const MOST_ACTIONS = 20;
const MOST_EVENTS = 50;

/** @throws PatchbayError INVALID naming the place, such as `trigger.events[1]` */
export function checkTrigger(trigger: RuleTrigger, now: Date): RuleTrigger {
  if ('schedule' in trigger) {
    checkSchedule(trigger.schedule, 'trigger.schedule', now);
    return { schedule: { cron: trigger.schedule.cron.trim().split(/\s+/).join(' '), timeZone: trigger.schedule.timeZone } };
  }
  const { events } = trigger;
  if (events.length === 0) throw invalid('trigger.events', 'Name at least one type of event; eventTypes lists them.');
  if (events.length > MOST_EVENTS) throw invalid('trigger.events', `At most ${MOST_EVENTS} types of events.`);
  for (const [index, type] of events.entries()) {
    const problem = unknownType(type);
    if (problem) throw invalid(`trigger.events[${index}]`, problem);
  }
  return { events: [...new Set(events)] };
}

/** @throws PatchbayError INVALID */
export function checkCount(actions: readonly unknown[], field: string): void {
  if (actions.length === 0) throw invalid(field, 'Name at least one action; ruleActionKinds lists them.');
  if (actions.length > MOST_ACTIONS) throw invalid(field, `At most ${MOST_ACTIONS} actions.`);
}

/** The first of the trigger's types that is about no interaction; null where each is about one. */
export const withoutInteraction = (trigger: RuleTrigger): string | null =>
  'events' in trigger ? (trigger.events.find((type) => !isAboutInteraction(type)) ?? null) : null;
