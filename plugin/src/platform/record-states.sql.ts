/**
 * What each record that people set up looks like, for the log: one row of its name and its state, which nobody else changes
 * until the command ends. Never a secret; what is below `hidden` is told as changed, without its value.
 */
import { Prisma } from './generated/prisma/client.js';

const { sql, raw } = Prisma;
export type StateOf = (id: string) => Prisma.Sql;

/** A table of which every column may be told. */
const whole = (table: string, name: Prisma.Sql = sql`r.name`) =>
  ((id) =>
    sql`SELECT ${name} AS name, to_jsonb(r) - 'id' AS state FROM ${raw(table)} r WHERE r.id = ${id}::uuid FOR NO KEY UPDATE`) satisfies StateOf;

/** What its version in force says. */
const versioned = (table: string, versions: string, reference: string, more = sql`jsonb_build_object('name', r.name)`) =>
  ((id) => sql`
    SELECT r.name, ${more} || v.definition AS state FROM ${raw(table)} r
    JOIN ${raw(versions)} v ON v.${raw(reference)} = r.id AND v.version = r.version
    WHERE r.id = ${id}::uuid FOR NO KEY UPDATE OF r`) satisfies StateOf;

export const teamState = whole('teams');
export const skillState = whole('skills');
export const presenceStatusState = whole('presence_statuses');
export const dispositionState = whole('dispositions');
export const entryPointState = whole('entry_points', sql`r.address`);

export const calendarState = versioned('business_calendars', 'business_calendar_versions', 'calendar_id');
export const policyState = versioned('sla_policies', 'sla_policy_versions', 'policy_id');
export const ruleState = versioned(
  'automation_rules',
  'automation_rule_versions',
  'rule_id',
  sql`jsonb_build_object('name', r.name, 'active', r.active, 'rank', r.rank)`,
);

export const queueState: StateOf = (id) => sql`
  SELECT q.name, to_jsonb(q) - 'id' || jsonb_build_object('skills', (
    SELECT jsonb_agg(jsonb_build_object('skill_id', s.skill_id, 'min_level', s.min_level, 'mandatory', s.mandatory) ORDER BY s.skill_id)
    FROM queue_skills s WHERE s.queue_id = q.id)) AS state
  FROM queues q WHERE q.id = ${id}::uuid FOR NO KEY UPDATE`;

export const memberState = (queueId: string, agentId: string): Prisma.Sql => sql`
  SELECT q.name, jsonb_build_object('members', jsonb_build_object(m.agent_id, m.level)) AS state
  FROM queue_members m JOIN queues q ON q.id = m.queue_id
  WHERE m.queue_id = ${queueId}::uuid AND m.agent_id = ${agentId}::uuid FOR NO KEY UPDATE OF m`;

export const channelState: StateOf = (channel) => sql`
  SELECT r.channel::text AS name, to_jsonb(r) - 'channel' AS state FROM channel_settings r WHERE r.channel = ${channel}::"Channel" FOR NO KEY UPDATE`;

export const agentState: StateOf = (id) => sql`
  SELECT a.name, jsonb_build_object(
    'name', a.name, 'hidden', jsonb_build_object('email', a.email), 'team_id', a.team_id, 'capacity', a.capacity, 'extension', a.extension,
    'default_channels', a.default_channels, 'active', a.active,
    'skills', (SELECT jsonb_object_agg(s.skill_id, s.level) FROM agent_skills s WHERE s.agent_id = a.id)) AS state
  FROM agents a WHERE a.id = ${id}::uuid FOR NO KEY UPDATE`;

export const userState: StateOf = (id) => sql`
  SELECT u.name, jsonb_build_object('name', u.name, 'hidden', jsonb_build_object('email', u.email), 'role', u.role, 'agent_id', u.agent_id, 'bounds', u.bounds, 'active', u.active) AS state
  FROM users u WHERE u.id = ${id}::uuid FOR NO KEY UPDATE`;

export const delegationState: StateOf = (id) => sql`
  SELECT f.name, jsonb_build_object('from', f.name, 'to', t.name, 'until', d.until, 'ended_at', d.ended_at) AS state
  FROM delegations d JOIN users f ON f.id = d.from_user_id JOIN users t ON t.id = d.to_user_id
  WHERE d.id = ${id}::uuid FOR NO KEY UPDATE OF d`;

export const tokenState: StateOf = (id) => sql`
  SELECT t.name, jsonb_build_object(
    'name', t.name, 'role', t.role, 'agent_id', t.agent_id, 'expires_at', t.expires_at, 'revoked_at', t.revoked_at) AS state
  FROM tokens t WHERE t.id = ${id}::uuid FOR NO KEY UPDATE`;

export const intakeSourceState: StateOf = (id) => sql`
  SELECT s.name, jsonb_build_object('name', s.name, 'revoked_at', s.revoked_at, 'hidden', jsonb_build_object('secret', s.secret)) AS state
  FROM intake_sources s WHERE s.id = ${id}::uuid FOR NO KEY UPDATE`;

export const signInSettingsState = sql`
  SELECT '' AS name, to_jsonb(s) - 'id' - 'provider_secret' || jsonb_build_object(
    'hidden', jsonb_build_object('provider_secret', encode(s.provider_secret, 'hex'))) AS state
  FROM sign_in_settings s FOR NO KEY UPDATE`;

/** The customer's name stays out of the log. */
export const contactPreferencesState: StateOf = (customerId) => sql`
  SELECT '' AS name, to_jsonb(p) - 'customer_id' - 'updated_at' AS state
  FROM contact_preferences p WHERE p.customer_id = ${customerId}::uuid FOR NO KEY UPDATE`;
