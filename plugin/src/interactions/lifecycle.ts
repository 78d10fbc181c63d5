/**
 * The life of an interaction, as a table: which command is legal in which state, and where it leads.
 *
 *   CREATED ─enqueue→ QUEUED ─offer→ OFFERED ─accept→ ACTIVE ⇄ ON_HOLD, WAITING_FOR_CUSTOMER
 *                       ↑ └───return────┘                │
 *                       └─ transfer, escalate, give back ┤ end → WRAP_UP
 *                       └── reopen ── CLOSED ←── close ──┘
 *                       └── split ─── CLOSED ←── merge ──── from wherever it is
 *                                     ABANDONED ←─ abandon ─ before anybody accepted
 */
import { PatchbayError } from '../platform/errors.js';
import type { InteractionCommand, InteractionState } from '../platform/generated/graphql.js';

interface Rule {
  from: readonly InteractionState[];
  to: InteractionState;
}

const HELD = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'] as const;

export const LIFECYCLE: Readonly<Record<InteractionCommand, Rule>> = {
  ENQUEUE: { from: ['CREATED'], to: 'QUEUED' },
  OFFER: { from: ['QUEUED'], to: 'OFFERED' },
  ACCEPT: { from: ['OFFERED'], to: 'ACTIVE' },
  /** The offer was declined, withdrawn, or lapsed. What was accepted is not returned by the offer it came by. */
  RETURN: { from: ['OFFERED'], to: 'QUEUED' },
  /** Whoever held it is lost. */
  GIVE_BACK: { from: HELD, to: 'QUEUED' },
  HOLD: { from: ['ACTIVE'], to: 'ON_HOLD' },
  RESUME: { from: ['ON_HOLD', 'WAITING_FOR_CUSTOMER'], to: 'ACTIVE' },
  AWAIT_CUSTOMER: { from: ['ACTIVE', 'ON_HOLD'], to: 'WAITING_FOR_CUSTOMER' },
  CUSTOMER_REPLIED: { from: ['WAITING_FOR_CUSTOMER'], to: 'ACTIVE' },
  END: { from: HELD, to: 'WRAP_UP' },
  CLOSE: { from: ['CREATED', 'QUEUED', 'OFFERED', ...HELD, 'WRAP_UP'], to: 'CLOSED' },
  ABANDON: { from: ['CREATED', 'QUEUED', 'OFFERED'], to: 'ABANDONED' },
  TRANSFER: { from: ['QUEUED', 'OFFERED', ...HELD], to: 'QUEUED' },
  ESCALATE: { from: ['QUEUED', 'OFFERED', ...HELD], to: 'QUEUED' },
  REOPEN: { from: ['CLOSED', 'ABANDONED'], to: 'QUEUED' },
  MERGE: { from: ['CREATED', 'QUEUED', 'OFFERED', ...HELD, 'WRAP_UP'], to: 'CLOSED' },
  /** What was merged is an interaction of its own again; it cannot be reopened before. */
  SPLIT: { from: ['CLOSED'], to: 'QUEUED' },
};

const COMMANDS = Object.keys(LIFECYCLE) as InteractionCommand[];

/** States in which an agent holds the interaction. */
export const HOLDING: readonly InteractionState[] = [...HELD, 'WRAP_UP'];

/** States that end an interaction until it is reopened. */
export const FINAL: readonly InteractionState[] = ['CLOSED', 'ABANDONED'];

/** @param merged it was merged into another one, and is closed therefore */
export function legalCommands(state: InteractionState, merged = false): InteractionCommand[] {
  if (merged) return ['SPLIT'];
  return COMMANDS.filter((command) => command !== 'SPLIT' && LIFECYCLE[command].from.includes(state));
}

/**
 * The state that `command` leads to.
 *
 * @throws PatchbayError ILLEGAL_TRANSITION with the state and what would be legal
 */
export function next(state: InteractionState, command: InteractionCommand, merged = false): InteractionState {
  const legal = legalCommands(state, merged);
  if (legal.includes(command)) return LIFECYCLE[command].to;
  throw new PatchbayError(
    'ILLEGAL_TRANSITION',
    `An interaction that is ${merged ? 'merged into another one' : words(state)} cannot be ${PAST[command]}; it can be ${legal.map((one) => PAST[one]).join(', ')}.`,
    { state, command, legal },
  );
}

const words = (state: InteractionState): string => state.toLowerCase().replaceAll('_', ' ');

const PAST: Record<InteractionCommand, string> = {
  ENQUEUE: 'queued',
  OFFER: 'offered',
  ACCEPT: 'accepted',
  RETURN: 'returned to its queue',
  GIVE_BACK: 'given back',
  HOLD: 'put on hold',
  RESUME: 'resumed',
  AWAIT_CUSTOMER: 'set to wait for the customer',
  CUSTOMER_REPLIED: 'continued by the customer',
  END: 'ended',
  CLOSE: 'closed',
  ABANDON: 'abandoned',
  TRANSFER: 'transferred',
  ESCALATE: 'escalated',
  REOPEN: 'reopened',
  MERGE: 'merged',
  SPLIT: 'split from the one it was merged into',
};
