/** The name under which a rung of an SLA policy's ladder acts: the log keeps it, and pages take it apart again. */
import { told, type Told } from './told.js';

export const ladderName = (policy: string, rung: number): string => `${policy}, rung ${rung}`;

/** Null for any other actor. */
export function ladderOf(kind: string, name: string): Told | null {
  const [, policy, rung] = (kind === 'RULE' && /^(.+), rung (\d{1,4})$/s.exec(name)) || [];
  return policy === undefined ? null : told('LADDER', { policy, rung: Number(rung) });
}
