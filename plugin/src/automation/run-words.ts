/** Why the actions of a rule were not done. */
import { said, type Said } from '../platform/told.js';

/** The action that a run has come to, counted from 0. */
export interface Step {
  index: number;
  type: string;
}

/** @param at null where none was begun */
export const failureAt = (at: Step | null, { text, told: { code, facts } }: Said): Said =>
  at === null
    ? said(code, text, facts)
    : said(code, `actions[${at.index}] ${at.type}: ${text}`, { ...facts, action: at.type, place: at.index + 1 });
