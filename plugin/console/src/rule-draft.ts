/** A rule as its form holds it, and as the API takes it. Pure. */
import type { RuleFormFragment, RuleTriggerInput, RuleTriggerPartsFragment, UpdateAutomationRuleInput } from './generated/operations';
import type { Settings } from './settings-schema';

export interface TriggerDraft {
  by: 'events' | 'schedule';
  events: string[];
  cron: string;
  timeZone: string;
}

export interface RuleDraft {
  name: string;
  active: boolean;
  rank: number | null;
  trigger: TriggerDraft;
  condition: string;
  actions: { type: string; settings: Settings }[];
  stopOnMatch: boolean;
}

export const newRule = (timeZone: string): RuleDraft => ({
  name: '',
  active: false,
  rank: null,
  trigger: { by: 'events', events: ['interaction.opened'], cron: '0 8 * * 1-5', timeZone },
  condition: '',
  actions: [],
  stopOnMatch: false,
});

export const triggerOf = ({ events, schedule }: RuleTriggerPartsFragment): TriggerDraft =>
  schedule ? { by: 'schedule', events: [], ...pick(schedule) } : { by: 'events', events: [...events], cron: '', timeZone: '' };

const pick = ({ cron, timeZone }: { cron: string; timeZone: string }) => ({ cron, timeZone });

export const draftOf = (rule: Pick<RuleFormFragment, 'name' | 'active' | 'rank'> & Definition): RuleDraft => ({
  name: rule.name,
  active: rule.active,
  rank: rule.rank,
  ...definitionOf(rule),
});

type Definition = Pick<RuleFormFragment, 'condition' | 'stopOnMatch'> & {
  trigger: RuleTriggerPartsFragment;
  actions: readonly { type: string; settings: unknown }[];
};

/** What a version of a rule says. */
export const definitionOf = ({ trigger, condition, actions, stopOnMatch }: Definition) => ({
  trigger: triggerOf(trigger),
  condition,
  actions: actions.map(({ type, settings }) => ({ type, settings: settings as Settings })),
  stopOnMatch,
});

export const triggerInput = ({ by, events, cron, timeZone }: TriggerDraft): RuleTriggerInput =>
  by === 'schedule' ? { schedule: { cron, timeZone } } : { events };

export const inputOf = ({ rank, trigger, ...rest }: Partial<RuleDraft>): Omit<UpdateAutomationRuleInput, 'id'> => ({
  ...rest,
  ...(rank != null && { rank }),
  ...(trigger && { trigger: triggerInput(trigger) }),
});
