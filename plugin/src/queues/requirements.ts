/** Skill requirements as they are asked for. */
import type { SkillRequirementInput } from '../platform/generated/graphql.js';

export type Requirement = Pick<SkillRequirementInput, 'skillId' | 'minLevel' | 'mandatory'>;

/** Each skill once; of a skill named twice the stricter requirement counts. */
export function strictest(skills: readonly Requirement[]): Requirement[] {
  const bySkill = new Map<string, Requirement>();
  for (const { skillId, minLevel, mandatory } of skills) {
    const known = bySkill.get(skillId);
    bySkill.set(skillId, {
      skillId,
      minLevel: Math.max(minLevel, known?.minLevel ?? 1),
      mandatory: mandatory || (known?.mandatory ?? false),
    });
  }
  return [...bySkill.values()];
}
