/** The names under which the engine itself acts: the log keeps them, and pages tell them in their reader's language. */
import { told, type Told } from './told.js';

/** What the start of the engine sets up, and how an empty center begins. */
export const START = 'start';
export const FIRST_START = 'first start';

/** Of a rung of an SLA policy's ladder. */
export const ladderName = (policy: string, rung: number): string => `${policy}, rung ${rung}`;

/**
 * Null for a name that the engine did not make up.
 *
 * @param id of the token, person or agent; null for the engine itself
 */
export function actorTold({ kind, name, id }: { kind: string; name: string; id: string | null }): Told | null {
  if (kind === 'CLIENT' && id === null) return name === START ? told('START') : name === FIRST_START ? told('FIRST_START') : null;
  const [, policy, rung] = (kind === 'RULE' && /^(.+), rung (\d{1,4})$/s.exec(name)) || [];
  return policy === undefined ? null : told('LADDER', { policy, rung: Number(rung) });
}
