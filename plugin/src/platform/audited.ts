/** Which events answer "who changed what", by the kind of record; and what a change is. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { AuditKind } from './generated/graphql.js';

/** One value that became another; undefined where there was, or is, none. */
export interface Change {
  /** From the record inwards, such as `wrapUp`, `EMAIL`, `seconds`. */
  path: string[];
  before?: unknown;
  after?: unknown;
  /** It changed, and neither value is kept: it is secret, or a person's own. */
  hidden?: true;
}

const TYPES: Readonly<Record<AuditKind, readonly string[]>> = {
  QUEUE: ['queue.created', 'queue.updated', 'queue.member_set', 'queue.member_removed'],
  AGENT: ['agent.created', 'agent.updated', 'agent.left'],
  TEAM: ['team.created', 'team.updated'],
  SKILL: ['skill.created'],
  PRESENCE_STATUS: ['presence_status.created', 'presence_status.updated'],
  DISPOSITION: ['disposition.created', 'disposition.updated'],
  ENTRY_POINT: ['entry_point.created', 'entry_point.updated', 'entry_point.removed'],
  CHANNEL: ['channel.updated'],
  BUSINESS_CALENDAR: ['business_calendar.created', 'business_calendar.updated', 'business_calendar.deleted'],
  SLA_POLICY: ['sla_policy.created', 'sla_policy.updated', 'sla_policy.deleted', 'sla_policy.migrated'],
  RULE: ['rule.created', 'rule.updated', 'rule.deleted'],
  INTAKE_SOURCE: ['intake_source.created', 'intake_source.rotated', 'intake_source.revoked'],
  CRM: ['crm.connected', 'crm.disconnected'],
  TOKEN: ['token.created', 'token.revoked'],
  USER: ['user.invited', 'user.updated', 'user.activated', 'user.deactivated'],
  DELEGATION: ['delegation.created', 'delegation.ended'],
  SIGN_IN: [
    'user.link_made',
    'user.password_set',
    'user.sign_in_failed',
    'user.signed_in',
    'user.signed_out',
    'user.second_factor_on',
    'user.second_factor_off',
    'user.recovery_code_used',
    'user.joined_provider',
    'user.shut_out',
    'session.ended',
    'session.right_changed',
    'sign_in_settings.updated',
  ],
  CUSTOMER: ['customer.merged', 'customer.unmerged'],
  CONSENT: ['consent.recorded', 'contact_preferences.set', 'do_not_contact.added', 'do_not_contact.ended'],
  INTERACTION: [
    'interaction.absorbed',
    'interaction.customer_linked',
    'interaction.escalated',
    'interaction.merged',
    'interaction.priority_set',
    'interaction.reopened',
    'interaction.sla_policy_set',
    'interaction.split',
    'interaction.split_off',
    'interaction.transferred',
    'interaction.updated',
  ],
};

const KINDS = new Map(Object.entries(TYPES).flatMap(([kind, types]) => types.map((type) => [type, kind as AuditKind] as const)));

export const AUDITED_TYPES: readonly string[] = [...KINDS.keys()];

/** Null for an event that changed nothing that anybody set up or steered, such as an offer. */
export const auditKindOf = (type: string): AuditKind | null => KINDS.get(type) ?? null;

/** Every value that differs, from the record inwards; lists are one value each. */
export function changesBetween(before: unknown, after: unknown, path: string[] = []): Change[] {
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => changesBetween(before[name], after[name], [...path, name]));
  }
  if (isObject(before) && isNone(after)) return changesBetween(before, {}, path);
  if (isNone(before) && isObject(after)) return changesBetween({}, after, path);
  if (isNone(before) && isNone(after)) return [];
  return isDeepStrictEqual(before, after) ? [] : [{ path, before, after }];
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNone = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
