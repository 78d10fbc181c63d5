/** Who or what did something, in the language of the reader; people, programs and rules by their names. */
import i18next from 'i18next';

const t = i18next.t.bind(i18next);

type Facts = Readonly<Record<string, unknown>>;

export interface NamedActor {
  kind: string;
  name: string;
  told?: { code: string; facts: unknown } | null;
}

export const ladderWord = ({ policy, rung }: Facts): string =>
  t('{{policy}}, step {{rung}} of the escalation', { policy: String(policy), rung: String(rung) });

export const startWord = (): string => t('Start of the engine');
export const firstStartWord = (): string => t('First start of the engine');

const ACTOR_WORDS: Readonly<Record<string, (facts: Facts) => string>> = {
  LADDER: ladderWord,
  START: startWord,
  FIRST_START: firstStartWord,
};

export function actorWord({ kind, name, told }: NamedActor): string {
  if (kind === 'ROUTER') return t('Router');
  if (kind === 'TIMER') return t('Timer');
  if (kind === 'INTAKE' && name === 'mail') return t('Incoming mail');
  return (told && ACTOR_WORDS[told.code]?.(told.facts as Facts)) ?? name;
}
