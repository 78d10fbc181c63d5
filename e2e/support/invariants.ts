/**
 * What must be true of a contact center whatever has failed in it: looked for in the rows, in the event log replayed
 * from its beginning, and in the live figures, against the account of what callers were told. Shared by every test that
 * breaks something. Each finding is a sentence; an empty list is a sound contact center.
 */
import type pg from 'pg';
import { CAPACITY, CHANNELS, INTERRUPTIBLE } from './busy-center.js';
import type { Account } from './load.js';
import { Api } from './patchbay.js';

export type Query = <T extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<T[]>;

/** The rows and the log agree with each other and with the account. */
export async function findings(query: Query, account: Account): Promise<string[]> {
  return [
    ...account.wrong,
    ...(await acknowledgedIsKept(query, account)),
    ...(await oneRecordPerKey(query, account)),
    ...(await logEqualsRows(query, CAPACITY)),
    ...(await clocksFiredOnce(query)),
    ...(await automationFindings(query)),
    ...(await mailWentOnce(query, account)),
    ...(await pullsAnsweredOnce(query)),
  ];
}

async function acknowledgedIsKept(query: Query, account: Account): Promise<string[]> {
  const found: string[] = [];
  const subjects = async (type: string): Promise<Map<string, number>> =>
    new Map(
      (
        await query<{ id: string; n: number }>('SELECT subject_id AS id, count(*)::int AS n FROM events WHERE type = $1 GROUP BY 1', [type])
      ).map(({ id, n }) => [id, n]),
    );
  const opened = await subjects('interaction.opened');
  for (const [key, id] of account.opened) {
    if (opened.get(id) !== 1) found.push(`The opening of ${id} (${key}) was acknowledged and is in the log ${opened.get(id) ?? 0} times.`);
  }
  const rows = await query<{ id: string; state: string }>('SELECT id, state::text AS state FROM interactions');
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  for (const [key, id] of account.opened) if (!states.has(id)) found.push(`The interaction ${id} (${key}) was acknowledged and is lost.`);
  for (const id of opened.keys()) if (!states.has(id)) found.push(`The log opens ${id}, but there is no such row.`);
  for (const id of account.closed)
    if (states.get(id) !== 'CLOSED') found.push(`The end of ${id} was acknowledged; it is ${states.get(id)}.`);
  for (const id of account.abandoned) if (states.get(id) !== 'ABANDONED') found.push(`${id} was abandoned; it is ${states.get(id)}.`);
  const accepted = new Map(
    (
      await query<{ id: string; n: number }>(
        `SELECT facts->>'offerId' AS id, count(*)::int AS n FROM events WHERE type = 'interaction.accepted' GROUP BY 1`,
      )
    ).map(({ id, n }) => [id, n]),
  );
  for (const id of account.accepted) {
    if (accepted.get(id) !== 1)
      found.push(`The acceptance of the offer ${id} was acknowledged and is in the log ${accepted.get(id) ?? 0} times.`);
  }
  return found;
}

async function oneRecordPerKey(query: Query, account: Account): Promise<string[]> {
  const found: string[] = [];
  const kept = await query<{ key: string; record_id: string; there: boolean }>(`
    SELECT key, record_id, EXISTS (SELECT FROM interactions WHERE id = record_id) OR EXISTS (SELECT FROM messages WHERE id = record_id) AS there
    FROM idempotency_keys WHERE operation IN ('openInteraction', 'sendMessage', 'addCustomerMessage')`);
  const records = new Map(kept.map(({ key, record_id }) => [key, record_id]));
  for (const { key, there } of kept) {
    if (!account.keys.has(key)) found.push(`Nobody sent the key ${key}.`);
    if (!there) found.push(`The key ${key} names a record that there is not.`);
  }
  for (const [key, id] of [...account.opened, ...account.sent]) {
    if (records.get(key) !== id) found.push(`The key ${key} was answered with ${id}, but stands for ${records.get(key)}.`);
  }
  const doubles = await query<{ external_id: string; n: number }>(
    'SELECT external_id, count(*)::int AS n FROM interactions WHERE external_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
  );
  for (const { external_id, n } of doubles) found.push(`The key ${external_id} made ${n} interactions.`);
  const keyless = await query<{ id: string }>(
    'SELECT id FROM interactions i WHERE NOT EXISTS (SELECT FROM idempotency_keys k WHERE k.record_id = i.id AND k.key = i.external_id)',
  );
  for (const { id } of keyless) found.push(`The interaction ${id} has no idempotency key.`);
  return found;
}

interface Replayed {
  state: string;
  agentId: string | null;
  queueId: string | null;
  channel: keyof typeof CHANNELS;
  offerId: string | null;
}

const HELD = ['ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER'];
/** Where an event may come from and where it leads; null stays. Written down here anew, so as not to trust the engine's own table. */
const STEPS: Record<string, { from: string[]; to: string | null }> = {
  'interaction.queued': { from: ['CREATED', 'QUEUED', 'OFFERED', ...HELD, 'REOPENED'], to: 'QUEUED' },
  'interaction.offered': { from: ['QUEUED'], to: 'OFFERED' },
  'interaction.accepted': { from: ['OFFERED'], to: 'ACTIVE' },
  // With an offer it comes back from that offer, without one from who held it: told apart below.
  'interaction.returned': { from: ['OFFERED', ...HELD], to: 'QUEUED' },
  'interaction.held': { from: ['ACTIVE'], to: 'ON_HOLD' },
  'interaction.resumed': { from: ['ON_HOLD', 'WAITING_FOR_CUSTOMER'], to: 'ACTIVE' },
  'interaction.awaits_customer': { from: ['ACTIVE', 'ON_HOLD'], to: 'WAITING_FOR_CUSTOMER' },
  'interaction.customer_replied': { from: ['WAITING_FOR_CUSTOMER'], to: 'ACTIVE' },
  'interaction.ended': { from: HELD, to: 'WRAP_UP' },
  'interaction.closed': { from: ['CREATED', 'QUEUED', 'OFFERED', ...HELD, 'WRAP_UP'], to: 'CLOSED' },
  'interaction.merged': { from: ['CREATED', 'QUEUED', 'OFFERED', ...HELD, 'WRAP_UP'], to: 'CLOSED' },
  'interaction.split': { from: ['CLOSED'], to: 'REOPENED' },
  'interaction.abandoned': { from: ['CREATED', 'QUEUED', 'OFFERED'], to: 'ABANDONED' },
  'interaction.reopened': { from: ['CLOSED', 'ABANDONED'], to: 'REOPENED' },
  'interaction.transferred': { from: ['QUEUED', 'OFFERED', ...HELD], to: null },
  'interaction.escalated': { from: ['QUEUED', 'OFFERED', ...HELD], to: null },
  'interaction.overflowed': { from: ['QUEUED'], to: null },
  'interaction.new_round': { from: ['QUEUED'], to: null },
};

/**
 * Replays the whole log: every step is legal, nobody is given what another holds, nobody is given more than they can
 * bear, nobody answers what they do not hold, and where the log ends is where the rows are.
 *
 * @param capacity of each agent, in the units of CHANNELS
 */
export async function logEqualsRows(query: Query, capacity: number): Promise<string[]> {
  const found: string[] = [];
  const events = await query<{ seq: string; type: string; subject_id: string; agent: string | null; facts: Record<string, string> }>(
    `SELECT seq, type, subject_id, CASE WHEN actor_kind = 'AGENT' THEN actor_id::text END AS agent, facts
     FROM events WHERE type LIKE 'interaction.%' ORDER BY seq`,
  );
  const all = new Map<string, Replayed>();
  const loads = new Map<string, Map<string, keyof typeof CHANNELS>>();
  for (const { seq, type, subject_id: id, agent, facts } of events) {
    if (type === 'interaction.opened') {
      if (all.has(id)) found.push(`${id} is opened twice, the second time by event ${seq}.`);
      all.set(id, { state: 'CREATED', agentId: null, queueId: null, channel: facts.channel as keyof typeof CHANNELS, offerId: null });
      continue;
    }
    const step = STEPS[type];
    const item = all.get(id);
    if (!item) {
      found.push(`Event ${seq} (${type}) is about ${id}, which was not opened before.`);
      continue;
    }
    if (type === 'interaction.message_sent' && agent && (item.agentId !== agent || ![...HELD, 'WRAP_UP'].includes(item.state)))
      found.push(`Event ${seq} has ${agent} answer ${id}, which is ${item.state} at ${item.agentId}.`);
    if (!step) continue;
    if (!step.from.includes(item.state)) found.push(`Event ${seq} (${type}) finds ${id} ${item.state}.`);
    if (type === 'interaction.accepted' && facts.offerId !== item.offerId)
      found.push(`Event ${seq} accepts an offer of ${id} that does not ring.`);
    if (type === 'interaction.accepted' && facts.agentId !== item.agentId)
      found.push(`Event ${seq} gives ${id} to whom it was not offered.`);
    if (
      type === 'interaction.returned' &&
      (facts.offerId ? facts.offerId !== item.offerId || item.state !== 'OFFERED' : item.state === 'OFFERED')
    )
      found.push(`Event ${seq} returns ${id} by ${facts.offerId ?? 'no offer'}; it is ${item.state}, and ${item.offerId} rings.`);
    if (!step.to) continue;
    item.state = step.to;
    const before = item.agentId;
    if (type === 'interaction.offered') {
      item.agentId = facts.agentId ?? null;
      item.offerId = facts.offerId ?? null;
    } else if (['QUEUED', 'CLOSED', 'ABANDONED'].includes(step.to)) {
      item.agentId = null;
      item.offerId = null;
    } else if (type === 'interaction.accepted') item.offerId = null;
    if (type === 'interaction.queued') item.queueId = facts.queueId ?? null;
    if (before) loads.get(before)?.delete(id);
    if (!item.agentId) continue;
    const load = loads.get(item.agentId) ?? new Map<string, keyof typeof CHANNELS>();
    loads.set(item.agentId, load.set(id, item.channel));
    if (type !== 'interaction.offered') continue;
    // A call may interrupt mail: what is not interruptible counts for itself, what is counts on top of it.
    const counted = [...load.values()].filter((channel) => INTERRUPTIBLE.includes(item.channel) || !INTERRUPTIBLE.includes(channel));
    const units = counted.reduce((sum, channel) => sum + CHANNELS[channel], 0);
    if (units > capacity)
      found.push(
        `Event ${seq} offers ${id} (${item.channel}) to ${item.agentId}, who then bears ${units} (${[...load.values()].join(', ')}).`,
      );
  }
  const rows = await query<{ id: string; state: string; agent_id: string | null; queue_id: string | null; ringing: string[] }>(`
    SELECT i.id, i.state::text AS state, i.agent_id, i.queue_id, array(SELECT o.id::text FROM offers o WHERE o.interaction_id = i.id AND o.state = 'PENDING') AS ringing
    FROM interactions i`);
  for (const row of rows) {
    const item = all.get(row.id);
    if (!item) {
      found.push(`The interaction ${row.id} is in no event.`);
      continue;
    }
    const holder = row.state === 'CLOSED' || row.state === 'OFFERED' ? item.agentId : row.agent_id;
    if (row.state !== item.state || holder !== item.agentId || row.queue_id !== item.queueId)
      found.push(
        `${row.id} is ${row.state} at ${row.agent_id} in ${row.queue_id}; by the log ${item.state} at ${item.agentId} in ${item.queueId}.`,
      );
    if (row.ringing.join() !== (item.offerId && item.state === 'OFFERED' ? item.offerId : ''))
      found.push(`${row.id} rings as ${row.ringing.join()}, by the log as ${item.offerId}.`);
  }
  return found;
}

/** A warning and a breach are told once for each clock, and exactly where the clock says so; each rung once, in order. @param interactionId null: all */
export async function clocksFiredOnce(query: Query, interactionId: string | null = null): Promise<string[]> {
  const rows = await query<{
    id: string;
    kind: string;
    warned: number;
    breached: number;
    rungs: number[];
    warned_at: Date | null;
    breached_at: Date | null;
    rung: number;
  }>(
    `
    SELECT c.id, c.kind::text AS kind, c.warned_at, c.breached_at, c.rung,
      count(*) FILTER (WHERE e.type = 'sla.warned')::int AS warned, count(*) FILTER (WHERE e.type = 'sla.breached')::int AS breached,
      coalesce(array_agg((e.facts->>'rung')::int ORDER BY e.seq) FILTER (WHERE e.type = 'sla.escalated'), '{}') AS rungs
    FROM sla_clocks c
      LEFT JOIN events e ON e.subject_id = c.interaction_id AND e.type IN ('sla.warned', 'sla.breached', 'sla.escalated') AND e.facts->>'clockId' = c.id::text
    WHERE $1::uuid IS NULL OR c.interaction_id = $1
    GROUP BY c.id`,
    [interactionId],
  );
  return rows.flatMap((row) => [
    ...(row.warned !== (row.warned_at ? 1 : 0) || row.breached !== (row.breached_at ? 1 : 0)
      ? [
          `The clock ${row.id} of ${row.kind} warned ${row.warned} and breached ${row.breached} times; its row says ${row.warned_at} and ${row.breached_at}.`,
        ]
      : []),
    ...(row.rungs.join() !== Array.from({ length: row.rung }, (_, index) => index + 1).join()
      ? [`The clock ${row.id} of ${row.kind} stands on rung ${row.rung}; the log has it reach ${row.rungs.join(', ') || 'none'}.`]
      : []),
  ]);
}

/** Which event each effect of a rule or rung leaves in the log, once. */
const LEAVES: Record<string, string> = {
  'create-task': 'interaction.opened',
  'create-interaction': 'interaction.opened',
  'set-priority': 'interaction.priority_set',
  'call-webhook': 'webhook.queued',
};

/** What rules and ladders did is what their runs say, neither more nor less, and no run is there twice. */
export async function automationFindings(query: Query): Promise<string[]> {
  const twice = await query<{ owner_id: string; event_seq: string; subject_id: string; n: number }>(`
    SELECT owner_id, event_seq, subject_id, count(*)::int AS n FROM automation_runs GROUP BY 1, 2, 3 HAVING count(*) > 1`);
  const told = await query<{ key: string; types: Record<string, number> }>(`
    SELECT concat_ws(' ', actor_id, cause_seq) AS key, jsonb_object_agg(type, n) AS types
    FROM (SELECT actor_id, cause_seq, type, count(*)::int AS n FROM events WHERE actor_kind = 'RULE' GROUP BY 1, 2, 3) e GROUP BY 1`);
  const runs = await query<{ key: string; outcomes: string[]; effects: { action: string; interactionId?: string }[] }>(`
    SELECT concat_ws(' ', r.owner_id, r.event_seq) AS key, array_agg(DISTINCT r.outcome::text) AS outcomes,
      coalesce(jsonb_agg(e.effect) FILTER (WHERE e.effect IS NOT NULL), '[]') AS effects
    FROM automation_runs r LEFT JOIN LATERAL jsonb_array_elements(r.effects) AS e (effect) ON true GROUP BY 1`);
  const eventsOf = new Map(told.map(({ key, types }) => [key, types]));
  const known = new Set(runs.map(({ key }) => key));
  const found = [
    ...twice.map((row) => `The rule ${row.owner_id} ran ${row.n} times on event ${row.event_seq} and ${row.subject_id}.`),
    ...told.filter(({ key }) => !known.has(key)).map(({ key }) => `The log has a rule act, of which no run tells (${key}).`),
  ];
  for (const { key, outcomes, effects } of runs) {
    const events = eventsOf.get(key) ?? {};
    for (const type of new Set(Object.values(LEAVES))) {
      const due = effects.filter(({ action }) => LEAVES[action] === type).length;
      if ((events[type] ?? 0) !== due)
        found.push(`A run (${key}, ${outcomes.join()}) tells of ${due} ${type}, the log of ${events[type] ?? 0}.`);
    }
    if (effects.length > 0 && !outcomes.includes('DONE')) found.push(`A run (${key}) that is ${outcomes.join()} has effects.`);
  }
  const made = runs.flatMap(({ effects }) => effects.flatMap(({ interactionId }) => interactionId ?? []));
  const rows = await query<{ id: string }>('SELECT id FROM interactions WHERE id = ANY($1::uuid[])', [made]);
  if (rows.length !== made.length) found.push(`Runs tell of ${made.length} interactions that they made; there are ${rows.length}.`);
  return found;
}

/** What was written is sent, told once, and the durable reader's cursor is behind it. */
async function mailWentOnce(query: Query, account: Account): Promise<string[]> {
  const rows = await query<{ id: string; delivery: string; sent: number; delivered: number }>(`
    SELECT m.id, m.delivery::text AS delivery, count(*) FILTER (WHERE e.type = 'interaction.message_sent')::int AS sent,
      count(*) FILTER (WHERE e.type = 'interaction.message_delivered')::int AS delivered
    FROM messages m JOIN interactions i ON i.id = m.interaction_id
    LEFT JOIN events e ON e.subject_id = i.id AND e.type LIKE 'interaction.message_%' AND e.facts->>'messageId' = m.id::text
    WHERE m.direction = 'OUTBOUND' AND i.channel = 'EMAIL' GROUP BY m.id`);
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...[...account.sent].filter(([, id]) => !known.has(id)).map(([key, id]) => `The message ${id} (${key}) was acknowledged and is lost.`),
    ...rows
      .filter(({ delivery, sent, delivered }) => sent !== 1 || delivered !== (delivery === 'SENT' ? 1 : 0))
      .map((row) => `The message ${row.id} is ${row.delivery}; the log has it sent ${row.sent} and delivered ${row.delivered} times.`),
  ];
}

/** An agent who asked for work was answered at most once, whoever routed meanwhile. */
async function pullsAnsweredOnce(query: Query): Promise<string[]> {
  const rows = await query<{ seq: string; answers: number }>(`
    SELECT a.seq, count(*)::int AS answers FROM events a JOIN events e ON e.cause_seq = a.seq AND e.type IN ('interaction.offered', 'agent.found_no_work')
    WHERE a.type = 'agent.asked_for_work' GROUP BY a.seq HAVING count(*) > 1`);
  return rows.map(({ seq, answers }) => `The request for work of event ${seq} was answered ${answers} times.`);
}

/** What is not at its end yet: the first open interactions with their stories, ringing offers, mail that waits, readers that are behind. */
export async function unfinished(query: Query): Promise<Record<string, unknown>> {
  const [row] = await query<Record<string, unknown>>(`
    SELECT coalesce((SELECT array_agg(i.state || ' ' || i.id || ' after ' || (
        SELECT string_agg(e.seq || ' ' || e.type || ' by ' || e.actor_kind, ', ' ORDER BY e.seq) FROM events e WHERE e.subject_id = i.id))
        FROM (SELECT * FROM interactions WHERE state NOT IN ('CLOSED', 'ABANDONED') ORDER BY id LIMIT 5) i), '{}') AS open,
      (SELECT count(*)::int FROM offers WHERE state = 'PENDING') AS ringing,
      (SELECT count(*)::int FROM sla_clocks WHERE state = 'RUNNING') AS clocks,
      (SELECT count(*)::int FROM messages WHERE delivery = 'PENDING') AS mail,
      (SELECT count(*)::int FROM events e, event_cursors c WHERE c.reader = 'mail-out' AND e.type = 'interaction.message_sent' AND e.seq > c.position) AS unread`);
  return row ?? {};
}

export const NOTHING_LEFT = { open: [], ringing: 0, clocks: 0, mail: 0, unread: 0 };

/**
 * Reads again until what was read passes `check`; the last refusal of the check is thrown.
 *
 * @param withinMs generous: a slow machine is not a broken one
 */
export async function settled<T>(read: () => Promise<T>, check: (value: T) => void, withinMs = 90_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      const value = await read();
      check(value);
      return value;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Clocks that are due and did not fire: none, a moment after the sweep runs again. */
export async function overdueClocks(query: Query): Promise<number> {
  const [row] = await query<{ n: number }>(`SELECT count(*)::int AS n FROM sla_clocks WHERE fire_at < now() - interval '2 seconds'`);
  return row?.n ?? 0;
}

interface Figures {
  queues: {
    queueId: string;
    waiting: number;
    offered: number;
    inProgress: number;
    arrivedLastHour: number;
    answeredLastHour: number;
    abandonedLastHour: number;
  }[];
  totals: {
    waiting: number;
    inProgress: number;
    slaAtRisk: number;
    slaBreached: number;
    arrivedLastHour: number;
    handledLastHour: number;
    abandonedLastHour: number;
  };
}

/** The board of a running engine and the same figures counted by SQL: equal as soon as nothing moves. */
export async function boardAndRecount(url: string, token: string, query: Query): Promise<{ board: unknown; recount: unknown }> {
  const { board } = await new Api(url, token).do<{ board: Figures }>(`{ board {
    queues { queueId waiting offered inProgress arrivedLastHour answeredLastHour abandonedLastHour }
    totals { waiting inProgress slaAtRisk slaBreached arrivedLastHour handledLastHour abandonedLastHour }
  } }`);
  board.queues.sort((a, b) => (a.queueId < b.queueId ? -1 : 1));
  const queues = await query(`
    SELECT q.id AS "queueId",
      (SELECT count(*)::int FROM interactions WHERE queue_id = q.id AND state = 'QUEUED') AS waiting,
      (SELECT count(*)::int FROM interactions WHERE queue_id = q.id AND state = 'OFFERED') AS offered,
      (SELECT count(*)::int FROM interactions WHERE queue_id = q.id AND state IN ('ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP')) AS "inProgress",
      (SELECT count(*)::int FROM events WHERE type = 'interaction.queued' AND facts->>'queueId' = q.id::text) AS "arrivedLastHour",
      (SELECT count(*)::int FROM events WHERE type = 'interaction.accepted' AND facts->>'first' = 'true' AND facts->>'queueId' = q.id::text) AS "answeredLastHour",
      (SELECT count(*)::int FROM events WHERE type = 'interaction.abandoned' AND facts->>'queueId' = q.id::text) AS "abandonedLastHour"
    FROM queues q ORDER BY q.id`);
  const [totals] = await query(`
    SELECT (SELECT count(*)::int FROM interactions WHERE state = 'QUEUED') AS waiting,
      (SELECT count(*)::int FROM interactions WHERE state IN ('ACTIVE', 'ON_HOLD', 'WAITING_FOR_CUSTOMER', 'WRAP_UP')) AS "inProgress",
      (SELECT count(*)::int FROM (SELECT FROM sla_clocks WHERE state = 'RUNNING' GROUP BY interaction_id
        HAVING bool_or(warned_at IS NOT NULL AND breached_at IS NULL)) x) AS "slaAtRisk",
      (SELECT count(*)::int FROM (SELECT FROM sla_clocks WHERE state IN ('RUNNING', 'PAUSED') GROUP BY interaction_id HAVING bool_or(breached_at IS NOT NULL)) x) AS "slaBreached",
      (SELECT count(*)::int FROM events WHERE type = 'interaction.queued' AND facts->>'because' IN ('OPENED', 'REOPENED')) AS "arrivedLastHour",
      (SELECT count(*)::int FROM events WHERE type = 'interaction.closed' AND facts->>'handleMs' IS NOT NULL) AS "handledLastHour",
      (SELECT count(*)::int FROM events WHERE type = 'interaction.abandoned') AS "abandonedLastHour"`);
  return { board, recount: { queues, totals } };
}

/** What stands now, without the figures of the last hour: of those a clock that was set keeps another account. */
export async function standing(url: string, token: string, query: Query): Promise<{ board: unknown; recount: unknown }> {
  const { board, recount } = await boardAndRecount(url, token, query);
  const only = (figures: unknown): unknown =>
    JSON.parse(JSON.stringify(figures, (name, value: unknown) => (name.endsWith('LastHour') ? undefined : value)));
  return { board: only(board), recount: only(recount) };
}
