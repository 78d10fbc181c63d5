/**
 * How long whoever failed to sign in waits for the next try. The delay grows with each failure and ends by itself: nobody can
 * lock a colleague out for good by failing in their name.
 */

/** Failures that cost nothing: fingers slip. */
const FREE = 5;
const LONGEST_S = 900;

/** @param failures in a row, of one person from one address @returns seconds: 0, then 1, 2, 4 … up to 900 */
export const delayAfter = (failures: number): number => (failures < FREE ? 0 : Math.min(LONGEST_S, 2 ** (failures - FREE)));

/** Failures in the name of one person from all addresses where they were never signed in, within an hour, that cost nothing. */
const FREE_FROM_STRANGERS = 50;
const STRANGERS_WAIT_S = 60;

/** @returns seconds that every address waits where this person was never signed in; those where they were do not */
export const delayOfStrangers = (failures: number): number => (failures < FREE_FROM_STRANGERS ? 0 : STRANGERS_WAIT_S);
