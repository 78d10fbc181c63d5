/** The statements behind every list of interactions: what it shows, in which order, from where on, and how many there are. */
import type { InteractionFilter, InteractionSort } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { AT_RISK } from '../sla/at-risk.js';

/** So far a list is counted: beyond, nobody needs the exact number, and to find it would take longer than the list. */
export const COUNTED = 10_000;

export interface Listed {
  filter: InteractionFilter;
  /** Whole addresses that the text of `filter.customer` may mean, in the form in which they are kept. */
  addresses: string[];
  /** A condition on the table that the statement calls `i`: the part of the contact center that the reader may see. */
  within: Prisma.Sql | null;
}

/** After which row a page begins. */
export interface Position {
  id: string;
  /** Of that row in the list's order, as `sort_key` gave it; null in the order of opening, where the id says it. */
  key: string | null;
}

const { sql, raw, join } = Prisma;
type Field = Exclude<InteractionSort['field'], 'OPENED'>;

/** What each order but that of opening goes by. */
const KEYS: Record<Field, Prisma.Sql> = {
  PRIORITY: sql`i.priority`,
  LAST_ACTIVITY: sql`greatest(i.created_at, i.queued_at, i.accepted_at, i.ended_at, i.closed_at, i.last_message_at)`,
  DUE: sql`due.at`,
};

const DUE = sql`LEFT JOIN (
  SELECT k.interaction_id, min(k.due_at) AS at FROM sla_clocks k WHERE k.state = 'RUNNING' GROUP BY k.interaction_id
) due ON due.interaction_id = i.id`;

/** Gives rows of the table, with `sort_key` beside: a whole number (times in ms since 1970), or empty for a row that has none and comes last. */
export function interactionRows(listed: Listed, { field, descending }: InteractionSort, after: Position | null, limit: number): Prisma.Sql {
  const direction = raw(descending ? 'DESC' : 'ASC');
  const beyond = raw(descending ? '<' : '>');
  const conditions = conditionsOf(listed);
  if (field === 'OPENED') {
    if (after) conditions.push(sql`i.id ${beyond} ${after.id}::uuid`);
    return sql`SELECT i.*, NULL AS sort_key FROM interactions i WHERE ${all(conditions)} ORDER BY i.id ${direction} LIMIT ${limit}`;
  }
  const isTime = field !== 'PRIORITY';
  const last = raw(`'${descending ? '-' : ''}infinity'::timestamptz`);
  const key = field === 'DUE' ? sql`coalesce(${KEYS.DUE}, ${last})` : KEYS[field];
  if (after) {
    const from = !isTime ? sql`${after.key}::bigint` : after.key ? sql`timestamptz 'epoch' + ${after.key}::bigint * interval '1 ms'` : last;
    conditions.push(sql`(${key}, i.id) ${beyond} (${from}, ${after.id}::uuid)`);
  }
  const told = isTime
    ? sql`CASE WHEN isfinite(top.key) THEN (extract(epoch FROM top.key) * 1000)::bigint::text ELSE '' END`
    : sql`top.key::text`;
  // Few bytes of each row are sorted; the rest is fetched for those of the page.
  return sql`
    SELECT w.*, ${told} AS sort_key FROM (
      SELECT i.id, ${key} AS key FROM interactions i ${field === 'DUE' ? DUE : Prisma.empty} WHERE ${all(conditions)}
      ORDER BY key ${direction}, i.id ${direction} LIMIT ${limit}
    ) top JOIN interactions w ON w.id = top.id ORDER BY top.key ${direction}, top.id ${direction}`;
}

/** Gives one row with `count`, at most `COUNTED` + 1. */
export const interactionCount = (listed: Listed): Prisma.Sql => sql`
  SELECT count(*)::int AS count FROM (SELECT FROM interactions i WHERE ${all(conditionsOf(listed))} LIMIT ${COUNTED + 1}) counted`;

const all = (conditions: Prisma.Sql[]): Prisma.Sql => (conditions.length > 0 ? join(conditions, ' AND ') : sql`true`);

/** Every condition of a list, of its filter and of its reader's rights. */
function conditionsOf({ filter, addresses, within }: Listed): Prisma.Sql[] {
  const { states, channels, queueIds, agentIds, teamIds, dispositionIds, customerId, customer, search } = filter;
  const { openedFrom, openedTo, closedFrom, closedTo, minPriority, maxPriority } = filter;
  return [
    within,
    states && sql`i.state = ANY(${states}::"InteractionState"[])`,
    channels && sql`i.channel = ANY(${channels}::"Channel"[])`,
    queueIds && sql`i.queue_id = ANY(${queueIds}::uuid[])`,
    agentIds && sql`i.agent_id = ANY(${agentIds}::uuid[])`,
    teamIds && sql`i.agent_id IN (SELECT a.id FROM agents a WHERE a.team_id = ANY(${teamIds}::uuid[]))`,
    dispositionIds && sql`i.disposition_id = ANY(${dispositionIds}::uuid[])`,
    customerId && sql`i.customer_id = ${customerId}::uuid`,
    customer && customerIs(customer, addresses),
    search && says(search),
    openedFrom && sql`i.created_at >= ${openedFrom}`,
    openedTo && sql`i.created_at < ${openedTo}`,
    closedFrom && sql`i.closed_at >= ${closedFrom}`,
    closedTo && sql`i.closed_at < ${closedTo}`,
    typeof minPriority === 'number' && sql`i.priority >= ${minPriority}`,
    typeof maxPriority === 'number' && sql`i.priority <= ${maxPriority}`,
    promises(filter),
  ].filter((condition): condition is Prisma.Sql => Boolean(condition));
}

/** The expressions are those of the indexes, letter by letter. */
const customerIs = (text: string, addresses: string[]): Prisma.Sql => sql`i.customer_id IN (WITH found AS MATERIALIZED (
  SELECT c.id FROM customers c WHERE to_tsvector('simple', search_words(c.name || ' ' || coalesce(c.company, ''))) @@ search_query(${text})
  UNION SELECT n.customer_id FROM customer_identities n
  WHERE to_tsvector('simple', search_words(n.value)) @@ search_query(${text}) OR n.value = ANY(${addresses}::text[])
) SELECT id FROM found)`;

const says = (text: string): Prisma.Sql => {
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  return sql`i.id IN (WITH found AS MATERIALIZED (
    SELECT s.id FROM interactions s WHERE (s.subject IS NOT NULL OR s.description IS NOT NULL)
      AND to_tsvector('simple', search_words(coalesce(s.subject, '') || ' ' || coalesce(s.description, ''))) @@ search_query(${text})
    UNION SELECT m.interaction_id FROM messages m
    WHERE to_tsvector('simple', search_words(coalesce(m.subject, '') || ' ' || m.text)) @@ search_query(${text})
    ${number ? sql`UNION SELECT s.id FROM interactions s WHERE s.number = ${Number(number)}` : Prisma.empty}
  ) SELECT id FROM found)`;
};

/** Each interaction that is promised anything, of one kind or any, is exactly one of the three. */
function promises({ sla, slaKind }: InteractionFilter): Prisma.Sql | null {
  if (!sla && !slaKind) return null;
  const kind = slaKind ? sql` AND k.kind = ${slaKind}::"SlaMilestoneKind"` : Prisma.empty;
  const has = (condition: string): Prisma.Sql =>
    sql`EXISTS (SELECT FROM sla_clocks k WHERE k.interaction_id = i.id AND ${raw(condition)}${kind})`;
  const broken = has(BROKEN);
  const atRisk = has(AT_RISK);
  const standings = {
    BREACHED: broken,
    AT_RISK: sql`(${atRisk} AND NOT ${broken})`,
    ON_TIME: sql`(${has(PROMISED)} AND NOT ${has(`(${BROKEN} OR ${AT_RISK})`)})`,
  };
  const wanted = (sla ?? (Object.keys(standings) as (keyof typeof standings)[])).map((standing) => standings[standing]);
  return wanted.length > 0 ? sql`(${join(wanted, ' OR ')})` : sql`false`;
}

const BROKEN = 'k.breached_at IS NOT NULL';
const PROMISED = `k.state <> 'CANCELLED'`;
