/** Guards that keep rules from running wild: in chains that lead back to themselves, and in storms on one record. */

import { said, type Said } from '../platform/told.js';

/** One event on the way from a cause to the event that it led to. */
export interface Link {
  /** The rule or policy that acted; null where somebody else did. */
  ruleId: string | null;
}

export const MOST_RULES_IN_CHAIN = 10;
export const MOST_RUNS_AN_HOUR = 20;
export const STORM_MS = 3_600_000;

/**
 * Why a rule must not run now; null where it may.
 *
 * @param chain the event and those that led to it, the latest first
 * @param recentRuns how often the rule ran on the record within the last hour
 */
export function guard(ruleId: string, chain: readonly Link[], recentRuns: number): Said | null {
  const rules = chain.flatMap((link) => link.ruleId ?? []);
  const depth = rules.indexOf(ruleId);
  if (depth === 0) return said('RULE_CAUSED_EVENT', 'The rule itself caused this event, and does not set itself off.', { others: 0 });
  if (depth > 0)
    return said(
      'RULE_CAUSED_EVENT',
      `The rule caused this event through ${depth === 1 ? 'another rule' : `${depth} other rules`}, and does not set itself off.`,
      { others: depth },
    );
  if (rules.length >= MOST_RULES_IN_CHAIN)
    return said('RULE_IN_CHAIN', `${rules.length} rules have led to this event, one setting off the next; there it ends.`, {
      rules: rules.length,
    });
  if (recentRuns >= MOST_RUNS_AN_HOUR)
    return said(
      'RULE_TOO_OFTEN',
      `The rule ran ${recentRuns} times on this record within an hour; at most ${MOST_RUNS_AN_HOUR} are let through.`,
      { runs: recentRuns, most: MOST_RUNS_AN_HOUR },
    );
  return null;
}
