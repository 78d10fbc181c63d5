/** Sets or adds the skills that the interaction asks for, beside those of its queue. */
import { z } from 'zod';
import { InteractionsService } from './interactions.service.js';
import { StepsService } from './steps.service.js';
import type { Command } from '../platform/commands.js';
import type { SkillRequirementInput } from '../platform/generated/graphql.js';
import { said, told, type Said } from '../platform/told.js';
import { reference, type Action, type Effect, type Names, type Occasion } from '../automation/rule-action.js';
import { RuleAction } from '../automation/rule-action.decorator.js';

const settings = z.strictObject({
  skills: z
    .array(
      z.strictObject({
        skill: reference('skill'),
        minLevel: z.int().min(1).max(10).default(1),
        mandatory: z.boolean().default(true),
      }),
    )
    .max(50),
  mode: z.enum(['replace', 'add']).default('replace').meta({ description: 'In place of the skills it asks for, or beside them.' }),
});
type Settings = z.infer<typeof settings>;

@RuleAction()
export class SetSkillsAction implements Action<Settings> {
  readonly type = 'set-skills';
  readonly title = 'Ask for skills';
  readonly description = 'Sets or adds the skills that the interaction asks for, beside those of its queue.';
  readonly settings = settings;
  readonly needsInteraction = true;

  constructor(
    private readonly interactions: InteractionsService,
    private readonly steps: StepsService,
  ) {}

  summary(to: Settings, names: Names): Said {
    const list = words(to, names);
    const whole = list ? `Asks for ${list}.` : 'Asks for no skills of its own.';
    return said('ACTION_SKILLS', to.mode === 'add' ? `Asks for ${list} as well.` : whole, { mode: to.mode, skills: named(to, names) });
  }

  describe(to: Settings, { facts, names }: Occasion): Effect[] {
    const { skills } = facts.interaction;
    const kept = to.mode === 'add' ? skills : [];
    return [
      {
        action: this.type,
        field: 'skills',
        told: told('EFFECT_SKILLS'),
        before: skills.join(', ') || null,
        after: [...kept, words(to, names)].filter(Boolean).join(', ') || null,
        afterTold: told('VALUE_SKILLS', { kept, skills: named(to, names) }),
      },
    ];
  }

  async perform(command: Command, to: Settings, occasion: Occasion): Promise<Effect[]> {
    const row = await this.steps.read(command, occasion.subjectId);
    const own = to.skills.map(({ skill, minLevel, mandatory }) => ({ skillId: skill, minLevel, mandatory }));
    const skills = to.mode === 'add' ? [...(row.skills as unknown as SkillRequirementInput[]), ...own] : own;
    const { version } = await this.interactions.update(command, { id: row.id, skills });
    return version === row.version ? [] : this.describe(to, occasion);
  }
}

const named = ({ skills }: Settings, names: Names) => skills.map((one) => ({ ...one, skill: names.of('skill', one.skill) }));

const words = (to: Settings, names: Names): string =>
  named(to, names)
    .map(({ skill, minLevel, mandatory }) => {
      const level = minLevel > 1 ? ` from level ${minLevel}` : '';
      return `${skill}${level}${mandatory ? '' : ' (if possible)'}`;
    })
    .join(', ');
