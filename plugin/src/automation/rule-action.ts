/**
 * What an action of a rule is. Each is one class marked `@RuleAction()` in a file `<name>.action.ts`, in the folder of the
 * domain that it changes. The build finds it by that name, and everything follows from it: the check of its settings, runs
 * and dry runs, the API's list of actions, configuration files and rules in the CRM. What its constructor asks for must be
 * exported by the module of its domain.
 */
import { z } from 'zod';
import type { Command } from '../platform/commands.js';
import type { Said, Told } from '../platform/told.js';
import type { Facts } from './facts.js';
import { LINE, templateProblem, TEXT } from './templates.js';

/** What one action changed, or would change. */
export interface Effect {
  /** The action's type. */
  action: string;
  /** In words. */
  field: string;
  told: Told;
  before: string | null;
  after: string | null;
  /** Where it is more than a name, a number or a text of somebody. */
  afterTold?: Told;
  /** What was made, such as a task. */
  interactionId?: string;
}

/** Names of the records that settings refer to. */
export interface Names {
  /** The record's name, or its id where it is gone. */
  of(kind: string, id: string): string;
}

/** On what, and because of what, an action is done. */
export interface Occasion {
  facts: Facts;
  names: Names;
  /** Null where the action does not belong to a rule but to a ladder. */
  ruleId: string | null;
  /** The interaction, or what else the event is about. */
  subjectId: string;
  event: { seq: bigint; at: Date };
}

export interface Action<S = unknown> {
  /** Such as `set-priority`. */
  readonly type: string;
  readonly title: string;
  /** One sentence for whoever writes a rule. */
  readonly description: string;
  /** References to records are marked with `reference`, templates with `line` or `text`. */
  readonly settings: z.ZodType<S> & z.ZodObject;
  /** Refused on triggers that are about no interaction. */
  readonly needsInteraction: boolean;
  /** What the schema cannot say. @throws PatchbayError INVALID whose field is a path inside the settings */
  check?(settings: S): void | Promise<void>;
  /** What it does. */
  summary(settings: S, names: Names): Said;
  /** What it would do, without doing it; nothing where it would change nothing. */
  describe(settings: S, occasion: Occasion): Effect[];
  /** Does it, inside the command of the rule. @throws PatchbayError which undoes the rule's other actions too */
  perform(command: Command, settings: S, occasion: Occasion): Promise<Effect[]>;
}

/** A record by id or by name; the registry turns names into ids when the settings are saved. */
export const reference = (kind: string) => z.string().trim().min(1).max(LINE).meta({ reference: kind });

const template = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .superRefine((source, context) => {
      const problem = templateProblem(source);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });

/** A template that gives one line. */
export const line = () => template(2_000).meta({ template: 'line' });

/** A template that gives a text. */
export const text = () => template(TEXT).meta({ template: 'text' });

const LONGEST = 1_000;

/** For the log of what a rule did: long texts are cut. */
export const shown = (value: string | null): string | null =>
  value !== null && value.length > LONGEST ? `${value.slice(0, LONGEST - 1)}…` : value;
