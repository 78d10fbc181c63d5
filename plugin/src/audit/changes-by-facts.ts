/** What somebody did to an interaction or a customer, as changes: its events say that in their facts. Pure. */
import type { Change } from '../platform/audited.js';

type Facts = Record<string, unknown>;

const changed = (name: string, before: unknown, after: unknown): Change[] => (before === after ? [] : [{ path: [name], before, after }]);
const set = (name: string, after: unknown): Change[] => changed(name, null, after ?? null);

const CHANGES: Readonly<Record<string, (facts: Facts) => Change[]>> = {
  'customer.merged': ({ into }) => set('mergedInto', into),
  'customer.unmerged': ({ from }) => changed('mergedInto', from, null),
  'interaction.absorbed': ({ fromNumber }) => set('absorbed', fromNumber),
  'interaction.escalated': ({ queueId, toQueueId, level, before, priority }) => [
    ...changed('queue', queueId, toQueueId),
    ...changed('priority', before, priority),
    ...set('level', level),
  ],
  'interaction.merged': ({ intoNumber }) => set('mergedInto', intoNumber),
  'interaction.priority_set': ({ before, priority }) => changed('priority', before, priority),
  'interaction.sla_policy_set': ({ before, slaPolicyId }) => changed('slaPolicy', before, slaPolicyId),
  'interaction.split': ({ fromNumber }) => set('splitFrom', fromNumber),
  'interaction.split_off': ({ intoNumber }) => set('splitOff', intoNumber),
  'interaction.transferred': ({ agentId, fromQueueId, toQueueId, toAgentId }) => [
    ...(toQueueId ? changed('queue', fromQueueId, toQueueId) : []),
    ...(toAgentId ? changed('agent', agentId ?? null, toAgentId) : []),
  ],
  // What was written there stays out of the log: it may speak of the customer.
  'interaction.updated': ({ fields }) => (Array.isArray(fields) ? fields.map((field) => ({ path: [String(field)], hidden: true })) : []),
};

/** Records are named by their ids. */
export const changesByFacts = (type: string, facts: Facts): Change[] => CHANGES[type]?.(facts) ?? [];
