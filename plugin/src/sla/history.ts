/**
 * An interaction's history, folded from the log, as far as its promises ask: when each kind of promise stood open, when the
 * interaction was where a clock may pause, and what the clocks have said. It knows no policy: whichever is in force, the
 * history is the same. Times in milliseconds since the epoch.
 */
import type { Channel, InteractionState, SlaMilestoneKind } from '../platform/generated/graphql.js';
import { KEPT_BY_MESSAGE, keptByAcceptance } from './answers.js';

/** A stretch of time; one without an end goes on. */
export interface Stretch {
  from: number;
  to: number | null;
}

/** A step of a clock that was said: after an outage later than it was due. */
export interface Said {
  kind: SlaMilestoneKind;
  at: number;
  dueAt: number;
  /** The place in `owed` of the stretch that it was said in: clocks that are set may put its time outside. */
  stretch: number;
  what: 'WARNED' | 'BREACHED' | 'ESCALATED';
}

export interface History {
  state: InteractionState;
  /** When what each kind promises was owed, in order; only the last may be open. */
  owed: Record<SlaMilestoneKind, Stretch[]>;
  /** Where a clock may pause. */
  pauses: (Stretch & { state: InteractionState })[];
  said: Said[];
  /** When somebody switched off what was late. */
  switchedOff: { kind: SlaMilestoneKind; at: number; stretch: number }[];
  /** The policy whose own ladder moved it into the queue where it is; null where somebody else did. */
  ledBy: string | null;
  /** Somebody set the wall clock back meanwhile, so that a stretch may end before it begins. */
  isSetBack: boolean;
}

export interface LoggedEvent {
  type: string;
  at: Date;
  /** The rule, or the policy whose ladder climbs, that did it. What a rule sends is no answer. */
  byRule: string | null;
  facts: Record<string, unknown>;
}

/** The row of the interaction: what the log does not tell, as where records of the past were brought in, it says. */
export interface Origin {
  channel: Channel;
  state: InteractionState;
  createdAt: Date;
  queuedAt: Date | null;
  acceptedAt: Date | null;
}

/** The types of events that a history is made of. */
export const TOLD_BY: readonly string[] = [
  'interaction.queued',
  'interaction.offered',
  'interaction.returned',
  'interaction.accepted',
  'interaction.held',
  'interaction.resumed',
  'interaction.awaits_customer',
  'interaction.customer_replied',
  'interaction.ended',
  'interaction.closed',
  'interaction.abandoned',
  'interaction.reopened',
  'interaction.message_sent',
  'interaction.message_received',
  'sla.warned',
  'sla.breached',
  'sla.escalated',
  'sla.switched_off',
];

const HELD: readonly InteractionState[] = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP'];
const MAY_PAUSE: readonly InteractionState[] = ['ON_HOLD', 'WAITING_FOR_CUSTOMER'];

const STATES: Readonly<Record<string, InteractionState>> = {
  'interaction.offered': 'OFFERED',
  'interaction.held': 'ON_HOLD',
  'interaction.resumed': 'ACTIVE',
  'interaction.awaits_customer': 'WAITING_FOR_CUSTOMER',
  'interaction.customer_replied': 'ACTIVE',
  'interaction.ended': 'WRAP_UP',
};

const SAYING: Readonly<Record<string, Said['what']>> = { 'sla.warned': 'WARNED', 'sla.breached': 'BREACHED', 'sla.escalated': 'ESCALATED' };

/** What stands open: the last stretch, where it has no end. */
export const openOf = (stretches: readonly Stretch[]): Stretch | null =>
  stretches.at(-1)?.to === null ? (stretches.at(-1) ?? null) : null;

/** @param events of `TOLD_BY`, in the order of the log */
export function historyOf({ channel, state: stands, createdAt, queuedAt, acceptedAt }: Origin, events: readonly LoggedEvent[]): History {
  const opened = createdAt.getTime();
  const history: History = {
    state: 'CREATED',
    owed: {
      TIME_TO_ACCEPT: [],
      FIRST_RESPONSE: [{ from: opened, to: null }],
      NEXT_RESPONSE: [],
      PERIODIC_UPDATE: [],
      RESOLUTION: [{ from: opened, to: null }],
    },
    pauses: [],
    said: [],
    switchedOff: [],
    ledBy: null,
    isSetBack: events.some(({ at }, index) => at.getTime() < (events[index - 1]?.at ?? createdAt).getTime()),
  };
  const { owed, pauses, said, switchedOff } = history;
  /** Rungs that the broken time to accept still has to climb. */
  let climbing = 0;

  const begin = (kind: SlaMilestoneKind, from: number): void => {
    if (!openOf(owed[kind])) owed[kind].push({ from, to: null });
  };
  const end = (at: number, ...kinds: SlaMilestoneKind[]): void => {
    for (const kind of kinds) {
      const open = openOf(owed[kind]);
      if (open) open.to = at;
    }
  };
  const enter = (state: InteractionState, at: number): void => {
    if (state === history.state) return;
    const pause = openOf(pauses);
    if (pause) pause.to = at;
    if (MAY_PAUSE.includes(state)) pauses.push({ state, from: at, to: null });
    history.state = state;
  };
  /** A broken time to accept that climbs its ladder goes on in the next queue, until somebody accepts. */
  const intoQueue = (at: number): void => {
    if (climbing === 0) end(at, 'TIME_TO_ACCEPT');
    begin('TIME_TO_ACCEPT', at);
    enter('QUEUED', at);
  };

  for (const { type, at: date, byRule, facts } of events) {
    const at = date.getTime();
    const state = STATES[type];
    if (state) enter(state, at);
    switch (type) {
      case 'interaction.queued':
        history.ledBy = byRule;
        intoQueue(at);
        break;
      case 'interaction.returned':
        // From a ringing offer it keeps its place; whoever held it had accepted it.
        if (HELD.includes(history.state)) intoQueue(at);
        else enter('QUEUED', at);
        break;
      case 'interaction.accepted':
        end(at, ...keptByAcceptance(channel));
        climbing = 0;
        enter('ACTIVE', at);
        break;
      case 'interaction.closed':
      case 'interaction.abandoned':
        end(at, 'TIME_TO_ACCEPT', 'FIRST_RESPONSE', 'NEXT_RESPONSE', 'PERIODIC_UPDATE', 'RESOLUTION');
        climbing = 0;
        enter(type === 'interaction.closed' ? 'CLOSED' : 'ABANDONED', at);
        break;
      case 'interaction.reopened':
        begin('FIRST_RESPONSE', at);
        begin('RESOLUTION', at);
        break;
      case 'interaction.message_sent':
        if (byRule) break;
        end(at, ...KEPT_BY_MESSAGE);
        begin('PERIODIC_UPDATE', at);
        break;
      case 'interaction.message_received':
        if (facts.asks !== false) begin('NEXT_RESPONSE', at);
        break;
      case 'sla.warned':
      case 'sla.breached':
      case 'sla.escalated': {
        const kind = facts.kind as SlaMilestoneKind;
        said.push({
          kind,
          at,
          stretch: owed[kind].length - 1,
          dueAt: typeof facts.stepAt === 'string' ? Date.parse(facts.stepAt) : at,
          what: SAYING[type]!,
        });
        if (kind !== 'TIME_TO_ACCEPT') break;
        if (type === 'sla.breached') climbing = Number(facts.rungs ?? 0);
        if (type === 'sla.escalated') climbing = Math.max(0, Number(facts.rungs ?? 0) - Number(facts.rung ?? 0));
        break;
      }
      case 'sla.switched_off': {
        const kind = facts.kind as SlaMilestoneKind;
        switchedOff.push({ kind, at, stretch: owed[kind].length - 1 });
        if (kind === 'TIME_TO_ACCEPT') climbing = 0;
        break;
      }
      default:
    }
  }
  if (history.state !== stands) {
    const since = (acceptedAt ?? queuedAt ?? createdAt).getTime();
    if (queuedAt && owed.TIME_TO_ACCEPT.length === 0) intoQueue(queuedAt.getTime());
    if (HELD.includes(stands)) end(since, ...keptByAcceptance(channel));
    enter(stands, since);
  }
  return history;
}
