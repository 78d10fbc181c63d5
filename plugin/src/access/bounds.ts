/** To what part of the contact center a right is bounded, and what that part holds. */
import { invalid } from '../platform/errors.js';
import type { BoundsInput, Role } from '../platform/generated/graphql.js';

/** As it is kept with a person: sorted, each once. */
export interface Bounds {
  departments: string[];
  queueIds: string[];
  teamIds: string[];
}

/** What a part is made of. */
export interface Members {
  queues: { id: string; department: string }[];
  /** Agents of a team. */
  agents: { id: string; teamId: string }[];
  memberships: { queueId: string; agentId: string }[];
}

/** The ids that belong to a part, each kind as `@within` names it. */
export type PartSets = Record<'queue' | 'servedQueue' | 'holder' | 'agent' | 'team', ReadonlySet<string>>;

const MOST = 200;
/** Who leads a team leads that team only. */
const ALWAYS: readonly Role[] = ['TEAM_LEAD'];
const SOMETIMES: readonly Role[] = ['TEAM_LEAD', 'SUPERVISOR', 'ANALYST'];

/** Whose right can be lent to a colleague: an agent's is the agent's own work, and an outside party's is what was shared with it. */
export const CAN_LEND: readonly Role[] = ['ADMIN', ...SOMETIMES];

export function partOf({ departments, queueIds, teamIds }: Bounds, { queues, agents, memberships }: Members): PartSets {
  const queue = new Set([...queueIds, ...queues.filter(({ department }) => departments.includes(department)).map(({ id }) => id)]);
  const holder = new Set(agents.filter(({ teamId }) => teamIds.includes(teamId)).map(({ id }) => id));
  return {
    queue,
    holder,
    servedQueue: new Set([...queue, ...memberships.filter(({ agentId }) => holder.has(agentId)).map(({ queueId }) => queueId)]),
    agent: new Set([...holder, ...memberships.filter(({ queueId }) => queue.has(queueId)).map(({ agentId }) => agentId)]),
    team: new Set(teamIds),
  };
}

/** What a person keeps whose role changes: bounds that the new role can have, in the form of the API. */
export const kept = (role: Role, { bounds }: { bounds: unknown }): BoundsInput | null =>
  SOMETIMES.includes(role) ? (bounds as Bounds | null) : null;

/** @throws PatchbayError INVALID for bounds that the role cannot have, or lacks */
export function boundsFor(role: Role, input: BoundsInput | null | undefined): Bounds | null {
  if (!input) {
    if (ALWAYS.includes(role)) throw invalid('bounds', 'Say which departments, queues or teams this person leads.');
    return null;
  }
  if (!SOMETIMES.includes(role)) throw invalid('bounds', `The role ${role} is not bounded; leave the bounds out.`);
  const { departments, queueIds, teamIds } = input;
  const bounds = { departments: sorted(departments), queueIds: sorted(queueIds), teamIds: sorted(teamIds) };
  const sizes = Object.values(bounds).map((ids) => ids.length);
  if (sizes.every((size) => size === 0))
    throw invalid('bounds', 'Name at least one department, queue or team; null stands for the whole contact center.');
  if (sizes.some((size) => size > MOST)) throw invalid('bounds', `At most ${MOST} departments, queues and teams each.`);
  return bounds;
}

/** All that one of them holds. */
export const unionOf = (parts: readonly Bounds[]): Bounds => ({
  departments: sorted(parts.flatMap(({ departments }) => departments)),
  queueIds: sorted(parts.flatMap(({ queueIds }) => queueIds)),
  teamIds: sorted(parts.flatMap(({ teamIds }) => teamIds)),
});

const sorted = (ids: readonly string[]): string[] => [...new Set(ids)].sort();
