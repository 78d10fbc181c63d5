/** What sets a rule off, on one line: `interaction.opened, interaction.queued` or `at 0 8 * * 1-5 in Europe/Prague`. */
import type { RuleTrigger } from '../automation/rule.js';

export const triggerLine = (trigger: RuleTrigger): string =>
  'schedule' in trigger ? `at ${trigger.schedule.cron} in ${trigger.schedule.timeZone}` : trigger.events.join(', ');

/** @returns null for a schedule that is not written so; which events there are is asked elsewhere */
export function readTriggerLine(line: string): RuleTrigger | null {
  const text = line.trim();
  if (!/^at\s/i.test(text)) return { events: text.split(/[\s,]+/).filter(Boolean) };
  const found = /^at\s+(.+?)\s+in\s+(\S+)$/i.exec(text);
  return found ? { schedule: { cron: found[1]!, timeZone: found[2]! } } : null;
}
