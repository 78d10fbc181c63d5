/**
 * The contents of a center that has worked for half a year: interactions with what was said in them, their customers and
 * promises. Words come as they do in mails: few are in nearly every text, most are in hardly any.
 */
import type { Center } from './center.js';

const DAYS = 180;
const CUSTOMERS = 20_000;

/** A word by how often it is said: in nearly every text, in a fifth, in one of a hundred, in one alone. */
export const WORDS = { everywhere: 'hello', common: 'invoice', uncommon: 'insurance', rare: 'ord88123' } as const;

const VOCABULARY = 6_000;
const SENTENCES = 4_000;

/** Uniform in 0 to 1, and the same at each run. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Sentences of made-up words, the first of which are said most. */
function sentences(): string[] {
  const draw = drawing(7);
  const syllables = ['ka', 'vel', 'ri', 'mo', 'tan', 'še', 'lu', 'po', 'dě', 'no', 'sti', 'zá', 'ber', 'ok'];
  const words = Array.from({ length: VOCABULARY }, () =>
    Array.from({ length: 2 + Math.floor(draw() * 3) }, () => syllables[Math.floor(draw() * syllables.length)]).join(''),
  );
  return Array.from({ length: SENTENCES }, () =>
    Array.from({ length: 6 + Math.floor(draw() * 10) }, () => words[Math.floor(VOCABULARY * draw() ** 3)]).join(' '),
  );
}

const CUSTOMERS_IN = `
  WITH made AS (
    INSERT INTO customers (id, name, tier, company, created_at)
    SELECT md5('customer' || n)::uuid, (ARRAY['Jana','Petr','Olga','Ivan','Maria'])[1 + n % 5] || ' ' ||
      (ARRAY['Novak','Svoboda','Dvorak','Cerny','Kral','Vesely','Horak'])[1 + n % 7] || ' ' || n, 'STANDARD', CASE WHEN n % 4 = 0 THEN 'Firma ' || n / 40 END, now()
    FROM generate_series(1, ${CUSTOMERS}) n RETURNING id
  )
  INSERT INTO customer_identities (kind, value, customer_id)
  SELECT kind::"IdentityKind", CASE kind WHEN 'EMAIL' THEN 'person' || n || '@example.org' ELSE '+42060' || (1000000 + n) END, md5('customer' || n)::uuid
  FROM generate_series(1, ${CUSTOMERS}) n, unnest(ARRAY['EMAIL', 'PHONE']) kind`;

/** Nineteen of twenty are over; what is open came last. Times are in ms of the day, so that none are equal by design. */
const INTERACTIONS_IN = `
  INSERT INTO interactions (id, channel, direction, state, subject, description, priority, skills, queue_id, agent_id, customer_id, customer_address,
    created_at, queued_at, arrived_at, accepted_at, ended_at, closed_at, disposition_id, last_message_at)
  SELECT uuidv7(make_interval(secs => -age)), channel, 'INBOUND', state::"InteractionState",
    CASE WHEN n % 3 > 0 THEN split_part(said[1 + n % cardinality(said)], ' ', 1) || ' ' || said[1 + n * 7 % cardinality(said)] END,
    CASE WHEN n % 10 = 0 THEN said[1 + n * 11 % cardinality(said)] END,
    (ARRAY[50, 50, 50, 10, 70, 90])[1 + n % 6], '[]',
    CASE WHEN state <> 'CREATED' THEN queues[1 + (n * n % 97) % cardinality(queues)] END,
    CASE WHEN state IN ('ACTIVE', 'WAITING_FOR_CUSTOMER', 'CLOSED') THEN agents[1 + (n * 31 % 1009) % cardinality(agents)] END,
    md5('customer' || 1 + n * 7919 % ${CUSTOMERS})::uuid, 'person' || 1 + n * 7919 % ${CUSTOMERS} || '@example.org',
    at, at, at, CASE WHEN state IN ('ACTIVE', 'WAITING_FOR_CUSTOMER', 'CLOSED') THEN at + interval '3 min' END,
    CASE WHEN state = 'CLOSED' THEN at + interval '1 h' END, CASE WHEN state IN ('CLOSED', 'ABANDONED') THEN at + interval '1 h' END,
    CASE WHEN state = 'CLOSED' THEN dispositions[1 + n % cardinality(dispositions)] END, at + n % 600 * interval '1 min'
  FROM (
    SELECT n, ($1 - n) * $2::int * 86400.0 / $1 AS age, now() - make_interval(secs => ($1 - n) * $2::int * 86400.0 / $1) AS at,
      (ARRAY['EMAIL','EMAIL','VOICE','CHAT','TASK'])[1 + n % 5]::"Channel" AS channel,
      CASE WHEN n > $1 * 0.95 THEN (ARRAY['QUEUED','ACTIVE','WAITING_FOR_CUSTOMER','CLOSED'])[1 + n % 4]
        WHEN n % 25 = 0 THEN 'ABANDONED' ELSE 'CLOSED' END AS state
    FROM generate_series(1, $1::bigint) n
  ) drawn, (SELECT $3::uuid[] AS queues, $4::uuid[] AS agents, $5::uuid[] AS dispositions, $6::text[] AS said) given`;

/** Two messages on average, between none and four, of four to nine sentences. */
const MESSAGES_IN = `
  INSERT INTO messages (id, interaction_id, direction, text, to_addresses, cc_addresses, reference_ids, delivery, created_at)
  SELECT uuidv7(i.created_at + k * interval '1 min' - now()), i.id, CASE WHEN k % 2 = 1 THEN 'INBOUND' ELSE 'OUTBOUND' END::"Direction",
    CASE WHEN i.number % 20 > 0 THEN 'Hello, ' ELSE '' END || CASE WHEN (i.number * 3 + k) % 7 = 0 THEN 'the invoice ' ELSE '' END ||
      CASE WHEN (i.number + k) % 151 = 0 THEN 'our insurance ' ELSE '' END || CASE WHEN k = 1 THEN 'ord' || i.number || ' ' ELSE '' END ||
      array_to_string((SELECT array_agg(said[1 + (i.number::bigint * 7 + k * 131 + s * 1543) % cardinality(said)]) FROM generate_series(1, 4 + i.number % 6) s), '. '),
    '{}', '{}', '{}', 'NONE', i.created_at + k * interval '1 min'
  FROM interactions i, generate_series(1, i.number % 5) k, (SELECT $1::text[] AS said) given`;

/** Two promises for four of five; of those that are over, one in ten was broken. */
const CLOCKS_IN = `
  INSERT INTO sla_clocks (id, interaction_id, queue_id, policy_id, policy_version, kind, state, started_at, target_ms, due_at, fires, warned_at, breached_at, stopped_at)
  SELECT uuidv7(), i.id, i.queue_id, $1, 1, kind::"SlaMilestoneKind",
    CASE WHEN closed_at IS NOT NULL THEN 'STOPPED' WHEN i.number % 5 = 1 THEN 'PAUSED' ELSE 'RUNNING' END::"SlaClockState",
    created_at, 3600000, CASE WHEN closed_at IS NULL AND i.number % 5 <> 1 THEN created_at + i.number % 30 * interval '1 day' END, '{}',
    CASE WHEN i.number % 7 = 0 THEN created_at END, CASE WHEN i.number % 10 = 3 THEN created_at END, closed_at
  FROM interactions i, unnest(ARRAY['FIRST_RESPONSE', 'RESOLUTION']) kind WHERE i.number % 5 > 0 AND i.queue_id IS NOT NULL`;

/** @param count of interactions */
export async function addHistory(
  { pool, queueIds, agentIds }: Center,
  count: number,
): Promise<{ teamIds: string[]; dispositionIds: string[] }> {
  const ids = async (text: string, values: unknown[]): Promise<string[]> =>
    (await pool.query<{ id: string }>(text, values)).rows.map(({ id }) => id);
  const teamIds = await ids(`INSERT INTO teams (id, name) SELECT uuidv7(), 'Team ' || n FROM generate_series(1, 10) n RETURNING id`, []);
  await pool.query(
    'UPDATE agents a SET team_id = ($1::uuid[])[1 + n % 10] FROM unnest($2::uuid[]) WITH ORDINALITY AS o (id, n) WHERE o.id = a.id',
    [teamIds, agentIds],
  );
  const dispositionIds = await ids(
    `INSERT INTO dispositions SELECT uuidv7(), 'Outcome ' || n, '{}', true FROM generate_series(1, 8) n RETURNING id`,
    [],
  );
  const policies = await ids(`INSERT INTO sla_policies (id, name, version) VALUES (uuidv7(), 'Care', 1) RETURNING id`, []);
  const said = sentences();
  await pool.query(CUSTOMERS_IN);
  await pool.query(INTERACTIONS_IN, [count, DAYS, queueIds, agentIds, dispositionIds, said]);
  await pool.query(MESSAGES_IN, [said]);
  await pool.query(CLOCKS_IN, policies);
  for (const table of ['customers', 'customer_identities', 'interactions', 'messages', 'sla_clocks'])
    await pool.query(`VACUUM ANALYZE ${table}`);
  return { teamIds, dispositionIds };
}
