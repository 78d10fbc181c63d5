/** A contact center of any size, written straight into the tables: making it through the API would take longer than measuring. */
import { createHash, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { applyMigrations } from '../../plugin/src/platform/migrations.js';
import type { Channel, Role } from '../../plugin/src/platform/generated/graphql.js';

export interface CenterSize {
  queues: number;
  agents: number;
  /** Every agent is in this many queues. */
  queuesPerAgent: number;
  /** Units. */
  capacity: number;
  /** Of an agent who answers to nobody in particular: connected though no subscription is open. */
  alwaysConnected: boolean;
  available: boolean;
}

export interface Center {
  url: string;
  pool: pg.Pool;
  queueIds: string[];
  agentIds: string[];
  statuses: { available: string; away: string; offline: string };
  dispositionId: string;
  /** A new token's secret. */
  token(role: Role, agentId?: string): Promise<string>;
  /** Puts interactions into the queues, turn by turn, the youngest of which came `agoSeconds` ago. */
  addWaiting(count: number, channel?: Channel, agoSeconds?: number): Promise<void>;
  drop(): Promise<void>;
}

const migrations = fileURLToPath(new URL('../../plugin/prisma/migrations', import.meta.url));

export async function makeCenter(server: string, size: CenterSize): Promise<Center> {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  await applyMigrations(url, migrations);
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on('error', () => undefined);

  const one = async (text: string, values: unknown[]): Promise<string> => {
    const { rows } = await pool.query<{ id: string }>(text, values);
    return rows[0]?.id ?? '';
  };
  const status = (availability: string): Promise<string> =>
    one(`INSERT INTO presence_statuses VALUES (uuidv7(), $1, $2::"Availability", '{}') RETURNING id`, [availability, availability]);
  const statuses = { available: await status('AVAILABLE'), away: await status('AWAY'), offline: await status('OFFLINE') };
  const dispositionId = await one(`INSERT INTO dispositions VALUES (uuidv7(), 'Solved', '{}', true) RETURNING id`, []);
  const engineId = await one(`INSERT INTO engines VALUES (uuidv7(), now(), '2099-01-01') RETURNING id`, []);
  const queues = await pool.query<{ id: string }>(
    `INSERT INTO queues (id, name, department, priority, strategy, relaxation, level_delay_seconds, sticky_seconds, offer_timeout_seconds)
     SELECT uuidv7(), 'Queue ' || n, 'Bench', 50, 'LONGEST_IDLE', '[]', '{}', 0, 600 FROM generate_series(1, $1) n RETURNING id`,
    [size.queues],
  );
  const agents = await pool.query<{ id: string }>(
    `INSERT INTO agents (id, name, email, capacity, default_channels, presence_status_id, presence_since, channels, engine_id, connection_since, idle_since, created_at)
     SELECT uuidv7(), 'Agent ' || n, 'agent' || n || '@example.org', $2, '{}', $3, now(), enum_range(NULL::"Channel"), $4, now(), now(), now()
     FROM generate_series(1, $1) n RETURNING id`,
    [size.agents, size.capacity, size.available ? statuses.available : statuses.offline, size.alwaysConnected ? engineId : null],
  );
  const queueIds = queues.rows.map(({ id }) => id);
  const agentIds = agents.rows.map(({ id }) => id);
  await pool.query(
    `INSERT INTO queue_members (queue_id, agent_id, level)
     SELECT ($1::uuid[])[1 + (a.n * 7 + k) % cardinality($1::uuid[])], a.id, 1 FROM unnest($2::uuid[]) WITH ORDINALITY AS a (id, n), generate_series(1, $3) k
     ON CONFLICT DO NOTHING`,
    [queueIds, agentIds, size.queuesPerAgent],
  );
  return {
    url,
    pool,
    queueIds,
    agentIds,
    statuses,
    dispositionId,
    token: async (role, agentId) => {
      const secret = `pb_${randomBytes(32).toString('base64url')}`;
      await pool.query(
        `INSERT INTO tokens (id, name, role, agent_id, hash, hint, created_at) VALUES (uuidv7(), 'bench', $1, $2, $3, '', now())`,
        [role, agentId ?? null, createHash('sha256').update(secret).digest()],
      );
      return secret;
    },
    addWaiting: async (count, channel = 'TASK', agoSeconds = 0) => {
      await pool.query(
        `INSERT INTO interactions (id, channel, direction, state, priority, skills, queue_id, created_at, queued_at)
         SELECT uuidv7(), $3, 'INBOUND', 'QUEUED', n % 5 * 10, '[]', ($2::uuid[])[1 + n % cardinality($2::uuid[])], now() - $4 * interval '1 s' - n * interval '1 ms', now() - $4 * interval '1 s' - n * interval '1 ms'
         FROM generate_series(1, $1) n`,
        [count, queueIds, channel, agoSeconds],
      );
      await pool.query('ANALYZE');
    },
    drop: async () => {
      await pool.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}
