/**
 * The statements behind every list of interactions: what it shows, in which order, from where on, and how many there are.
 *
 * Words are found in two ways. Through their index everything that has them is gathered, which is quick for words that few have.
 * What many have is quicker found by trying the rows that come first under the other conditions, until a page is full.
 */
import type { InteractionFilter, InteractionSort } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { AT_RISK } from '../sla/at-risk.js';

/** So far a list is counted: beyond, nobody needs the exact number, and to find it would take longer than the list. */
export const COUNTED = 10_000;

export interface Listed {
  filter: InteractionFilter;
  /** Keys of whole addresses that the text of `filter.customer` may mean. */
  addresses: string[];
  /** Whom it means, where those are few; null where they are many, or it is not asked. */
  customerIds: string[] | null;
  /** A condition on the table that the statement calls `i`: the part of the contact center that the reader may see. */
  within: Prisma.Sql | null;
}

/** Whether words are looked for. */
export const hasWords = ({ filter, customerIds }: Listed): boolean => Boolean(filter.search ?? (customerIds ? null : filter.customer));

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
export function interactionRows(listed: Listed, sort: InteractionSort, after: Position | null, limit: number): Prisma.Sql {
  const { told, direction } = orderOf(sort);
  // Few bytes of each row are sorted; the rest is fetched for those of the page.
  return sql`
    SELECT w.*, ${told} AS sort_key FROM (${inOrder(plain(listed), sort, after, limit)}) top
    JOIN interactions w ON w.id = top.id ORDER BY top.key ${direction}, top.id ${direction}`;
}

/**
 * The same of words, gathered once for the page and for `found` beside, the number of all that have them, in one row without an id
 * where the page is empty.
 */
export function interactionRowsOfWords(listed: Listed, sort: InteractionSort, after: Position | null, limit: number): Prisma.Sql {
  const { key, told, direction } = orderOf(sort);
  return sql`
    WITH hits AS MATERIALIZED (
      SELECT i.id, ${key} AS key FROM interactions i ${joined(sort)} WHERE ${all([...plain(listed), ...worded(listed)])}
    )
    SELECT page.*, n.found FROM (SELECT count(*)::int AS found FROM hits) n LEFT JOIN (
      SELECT i.*, ${told} AS sort_key, top.key FROM (
        SELECT * FROM hits WHERE ${all(further(sql`key`, sql`id`, sort, after))} ORDER BY key ${direction}, id ${direction} LIMIT ${limit}
      ) top JOIN interactions i ON i.id = top.id
    ) page ON true ORDER BY page.key ${direction}, page.id ${direction}`;
}

/**
 * The same of words, from the first rows in the order alone. `tried` beside, in one row without an id where none has the words, says
 * how many rows there were to try.
 */
export function interactionRowsOfFirst(
  tried: number,
  listed: Listed,
  sort: InteractionSort,
  after: Position | null,
  limit: number,
): Prisma.Sql {
  const { told, direction } = orderOf(sort);
  return sql`
    WITH first AS MATERIALIZED (${inOrder(plain(listed), sort, after, tried)})
    SELECT page.*, t.tried FROM (SELECT count(*)::int AS tried FROM first) t LEFT JOIN (
      SELECT i.*, ${told} AS sort_key, top.key FROM (
        SELECT * FROM first WHERE ${all(wordedOfFirst(listed))} ORDER BY key ${direction}, id ${direction} LIMIT ${limit}
      ) top JOIN interactions i ON i.id = top.id
    ) page ON true ORDER BY page.key ${direction}, page.id ${direction}`;
}

/** Gives one row with `count`, at most `COUNTED` + 1. */
export const interactionCount = (listed: Listed): Prisma.Sql => sql`
  SELECT count(*)::int AS count FROM (
    SELECT FROM interactions i WHERE ${all([...plain(listed), ...worded(listed)])} LIMIT ${COUNTED + 1}
  ) counted`;

/** Gives one row with `count` of words among so many rows, in no order, and how many rows there were to try. */
export const interactionCountOfSome = (tried: number, listed: Listed): Prisma.Sql => sql`
  WITH first AS MATERIALIZED (SELECT i.id, i.customer_id FROM interactions i WHERE ${all(plain(listed))} LIMIT ${tried})
  SELECT count(*)::int AS tried, count(*) FILTER (WHERE ${all(wordedOfFirst(listed))})::int AS count FROM first`;

/** Gives customers by the text of `filter.customer`, in no order, some of them twice. */
export const customersNamed = ({ filter, addresses }: Pick<Listed, 'filter' | 'addresses'>, limit: number): Prisma.Sql =>
  sql`SELECT id FROM (${customers(filter.customer ?? '', addresses)}) found LIMIT ${limit}`;

/** How an order is written: what it goes by of rows in hand, how it is told of a row of `top`, and its direction. */
function orderOf({ field, descending }: InteractionSort): { key: Prisma.Sql; last: Prisma.Sql; told: Prisma.Sql; direction: Prisma.Sql } {
  const last = raw(`'${descending ? '-' : ''}infinity'::timestamptz`);
  const direction = raw(descending ? 'DESC' : 'ASC');
  if (field === 'OPENED') return { key: sql`NULL::text`, last, told: sql`NULL`, direction };
  if (field === 'PRIORITY') return { key: KEYS.PRIORITY, last, told: sql`top.key::text`, direction };
  return {
    key: field === 'DUE' ? sql`coalesce(${KEYS.DUE}, ${last})` : KEYS[field],
    last,
    told: sql`CASE WHEN isfinite(top.key) THEN (extract(epoch FROM top.key) * 1000)::bigint::text ELSE '' END`,
    direction,
  };
}

/** Ids and keys of the first rows after the position. */
function inOrder(conditions: Prisma.Sql[], sort: InteractionSort, after: Position | null, limit: number): Prisma.Sql {
  const { key, direction } = orderOf(sort);
  const order = sort.field === 'OPENED' ? sql`i.id ${direction}` : sql`key ${direction}, i.id ${direction}`;
  return sql`
    SELECT i.id, i.customer_id, ${key} AS key FROM interactions i ${joined(sort)}
    WHERE ${all([...conditions, ...further(key, sql`i.id`, sort, after)])} ORDER BY ${order} LIMIT ${limit}`;
}

const joined = ({ field }: InteractionSort): Prisma.Sql => (field === 'DUE' ? DUE : Prisma.empty);

/** That a row of this key and id comes after the position. */
function further(key: Prisma.Sql, id: Prisma.Sql, sort: InteractionSort, after: Position | null): Prisma.Sql[] {
  if (!after) return [];
  const beyond = raw(sort.descending ? '<' : '>');
  if (sort.field === 'OPENED') return [sql`${id} ${beyond} ${after.id}::uuid`];
  const at = after.key ? sql`timestamptz 'epoch' + ${after.key}::bigint * interval '1 ms'` : orderOf(sort).last;
  return [sql`(${key}, ${id}) ${beyond} (${sort.field === 'PRIORITY' ? sql`${after.key}::bigint` : at}, ${after.id}::uuid)`];
}

const all = (conditions: Prisma.Sql[]): Prisma.Sql => (conditions.length > 0 ? join(conditions, ' AND ') : sql`true`);

/** The conditions of a list, of its filter and of its reader's rights, but for those on words. */
function plain({ filter, within, customerIds }: Listed): Prisma.Sql[] {
  const { states, channels, queueIds, agentIds, teamIds, dispositionIds, customerId } = filter;
  const { openedFrom, openedTo, closedFrom, closedTo, minPriority, maxPriority } = filter;
  return given([
    within,
    states && sql`i.state = ANY(${states}::"InteractionState"[])`,
    channels && sql`i.channel = ANY(${channels}::"Channel"[])`,
    queueIds && sql`i.queue_id = ANY(${queueIds}::uuid[])`,
    agentIds && sql`i.agent_id = ANY(${agentIds}::uuid[])`,
    teamIds && sql`i.agent_id IN (SELECT a.id FROM agents a WHERE a.team_id = ANY(${teamIds}::uuid[]))`,
    dispositionIds && sql`i.disposition_id = ANY(${dispositionIds}::uuid[])`,
    customerId && sql`i.customer_id = ${customerId}::uuid`,
    customerIds && sql`i.customer_id = ANY(${customerIds}::uuid[])`,
    openedFrom && sql`i.created_at >= ${openedFrom}`,
    openedTo && sql`i.created_at < ${openedTo}`,
    closedFrom && sql`i.closed_at >= ${closedFrom}`,
    closedTo && sql`i.closed_at < ${closedTo}`,
    typeof minPriority === 'number' && sql`i.priority >= ${minPriority}`,
    typeof maxPriority === 'number' && sql`i.priority <= ${maxPriority}`,
    promises(filter),
  ]);
}

/** Those on words. One of them leads to the rows, and the other is looked up for each. */
function worded({ filter: { search, customer }, addresses, customerIds }: Listed): Prisma.Sql[] {
  const named = customer && !customerIds && sql`i.customer_id IN (${gathered(customers(customer, addresses))})`;
  return given([named && (search ? lookedUp(named) : named), search && sql`i.id IN (${gathered(said(search))})`]);
}

/** The same on rows of `first`, of whose messages alone the words are looked at: the words of all other texts are few, and gathered as quickly. */
function wordedOfFirst({ filter: { search, customer }, addresses, customerIds }: Listed): Prisma.Sql[] {
  return given([
    customer && !customerIds && lookedUp(sql`customer_id IN (${gathered(customers(customer, addresses))})`),
    search && lookedUp(sql`id IN (${gathered(said(search, sql`m.interaction_id = ANY(ARRAY(SELECT id FROM first)) AND`))})`),
  ]);
}

/** Before the planner can guess how many there are: nothing tells it how frequent words are. */
const gathered = (found: Prisma.Sql): Prisma.Sql => sql`WITH found AS MATERIALIZED (${found}) SELECT id FROM found`;
/** In a table in memory, and never as a join. */
const lookedUp = (condition: Prisma.Sql): Prisma.Sql => sql`(${condition}) IS TRUE`;

const given = (conditions: (Prisma.Sql | string | false | null | undefined)[]): Prisma.Sql[] =>
  conditions.filter((condition): condition is Prisma.Sql => Boolean(condition));

/** The expressions are those of the indexes, letter by letter. */
function customers(text: string, addresses: string[]): Prisma.Sql {
  return sql`
    SELECT c.id FROM customers c WHERE to_tsvector('simple', search_words(c.name || ' ' || coalesce(c.company, ''))) @@ search_query(${text})
    UNION ALL SELECT n.customer_id FROM customer_identities n
    WHERE to_tsvector('simple', search_words(n.value)) @@ search_query(${text}) OR n.key = ANY(${addresses}::text[])`;
}

/** @param among a condition on messages, with AND behind it */
function said(text: string, among = Prisma.empty): Prisma.Sql {
  const number = /^#?(\d{1,9})$/.exec(text)?.[1];
  return sql`
    SELECT s.id FROM interactions s WHERE (s.subject IS NOT NULL OR s.description IS NOT NULL)
      AND to_tsvector('simple', search_words(coalesce(s.subject, '') || ' ' || coalesce(s.description, ''))) @@ search_query(${text})
    UNION ALL SELECT m.interaction_id FROM messages m WHERE ${among} m.words @@ search_query(${text})
    ${number ? sql`UNION ALL SELECT s.id FROM interactions s WHERE s.number = ${Number(number)}` : Prisma.empty}`;
}

/** Each interaction that is promised anything, of one kind or any, is exactly one of the three. */
function promises({ sla, slaKind }: InteractionFilter): Prisma.Sql | null {
  if (!sla && !slaKind) return null;
  const kind = slaKind ? sql` AND k.kind = ${slaKind}::"SlaMilestoneKind"` : Prisma.empty;
  const has = (condition: string): Prisma.Sql =>
    sql`EXISTS (SELECT FROM sla_clocks k WHERE k.interaction_id = i.id AND ${raw(condition)}${kind})`;
  if (!sla) return has(`(${PROMISED} OR ${BROKEN})`);
  const broken = has(BROKEN);
  const atRisk = has(AT_RISK);
  const standings = {
    BREACHED: broken,
    AT_RISK: sql`(${atRisk} AND NOT ${broken})`,
    ON_TIME: sql`(${has(PROMISED)} AND NOT ${has(`(${BROKEN} OR ${AT_RISK})`)})`,
  };
  const wanted = sla.map((standing) => standings[standing]);
  return wanted.length > 0 ? sql`(${join(wanted, ' OR ')})` : sql`false`;
}

const BROKEN = 'k.breached_at IS NOT NULL';
const PROMISED = `k.state <> 'CANCELLED'`;
