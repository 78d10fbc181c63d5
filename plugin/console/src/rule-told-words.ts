/** What the engine says of the actions of rules, for whoever reads another language than English. */
import { listed, number, t } from './language';
import type { Channel, ToldCode } from './generated/operations';
import { channelTitle } from './words';

type Facts = Readonly<Record<string, unknown>>;
type Code = Extract<ToldCode, `${'ACTION' | 'VALUE'}_${string}`>;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const everybody = (role: string): string => (role === 'ADMIN' ? t('all administrators') : t('all supervisors'));

/** Agents by name, and everybody of a role. */
export const people = ({ agents, roles }: Facts): string => listed([...texts(agents), ...texts(roles).map(everybody)]);

const skillWord = ({ skill, minLevel, mandatory }: Facts): string => {
  const names = { skill: text(skill), level: number(count(minLevel)) };
  const asked = count(minLevel) > 1 ? t('{{skill}} from level {{level}}', names) : names.skill;
  return mandatory === false ? t('{{skill}} (if possible)', { skill: asked }) : asked;
};

const skillWords = (skills: unknown): string[] => (Array.isArray(skills) ? (skills as Facts[]).map(skillWord) : []);

export const RULE_TOLD_WORDS: Readonly<Record<Code, (facts: Facts) => string>> = {
  ACTION_AGENT: ({ agent }) => t('Transfers it to this agent: {{agent}}', { agent: text(agent) }),
  ACTION_FIELDS: ({ subject, description }) =>
    typeof subject !== 'string'
      ? t('Sets the description.')
      : description === true
        ? t('Sets the description, and the subject to “{{subject}}”.', { subject })
        : t('Sets the subject to “{{subject}}”.', { subject }),
  ACTION_INTERACTION: ({ channel, queue, subject }) => {
    const names = { channel: channelTitle(channel as Channel), queue: text(queue), subject: text(subject) };
    return typeof queue === 'string'
      ? t('Makes an interaction ({{channel}}) in queue {{queue}}: “{{subject}}”.', names)
      : t('Makes an interaction ({{channel}}): “{{subject}}”.', names);
  },
  ACTION_NOTIFICATION: (facts) => t('Tells {{names}}: “{{text}}”.', { names: people(facts), text: text(facts['text']) }),
  ACTION_PRIORITY: ({ to, by }) =>
    typeof to === 'number'
      ? t('Sets the priority to {{priority}}.', { priority: number(to) })
      : count(by) < 0
        ? t('Lowers the priority by {{steps}}.', { steps: number(-count(by)) })
        : t('Raises the priority by {{steps}}.', { steps: number(count(by)) }),
  ACTION_QUEUE: ({ queue }) => t('Puts it into queue {{queue}}.', { queue: text(queue) }),
  ACTION_REPLY: (facts) => t('Answers the customer: “{{text}}”.', { text: text(facts['text']) }),
  ACTION_SKILLS: ({ mode, skills }) => {
    const names = skillWords(skills);
    if (names.length === 0) return mode === 'add' ? t('Asks for no further skills.') : t('Asks for no skills of its own.');
    return mode === 'add'
      ? t('Asks for these skills as well: {{skills}}', { skills: listed(names) })
      : t('Asks for these skills: {{skills}}', { skills: listed(names) });
  },
  ACTION_SLA_POLICY: ({ policy }) =>
    typeof policy === 'string'
      ? t('Puts it under the SLA policy {{policy}}.', { policy })
      : t("Puts it under its queue's SLA policy again."),
  ACTION_TASK: ({ queue, subject }) => t('Makes a task in queue {{queue}}: “{{subject}}”.', { queue: text(queue), subject: text(subject) }),
  ACTION_WEBHOOK: ({ url }) => t('Calls the webhook {{url}}.', { url: text(url) }),

  VALUE_SKILLS: ({ kept, skills }) => listed([...texts(kept), ...skillWords(skills)]),
};
