/**
 * Skills as people write them in the CRM: "Spanish 3" is a skill and its level (1 where none is given), "Spanish 3?" one
 * that is wished for but not required.
 */
import { invalid } from '../platform/errors.js';

export interface SkillWord {
  skillId: string;
  level: number;
  mandatory: boolean;
}

interface Named {
  id: string;
  name: string;
}

const MOST = 10;

export const skillWord = (name: string, level: number, mandatory = true): string => `${name} ${level}${mandatory ? '' : '?'}`;

/** @throws PatchbayError INVALID saying which word is wrong and which skills there are */
export function readSkillWords(words: readonly string[], skills: readonly Named[]): SkillWord[] {
  const byName = new Map(skills.map((skill) => [skill.name.toLowerCase(), skill]));
  return words.map((word) => {
    const [, name = '', digits, mark] = /^(.*?)(?:\s+(\d{1,3}))?\s*(\?)?$/.exec(word.trim()) ?? [];
    const skill = byName.get(name.toLowerCase());
    if (!skill) {
      throw invalid('skills', `There is no skill “${name}”. There are: ${skills.map((one) => one.name).join(', ') || 'none yet'}.`);
    }
    const level = digits === undefined ? 1 : Number(digits);
    if (level < 1 || level > MOST) throw invalid('skills', `The level of ${skill.name} is 1 to ${MOST}, not ${level}.`);
    return { skillId: skill.id, level, mandatory: mark === undefined };
  });
}
