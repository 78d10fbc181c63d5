/** Reads a configuration file, or a part of it, strictly: all problems are found at once, each with its place. */
import type { z } from 'zod';
import type { ActionDefinition } from '../automation/rule.js';
import type { CalendarEntry, Configuration, PolicyEntry, RuleEntry } from './document.js';
import { actions, calendar, configuration, definition, policy, rule } from './schema.js';
import { read, readAny, type Places, type Problem, type Reading } from './yaml-text.js';

/** What of a file can be used though other parts of it cannot: a hole stands where an entry is wrong. */
export interface Sound {
  calendars: (CalendarEntry | undefined)[];
  policies: (PolicyEntry | undefined)[];
  rules: (RuleEntry | undefined)[];
  /** Names of the entries that are wrong: what names one of these is not wrong for that. */
  wrong: string[];
}

/** @returns with the problems what is sound beside them; null where the file is no YAML at all */
export function readConfiguration(text: string): { sound: Sound | null; value: Configuration | null; at: Places; problems: Problem[] } {
  const { data, ...reading } = readAny(text, configuration);
  return { ...reading, sound: data === undefined ? null : soundOf(data, reading.value !== null) };
}

function soundOf(data: unknown, whole: boolean): Sound {
  const wrong: string[] = [];
  const entries = <T>(section: string, schema: z.ZodType<T>): (T | undefined)[] => {
    const given = (data as Record<string, unknown> | null)?.[section];
    if (!Array.isArray(given)) return [];
    const names = given.map((entry) => (entry as { name?: unknown } | null)?.name);
    return given.map((entry, index) => {
      const parsed = schema.safeParse(entry);
      const isFirst = names.indexOf(names[index]) === index;
      if (parsed.success && (whole || isFirst)) return parsed.data;
      if (typeof names[index] === 'string' && isFirst) wrong.push(names[index]);
      return undefined;
    });
  };
  return { calendars: entries('calendars', calendar), policies: entries('policies', policy), rules: entries('rules', rule), wrong };
}

/** The list of a rule's actions, by itself. */
export const readActions = (text: string): Reading<ActionDefinition[]> => read(text, actions);

/** What a policy says, without its name. */
export const readDefinition = (text: string): Reading<Omit<PolicyEntry, 'name'>> => read(text, definition);
