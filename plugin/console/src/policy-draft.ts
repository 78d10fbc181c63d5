/** An SLA policy as its form holds it, and as the API takes it. Pure. */
import type {
  Channel,
  CustomerTier,
  InteractionState,
  PolicyListQuery,
  SlaMilestoneInput,
  SlaMilestoneKind,
  SlaReopening,
} from './generated/operations';
import type { Settings } from './settings-schema';

export interface TargetDraft {
  targetSeconds: number | null;
  tiers: CustomerTier[];
  channels: Channel[];
  minPriority: number | null;
  queueIds: string[];
  /** ISO 639-1, with commas between them. */
  languages: string;
}

export interface WarningDraft {
  by: 'percent' | 'before';
  /** Percent of the target, or seconds before it. */
  amount: number | null;
}

export interface RungDraft {
  afterSeconds: number | null;
  actions: { type: string; settings: Settings }[];
}

export interface MilestoneDraft {
  kind: SlaMilestoneKind;
  targetSeconds: number | null;
  targets: TargetDraft[];
  warnings: WarningDraft[];
  pausedIn: InteractionState[];
  reopening: SlaReopening;
  escalation: RungDraft[];
}

export interface PolicyDraft {
  name: string;
  /** Empty for around the clock. */
  calendarId: string;
  milestones: MilestoneDraft[];
}

export const KINDS: readonly SlaMilestoneKind[] = ['TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION'];

const USUAL_SECONDS: Readonly<Record<SlaMilestoneKind, number>> = {
  TIME_TO_ACCEPT: 300,
  FIRST_RESPONSE: 14_400,
  NEXT_RESPONSE: 14_400,
  PERIODIC_UPDATE: 86_400,
  RESOLUTION: 86_400,
};

/** As the engine completes what is left out. */
export const newMilestone = (kind: SlaMilestoneKind): MilestoneDraft => ({
  kind,
  targetSeconds: USUAL_SECONDS[kind],
  targets: [],
  warnings: [{ by: 'percent', amount: 75 }],
  pausedIn: kind === 'RESOLUTION' ? ['WAITING_FOR_CUSTOMER'] : [],
  reopening: kind === 'RESOLUTION' ? 'RESUME' : 'RESTART',
  escalation: [],
});

export const newTarget = (): TargetDraft => ({
  ...{ targetSeconds: 3_600, tiers: [], channels: [], minPriority: null, queueIds: [], languages: '' },
});

export const newRung = (before: RungDraft | undefined): RungDraft => ({ afterSeconds: (before?.afterSeconds ?? 0) + 900, actions: [] });

export const newPolicy = (): PolicyDraft => ({ name: '', calendarId: '', milestones: [newMilestone('FIRST_RESPONSE')] });

export const draftOf = ({ name, calendar, milestones }: PolicyListQuery['slaPolicies'][number]): PolicyDraft => ({
  name,
  calendarId: calendar?.id ?? '',
  milestones: milestones.map(({ kind, targetSeconds, targets, warnings, pausedIn, reopening, escalation }) => ({
    kind,
    targetSeconds: targetSeconds ?? null,
    targets: targets.map((target) => ({
      targetSeconds: target.targetSeconds,
      tiers: [...target.tiers],
      channels: [...target.channels],
      minPriority: target.minPriority ?? null,
      queueIds: target.queues.map(({ id }) => id),
      languages: target.languages.join(', '),
    })),
    warnings: warnings.map(({ percent, secondsBefore }) =>
      percent == null ? { by: 'before', amount: secondsBefore ?? null } : { by: 'percent', amount: percent },
    ),
    pausedIn: [...pausedIn],
    reopening,
    escalation: escalation.map(({ afterSeconds, actions }) => ({
      afterSeconds,
      actions: actions.map(({ type, settings }) => ({ type, settings: settings as Settings })),
    })),
  })),
});

/** What is empty is said as the least that the engine refuses, at its place. */
export const milestonesOf = (milestones: readonly MilestoneDraft[]): SlaMilestoneInput[] =>
  milestones.map(({ targets, warnings, escalation, ...milestone }) => ({
    ...milestone,
    targets: targets.map(({ targetSeconds, languages, ...target }) => ({
      ...target,
      targetSeconds: targetSeconds ?? 0,
      languages: languages
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    })),
    warnings: warnings.map(({ by, amount }) => (by === 'percent' ? { percent: amount ?? 0 } : { secondsBefore: amount ?? 0 })),
    escalation: escalation.map(({ afterSeconds, actions }) => ({ afterSeconds: afterSeconds ?? 0, actions })),
  }));

export const inputOf = ({ name, calendarId, milestones }: Partial<PolicyDraft>) => ({
  ...(name !== undefined && { name }),
  ...(calendarId !== undefined && { calendarId: calendarId || null }),
  ...(milestones && { milestones: milestonesOf(milestones) }),
});

/** What the engine said of places below one, by the rest of the place: `actions[0].type` of `milestones[0].escalation[1].actions[0].type`. */
export const errorsWithin = (errors: Readonly<Record<string, string>>, place: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).flatMap(([field, message]) => (field.startsWith(`${place}.`) ? [[field.slice(place.length + 1), message]] : [])),
  );
