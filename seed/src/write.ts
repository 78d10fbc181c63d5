/** Fills a database: the contact center's configuration, its customers and their history, in bulk. */
import pg from 'pg';
import { contactCenter, type ContactCenter } from './contact-center.js';
import { customers, type CustomerRecord } from './customers.js';
import { history, openCases } from './history.js';
import type { HistoryBatch } from './history-records.js';
import { eventsOf, interactionRow, messageRow, time } from './history-rows.js';
import { openClocks } from './open-clocks.js';
import { randomStream } from './random.js';
import { insertStatement, type Row, type TableName } from './rows.js';
import { translationsOf } from './translations.js';

export interface SeedOptions {
  databaseUrl: string;
  /** Any integer, of which 32 bits count. */
  seed: number;
  /** How many, 1 to {@link MOBILE_NUMBERS}. */
  customers: number;
  /** Closed contacts of the last 90 days, 0 or more. */
  interactions: number;
  /** Adds contacts to a database that this seed number filled before, and nothing else. */
  append: boolean;
  /** "Now": what the history ends at. */
  reference: Date;
  /** Called after each batch. */
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  what: 'configuration' | 'customers' | 'interactions';
  done: number;
  total: number;
}

export interface SeedResult {
  agents: number;
  queues: number;
  customers: number;
  interactions: number;
  messages: number;
}

/** The database is not one that may be filled; the message says why and what to do. */
export class SeedRefused extends Error {}

/** The database has a contact center already: for whoever starts a second time that is no failure. */
export class SeededBefore extends SeedRefused {}

/** Open cases besides the history, so that some customers have a complaint that nobody may forget. */
const OPEN_CASES = 24;
const BATCH = 2_500;

/**
 * Writes all of it in one transaction, so that a run that is cut short leaves nothing behind. With `append` each batch
 * is a transaction of its own: an engine that runs on the database is not held up.
 *
 * @throws SeededBefore when the database has data already
 * @throws SeedRefused when it has no tables, or, with `append`, was not filled by this seed number
 */
export async function seedDatabase(options: SeedOptions): Promise<SeedResult> {
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await checkTarget(client, options.append);
    const center = contactCenter(options.seed);
    const people = customers(options.seed, options.customers, options.reference.getTime());
    if (options.append) await checkSameSeed(client, center, people);
    const result = options.append
      ? await writeHistory(client, options, center, people)
      : await inTransaction(client, async () => {
          await writeConfiguration(client, center, options.reference);
          options.onProgress?.({ what: 'configuration', done: 1, total: 1 });
          await writeCustomers(client, people, options);
          const written = await writeHistory(client, options, center, people);
          if (options.interactions > 0) await writeOpenCases(client, options, center, people);
          return written;
        });
    // The planner has seen an empty database so far; autovacuum would tell it otherwise only in a minute.
    await client.query('ANALYZE customer_identities, interactions, messages, events');
    return { agents: center.agents.length, queues: center.queues.length, customers: people.length, ...result };
  } finally {
    await client.end();
  }
}

async function checkTarget(client: pg.Client, append: boolean): Promise<void> {
  const { rows: tables } = await client.query<{ there: boolean }>("SELECT to_regclass('queues') IS NOT NULL AS there");
  if (!tables[0]?.there) throw new SeedRefused('This database has no Patchbay tables yet: start the engine on it once, then seed.');
  const { rows: connections } = await client.query<{ url: string }>('SELECT url FROM crm_connection');
  if (connections[0])
    throw new SeedRefused(
      `This contact center is connected to ${connections[0].url}, where invented people would be told: nothing was changed. Seed a database without a connection.`,
    );
  const { rows: queues } = await client.query<{ any: boolean }>('SELECT EXISTS (SELECT FROM queues) AS any');
  const filled = queues[0]?.any === true;
  if (filled && !append) {
    throw new SeededBefore('This database has queues already and nothing was changed: seed an empty one, or add history with --append.');
  }
  if (!filled && append) throw new SeedRefused('There is nothing to append to: this database has no queues; leave --append out.');
}

/** Appended history names queues, people and customers by the ids that the seed number gives them. */
async function checkSameSeed(client: pg.Client, center: ContactCenter, people: readonly CustomerRecord[]): Promise<void> {
  const missing = async (table: TableName, ids: string[]): Promise<boolean> => {
    const { rows } = await client.query<{ found: number }>(`SELECT count(*)::int AS found FROM "${table}" WHERE id = ANY($1::uuid[])`, [
      ids,
    ]);
    return (rows[0]?.found ?? 0) < ids.length;
  };
  const ids = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);
  if (
    (await missing('queues', ids(center.queues))) ||
    (await missing('agents', ids(center.agents))) ||
    (await missing('dispositions', ids(center.dispositions))) ||
    (await missing('customers', ids(people)))
  ) {
    throw new SeedRefused('This database was filled with another --seed or fewer --customers: append with the same numbers.');
  }
}

async function writeConfiguration(client: pg.Client, center: ContactCenter, reference: Date): Promise<void> {
  const at = reference.toISOString();
  const offline = center.presenceStatuses.find(({ availability }) => availability === 'OFFLINE');
  await insert(client, 'teams', center.teams);
  await insert(
    client,
    'skills',
    center.skills.map(({ id, name, category }) => ({ id, name, category })),
  );
  // What the first start made is in nobody's use yet, and the demo brings its own.
  await client.query('DELETE FROM presence_statuses s WHERE NOT EXISTS (SELECT FROM agents a WHERE a.presence_status_id = s.id)');
  await client.query('DELETE FROM dispositions d WHERE NOT EXISTS (SELECT FROM interactions i WHERE i.disposition_id = d.id)');
  await insert(
    client,
    'presence_statuses',
    center.presenceStatuses.map((status) => ({ ...status, translations: translationsOf(status.name) })),
  );
  await insert(
    client,
    'sla_policies',
    center.slaPolicies.map(({ id, name, version }) => ({ id, name, version })),
  );
  await insert(
    client,
    'sla_policy_versions',
    center.slaPolicies.map(({ id, version, milestones }) => ({
      policy_id: id,
      version,
      definition: { calendarId: null, milestones },
    })),
  );
  await insert(
    client,
    'automation_rules',
    center.rules.map(({ id, name, active }, index) => ({ id, name, active, rank: index + 1, version: 1 })),
  );
  await insert(
    client,
    'automation_rule_versions',
    center.rules.map(({ id, trigger, condition, actions }) => ({
      rule_id: id,
      version: 1,
      definition: { trigger, condition, actions, stopOnMatch: false },
      created_at: at,
    })),
  );
  await insert(
    client,
    'queues',
    center.queues.map((queue) => ({
      id: queue.id,
      name: queue.name,
      translations: translationsOf(queue.name),
      department: queue.department,
      priority: queue.priority,
      strategy: queue.strategy,
      relaxation: queue.relaxation,
      level_delay_seconds: queue.levelDelaySeconds,
      sticky_seconds: queue.stickySeconds,
      offer_timeout_seconds: queue.offerTimeoutSeconds,
      overflow_after_seconds: queue.overflowAfterSeconds,
      overflow_queue_id: queue.overflowQueueId,
      sla_policy_id: queue.slaPolicyId,
      wrap_up: queue.wrapUp,
      active: true,
    })),
  );
  await insert(
    client,
    'queue_skills',
    center.queues.flatMap(({ id, skills }) =>
      skills.map(({ skillId, minLevel, mandatory }) => ({ queue_id: id, skill_id: skillId, min_level: minLevel, mandatory })),
    ),
  );
  await insert(
    client,
    'dispositions',
    center.dispositions.map(({ id, name, channels }) => ({ id, name, translations: translationsOf(name), channels, active: true })),
  );
  await insert(
    client,
    'entry_points',
    center.entryPoints.map(({ id, channel, address, queueId, priority, skills }) => ({
      id,
      channel,
      address,
      queue_id: queueId,
      priority,
      skills,
    })),
  );
  await insert(
    client,
    'agents',
    center.agents.map((agent) => ({
      id: agent.id,
      name: agent.name,
      email: agent.email,
      team_id: agent.teamId,
      capacity: agent.capacity,
      extension: agent.extension,
      default_channels: agent.channels,
      active: true,
      presence_status_id: offline?.id,
      presence_since: at,
      channels: agent.channels,
      idle_since: at,
      created_at: at,
    })),
  );
  await insert(
    client,
    'agent_skills',
    center.agents.flatMap(({ id, skills }) => skills.map(({ skillId, level }) => ({ agent_id: id, skill_id: skillId, level }))),
  );
  await insert(
    client,
    'queue_members',
    center.agents.flatMap(({ id, memberships }) => memberships.map(({ queueId, level }) => ({ queue_id: queueId, agent_id: id, level }))),
  );
}

async function writeCustomers(client: pg.Client, people: readonly CustomerRecord[], { onProgress }: SeedOptions): Promise<void> {
  const progress = (done: number): void => onProgress?.({ what: 'customers', done: Math.min(done, people.length), total: people.length });
  for (let first = 0; first < people.length; first += BATCH) {
    const batch = people.slice(first, first + BATCH);
    await insert(
      client,
      'customers',
      batch.map(({ id, name, language, tier, company, note, createdAt }) => ({
        id,
        name,
        language,
        tier,
        company,
        note,
        created_at: time(createdAt),
      })),
    );
    progress((first + batch.length) / 2);
  }
  // What refers to a table that the planner takes for empty is checked by reading all of it, row after row.
  await client.query('ANALYZE customers');
  for (let first = 0; first < people.length; first += BATCH) {
    const batch = people.slice(first, first + BATCH);
    await insert(
      client,
      'customer_identities',
      batch.flatMap(({ id, identities }) => identities.map(({ kind, value }) => ({ kind, value, customer_id: id }))),
    );
    progress((people.length + first + batch.length) / 2);
  }
}

async function writeHistory(
  client: pg.Client,
  options: SeedOptions,
  center: ContactCenter,
  people: readonly CustomerRecord[],
): Promise<{ interactions: number; messages: number }> {
  const { rows } = await client.query<{ part: number }>('SELECT coalesce(max(number), 0)::int AS part FROM interactions');
  const batches = history(center, people, {
    seed: options.seed,
    part: rows[0]?.part ?? 0,
    count: options.interactions,
    reference: options.reference.getTime(),
  });
  const written = { interactions: 0, messages: 0 };
  const write = async (batch: HistoryBatch): Promise<void> => {
    await (options.append ? inTransaction(client, () => writeBatch(client, batch)) : writeBatch(client, batch));
    written.interactions += batch.interactions.length;
    written.messages += batch.messages.length;
    options.onProgress?.({ what: 'interactions', done: written.interactions, total: options.interactions });
  };
  // The next batch is made while the database works on this one.
  let writing = Promise.resolve();
  for (const batch of batches) {
    await writing;
    writing = write(batch);
  }
  await writing;
  return written;
}

async function writeBatch(client: pg.Client, { interactions, messages }: HistoryBatch): Promise<void> {
  await insert(client, 'interactions', interactions.map(interactionRow));
  await insert(client, 'messages', messages.map(messageRow));
  const events = interactions.flatMap(eventsOf).sort((left, right) => left.at - right.at);
  await client.query('SELECT count(*) FROM append_events($1::jsonb)', [
    JSON.stringify(events.map((event) => ({ ...event, at: time(event.at) }))),
  ]);
}

/** Open cases have the clocks that the engine would have started. */
async function writeOpenCases(
  client: pg.Client,
  { seed, reference }: SeedOptions,
  center: ContactCenter,
  people: readonly CustomerRecord[],
): Promise<void> {
  const cases = openCases(center, people, { seed, count: OPEN_CASES, reference: reference.getTime() });
  await writeBatch(client, cases);
  const random = randomStream(seed, 'clocks');
  await insert(client, 'sla_clocks', openClocks(random, center, people, cases.interactions, reference.getTime()));
}

async function insert<T extends TableName>(client: pg.Client, table: T, rows: readonly Row<T>[]): Promise<void> {
  if (rows.length > 0) await client.query(insertStatement(table), [JSON.stringify(rows)]);
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
