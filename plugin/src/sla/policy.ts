/** What an SLA policy promises: its milestones, and which target of a milestone counts for an interaction. */
import { invalid } from '../platform/errors.js';
import type {
  Channel,
  CustomerTier,
  InteractionState,
  SlaMilestoneInput,
  SlaMilestoneKind,
  SlaReopening,
  SlaTargetInput,
} from '../platform/generated/graphql.js';

export interface RuleAction {
  type: string;
  settings: Record<string, unknown>;
}

/** Empty lists and null name nothing. */
export interface Target {
  targetSeconds: number;
  tiers: CustomerTier[];
  channels: Channel[];
  minPriority: number | null;
  queueIds: string[];
  languages: string[];
}

export interface Warning {
  percent: number | null;
  secondsBefore: number | null;
}

export interface Rung {
  /** Business seconds after the breach. */
  afterSeconds: number;
  actions: RuleAction[];
}

export interface Milestone {
  kind: SlaMilestoneKind;
  /** Null where only `targets` promise something. */
  targetSeconds: number | null;
  targets: Target[];
  warnings: Warning[];
  pausedIn: InteractionState[];
  reopening: SlaReopening;
  escalation: Rung[];
}

/** As it is kept: one version of a policy. */
export interface PolicyDefinition {
  /** Null: around the clock. */
  calendarId: string | null;
  milestones: Milestone[];
}

/** What a target's conditions speak of. */
export interface TargetFacts {
  tier: CustomerTier | null;
  channel: Channel;
  priority: number;
  queueId: string | null;
  language: string | null;
}

/** In the order in which people think of them. */
export const KINDS: readonly SlaMilestoneKind[] = ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'];

export const defaultPauses = (kind: SlaMilestoneKind): InteractionState[] => (kind === 'RESOLUTION' ? ['WAITING_FOR_CUSTOMER'] : []);
export const defaultReopening = (kind: SlaMilestoneKind): SlaReopening => (kind === 'RESOLUTION' ? 'RESUME' : 'RESTART');

export const PAUSABLE: readonly InteractionState[] = ['ON_HOLD', 'WAITING_FOR_CUSTOMER'];

const MOST_WARNINGS = 10;
const MOST_RUNGS = 20;
const MOST_TARGETS = 100;

/**
 * The target that counts: the one that names the most conditions, of several the first; the milestone's own where none
 * matches; null where nothing is promised.
 *
 * @returns `matched`: why, in words; empty for the milestone's own
 */
export function targetFor(
  { targetSeconds, targets }: Pick<Milestone, 'targetSeconds' | 'targets'>,
  facts: TargetFacts,
): { targetMs: number; matched: string } | null {
  let best: { target: Target; words: string[] } | null = null;
  for (const target of targets) {
    const words = matching(target, facts);
    if (words && (!best || words.length > best.words.length)) best = { target, words };
  }
  if (best) return { targetMs: best.target.targetSeconds * 1_000, matched: best.words.join(', ') };
  return targetSeconds === null ? null : { targetMs: targetSeconds * 1_000, matched: '' };
}

/** The conditions that are named, in words; null where one of them does not hold. */
function matching({ tiers, channels, minPriority, queueIds, languages }: Target, facts: TargetFacts): string[] | null {
  const words: string[] = [];
  if (tiers.length > 0) {
    if (!facts.tier || !tiers.includes(facts.tier)) return null;
    words.push(`customer ${facts.tier}`);
  }
  if (channels.length > 0) {
    if (!channels.includes(facts.channel)) return null;
    words.push(`channel ${facts.channel}`);
  }
  if (minPriority !== null) {
    if (facts.priority < minPriority) return null;
    words.push(`priority ${minPriority} or higher`);
  }
  if (queueIds.length > 0) {
    if (!facts.queueId || !queueIds.includes(facts.queueId)) return null;
    words.push('queue');
  }
  if (languages.length > 0) {
    if (!facts.language || !languages.includes(facts.language)) return null;
    words.push(`language ${facts.language}`);
  }
  return words;
}

/**
 * Completes what was left out and refuses what cannot be; the actions of rungs are checked by who knows actions.
 *
 * @throws PatchbayError INVALID naming the place and what to do
 */
export function checkMilestones(milestones: SlaMilestoneInput[]): Milestone[] {
  if (milestones.length === 0) throw invalid('milestones', 'Name at least one milestone.');
  if (new Set(milestones.map(({ kind }) => kind)).size < milestones.length)
    throw invalid('milestones', 'Name each kind of milestone once.');
  return milestones.map((milestone, index) => checkMilestone(milestone, `milestones[${index}]`));
}

function checkMilestone(input: SlaMilestoneInput, field: string): Milestone {
  const { kind, targetSeconds = null, targets, warnings, escalation } = input;
  if (targetSeconds === null && targets.length === 0)
    throw invalid(`${field}.targetSeconds`, 'Give a target in seconds, or targets with conditions.');
  if (targetSeconds !== null && targetSeconds < 1) throw invalid(`${field}.targetSeconds`, 'A target is at least 1 second.');
  if (targets.length > MOST_TARGETS) throw invalid(`${field}.targets`, `A milestone has at most ${MOST_TARGETS} targets with conditions.`);
  if (warnings.length > MOST_WARNINGS) throw invalid(`${field}.warnings`, `A milestone has at most ${MOST_WARNINGS} warnings.`);
  if (escalation.length > MOST_RUNGS) throw invalid(`${field}.escalation`, `A ladder has at most ${MOST_RUNGS} rungs.`);
  const pausedIn = input.pausedIn ?? defaultPauses(kind);
  for (const state of pausedIn) {
    if (!PAUSABLE.includes(state))
      throw invalid(`${field}.pausedIn`, `A clock can pause while ${PAUSABLE.join(' or ')}; in ${state} it cannot.`);
  }
  const longest = Math.max(targetSeconds ?? 0, ...targets.map((target) => target.targetSeconds));
  for (const [place, { secondsBefore }] of warnings.entries()) {
    if (typeof secondsBefore === 'number' && (secondsBefore < 1 || secondsBefore >= longest)) {
      throw invalid(
        `${field}.warnings[${place}]`,
        `A warning ${secondsBefore} s before a target of ${longest} s would come before the clock starts: give 1 to ${longest - 1}.`,
      );
    }
  }
  for (const [place, { afterSeconds, actions }] of escalation.entries()) {
    const before = escalation[place - 1];
    if (before && before.afterSeconds >= afterSeconds)
      throw invalid(`${field}.escalation[${place}].afterSeconds`, 'Each rung comes later than the one before it.');
    if (actions.length === 0) throw invalid(`${field}.escalation[${place}].actions`, 'A rung has at least one action.');
  }
  return {
    kind,
    targetSeconds: targetSeconds ?? null,
    targets: targets.map((target, place) => checkTarget(target, `${field}.targets[${place}]`)),
    warnings: warnings.map(({ percent, secondsBefore }) => ({ percent: percent ?? null, secondsBefore: secondsBefore ?? null })),
    pausedIn: [...new Set(pausedIn)],
    reopening: input.reopening ?? defaultReopening(kind),
    escalation: escalation.map(({ afterSeconds, actions }) => ({ afterSeconds, actions })),
  };
}

function checkTarget({ targetSeconds, tiers, channels, minPriority, queueIds, languages }: SlaTargetInput, field: string): Target {
  if (targetSeconds < 1) throw invalid(`${field}.targetSeconds`, 'A target is at least 1 second.');
  const wrong = languages.find((language) => !/^[a-z]{2}$/.test(language));
  if (wrong !== undefined) throw invalid(`${field}.languages`, `"${wrong}" is no ISO 639-1 code: two lower-case letters, such as cs.`);
  const target = { targetSeconds, tiers, channels, minPriority: minPriority ?? null, queueIds, languages };
  if (tiers.length + channels.length + queueIds.length + languages.length === 0 && target.minPriority === null)
    throw invalid(field, 'Name at least one condition here, or give this time as the target of the milestone.');
  return target;
}

/** A milestone as it would be given to be saved again. */
export const asInput = ({ warnings, ...milestone }: Milestone): SlaMilestoneInput => ({
  ...milestone,
  warnings: warnings.map(({ percent, secondsBefore }) => (percent === null ? { secondsBefore: secondsBefore ?? 0 } : { percent })),
});
