/**
 * What may stand in a configuration file: each part's schema, with words for whoever wrote something else. What only the
 * services can know (names, conditions, the settings of actions) is checked there.
 */
import { z } from 'zod';
import type { ActionDefinition } from '../automation/rule.js';
import { nearest } from '../automation/condition-words.js';
import { CHANNELS } from '../platform/generated/channels.js';
import type { Channel, CustomerTier } from '../platform/generated/graphql.js';
import { scalars } from '../platform/scalars.js';
import { KINDS, PAUSABLE, defaultPauses, defaultReopening, type Warning } from '../sla/policy.js';
import { DEFAULT_WARNING_PERCENT, WEEKDAYS, type PolicyEntry } from './document.js';
import { secondsOf } from './durations.js';
import { readTriggerLine } from './trigger-line.js';

const YEAR = 31_536_000;

const bounded = (scalar: { parseValue(value: unknown): unknown }) =>
  z.string('must be a text; put it in quotes').transform((value, context) => {
    try {
      return scalar.parseValue(value) as string;
    } catch (error) {
      context.addIssue((error as Error).message.replace(/^\w+ /, '').replace(/\.$/, ''));
      return z.NEVER;
    }
  });

const line = () => bounded(scalars.Line);
const flag = () => z.boolean('must be true or false');
const list = <T extends z.ZodType>(of: T) => z.array(of, 'must be a list').max(1_000);
const word = <T extends string>(words: readonly T[]) =>
  z.string('must be one word').transform((value, context): T => {
    if ((words as readonly string[]).includes(value)) return value as T;
    const near = nearest(value, words);
    context.addIssue(`must be one of ${words.join(', ')}${near ? `; did you mean ${near}?` : ''}`);
    return z.NEVER;
  });

const duration = () =>
  z.union([z.string(), z.number()], 'must be a duration such as 4h, 30m or 90s').transform((value, context) => {
    const seconds = secondsOf(String(value));
    if (seconds !== null && seconds <= YEAR) return seconds;
    context.addIssue(seconds === null ? 'must be a duration such as 4h, 30m, 1h30m or 90s' : 'must be at most a year, 8760h');
    return z.NEVER;
  });

const HOURS = 'must be times such as 08:00-12:00, 13:00-17:00';
const hours = () =>
  z.string(HOURS).transform((value, context) => {
    const intervals = value.split(',').map((part) => /^\s*(\d\d:\d\d)\s*[-–]\s*(\d\d:\d\d)\s*$/.exec(part));
    if (intervals.every((found) => found !== null)) return intervals.map((found) => ({ from: found[1]!, to: found[2]! }));
    context.addIssue(HOURS);
    return z.NEVER;
  });

const HOLIDAYS = 'must be a country such as CZ, a region such as DE-BY, or one of them with the days that are worked or added';
const region = () =>
  z.string(HOLIDAYS).transform((value, context) => {
    const found = /^([A-Za-z]{2})(?:-(.{1,20}))?$/.exec(value.trim());
    if (found) return { country: found[1]!, region: found[2] ?? null };
    context.addIssue(HOLIDAYS);
    return z.NEVER;
  });
const choice = z
  .strictObject({ of: region(), worked: list(line()).default([]), added: list(line()).default([]) }, HOLIDAYS)
  .transform(({ of, worked, added }) => ({ ...of, ...(worked.length > 0 && { worked }), ...(added.length > 0 && { added }) }));
const holidays = () => z.union([region(), choice], HOLIDAYS);

const action = z
  .record(
    z.string(),
    z.record(z.string(), z.unknown(), 'must be settings, each with its name').nullable(),
    'must be an action with its settings',
  )
  .transform((given, context): ActionDefinition => {
    const [[type, settings] = ['', null], ...others] = Object.entries(given);
    if (type === '' || others.length > 0) {
      context.addIssue(`must be one action, such as set-priority: {to: 90}; begin each with a hyphen`);
      return z.NEVER;
    }
    try {
      return { type, settings: scalars.Settings.parseValue(settings ?? {}) as ActionDefinition['settings'] };
    } catch (error) {
      context.addIssue({ code: 'custom', path: [type], message: (error as Error).message.replace(/^Settings /, '').replace(/\.$/, '') });
      return z.NEVER;
    }
  });

export const actions = list(action);

const week = z
  .strictObject(Object.fromEntries(WEEKDAYS.map((day) => [day, hours().optional()])), 'must be a list of days with their times')
  .transform((days) => WEEKDAYS.flatMap((day, index) => (days[day] ?? []).map((interval) => ({ weekday: index + 1, ...interval }))));

export const calendar = z
  .strictObject(
    {
      name: line(),
      timeZone: line(),
      hours: week.default([]),
      holidays: holidays().nullable().default(null),
      ownDays: list(
        z
          .strictObject({ date: z.string('must be a date such as 2026-12-24'), name: line(), hours: hours().default([]) })
          .transform(({ hours: intervals, ...day }) => ({ ...day, intervals })),
      ).default([]),
    },
    'must be a calendar with name and timeZone',
  )
  .transform(({ hours: intervals, ...rest }) => ({ ...rest, intervals }));

const target = z
  .strictObject(
    {
      target: duration(),
      tiers: list(word<CustomerTier>(['STANDARD', 'VIP'])).default([]),
      channels: list(word<Channel>(CHANNELS)).default([]),
      minPriority: z
        .int('must be a whole number from 0 to 100')
        .min(0, 'must be 0 or more')
        .max(100, 'must be 100 or less')
        .nullable()
        .default(null),
      queues: list(line()).default([]),
      languages: list(z.string('must be a code such as cs')).default([]),
    },
    'must be a target with its conditions',
  )
  .transform(({ target: targetSeconds, ...rest }) => ({ targetSeconds, ...rest }));

const warning = z
  .union([z.string(), z.number()], 'must be a share such as 75%, or a duration before the target')
  .transform((value, context): Warning => {
    const percent = /^(\d{1,3})\s*%$/.exec(String(value))?.[1];
    if (percent !== undefined && Number(percent) >= 1 && Number(percent) <= 100) return { percent: Number(percent), secondsBefore: null };
    const secondsBefore = percent === undefined ? secondsOf(String(value)) : null;
    if (secondsBefore !== null && secondsBefore <= YEAR) return { percent: null, secondsBefore };
    context.addIssue('must be a share from 1% to 100%, or a duration before the target, such as 15m');
    return z.NEVER;
  });

const milestone = z.strictObject(
  {
    target: duration().nullable().default(null),
    targets: list(target).default([]),
    warnings: list(warning).default([{ percent: DEFAULT_WARNING_PERCENT, secondsBefore: null }]),
    pausedIn: list(word(PAUSABLE)).optional(),
    reopening: word(['RESUME', 'RESTART', 'NEVER']).optional(),
    escalation: list(
      z.strictObject({ after: duration(), actions }).transform(({ after, actions: given }) => ({ afterSeconds: after, actions: given })),
    ).default([]),
  },
  'must be a milestone with its target',
);

const milestones = z
  .strictObject(Object.fromEntries(KINDS.map((kind) => [kind, milestone.optional()])), `must be milestones: ${KINDS.join(', ')}`)
  .transform((given): PolicyEntry['milestones'] =>
    KINDS.flatMap((kind) => {
      const said = given[kind];
      if (!said) return [];
      const { target: targetSeconds, pausedIn = defaultPauses(kind), reopening = defaultReopening(kind), ...rest } = said;
      return [{ kind, targetSeconds, pausedIn, reopening, ...rest }];
    }),
  );

export const definition = z.strictObject({ calendar: line().nullable().default(null), milestones }, 'must name milestones');
export const policy = z.strictObject(
  { name: line(), calendar: line().nullable().default(null), milestones },
  'must be a policy with name and milestones',
);

const trigger = z
  .union([z.string(), z.array(z.string())], 'must be events, or a schedule such as at 0 8 * * 1-5 in Europe/Prague')
  .transform((value, context) => {
    const found = Array.isArray(value) ? { events: value } : readTriggerLine(value);
    if (found) return found;
    context.addIssue('must be a schedule such as at 0 8 * * 1-5 in Europe/Prague');
    return z.NEVER;
  });

export const rule = z.strictObject(
  {
    name: line(),
    active: flag().default(false),
    trigger,
    condition: bounded(scalars.Text).default(''),
    actions,
    stopOnMatch: flag().default(false),
  },
  'must be a rule with name, trigger and actions',
);

const named = <T extends z.ZodType<{ name: string }>>(of: T) =>
  list(of).superRefine((entries, context) => {
    const seen = new Map<string, number>();
    for (const [index, { name }] of entries.entries()) {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      else context.addIssue({ code: 'custom', path: [index, 'name'], message: `is there twice: "${name}"` });
    }
  });

export const configuration = z.strictObject(
  { calendars: named(calendar).optional(), policies: named(policy).optional(), rules: named(rule).optional() },
  'must be a file with the sections calendars, policies and rules',
);
