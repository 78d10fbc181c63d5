/** Which columns of which tables the seed fills, and how a batch of rows becomes one statement. */

/** Column names with their PostgreSQL types, in the order of the statement. */
export type Columns = Readonly<Record<string, string>>;

const interactions: Columns = {
  id: 'uuid',
  channel: '"Channel"',
  direction: '"Direction"',
  state: '"InteractionState"',
  subject: 'text',
  description: 'text',
  priority: 'int',
  skills: 'jsonb',
  queue_id: 'uuid',
  agent_id: 'uuid',
  customer_id: 'uuid',
  parent_id: 'uuid',
  customer_address: 'text',
  entry_address: 'text',
  created_at: 'timestamptz',
  queued_at: 'timestamptz',
  accepted_at: 'timestamptz',
  ended_at: 'timestamptz',
  closed_at: 'timestamptz',
  disposition_id: 'uuid',
  disposition_note: 'text',
  transfer_count: 'int',
};

/** Every table that is written, with the columns that are named; the others keep their defaults. */
export const TABLES = {
  teams: { id: 'uuid', name: 'text' },
  skills: { id: 'uuid', name: 'text', category: 'text' },
  presence_statuses: { id: 'uuid', name: 'text', translations: 'jsonb', availability: '"Availability"', reasons: 'text[]' },
  sla_policies: { id: 'uuid', name: 'text', version: 'int' },
  sla_policy_versions: { policy_id: 'uuid', version: 'int', definition: 'jsonb' },
  automation_rules: { id: 'uuid', name: 'text', active: 'boolean', rank: 'int', version: 'int' },
  automation_rule_versions: { rule_id: 'uuid', version: 'int', definition: 'jsonb', created_at: 'timestamptz' },
  queues: {
    id: 'uuid',
    name: 'text',
    translations: 'jsonb',
    department: 'text',
    priority: 'int',
    strategy: '"RoutingStrategy"',
    relaxation: 'jsonb',
    level_delay_seconds: 'int[]',
    sticky_seconds: 'int',
    offer_timeout_seconds: 'int',
    overflow_after_seconds: 'int',
    overflow_queue_id: 'uuid',
    sla_policy_id: 'uuid',
    wrap_up: 'jsonb',
    active: 'boolean',
  },
  queue_skills: { queue_id: 'uuid', skill_id: 'uuid', min_level: 'int', mandatory: 'boolean' },
  dispositions: { id: 'uuid', name: 'text', translations: 'jsonb', channels: '"Channel"[]', active: 'boolean' },
  entry_points: { id: 'uuid', channel: '"Channel"', address: 'text', queue_id: 'uuid', priority: 'int', skills: 'jsonb' },
  agents: {
    id: 'uuid',
    name: 'text',
    email: 'text',
    team_id: 'uuid',
    capacity: 'int',
    extension: 'text',
    default_channels: '"Channel"[]',
    active: 'boolean',
    presence_status_id: 'uuid',
    presence_since: 'timestamptz',
    channels: '"Channel"[]',
    idle_since: 'timestamptz',
    created_at: 'timestamptz',
  },
  agent_skills: { agent_id: 'uuid', skill_id: 'uuid', level: 'int' },
  queue_members: { queue_id: 'uuid', agent_id: 'uuid', level: 'int' },
  customers: {
    id: 'uuid',
    name: 'text',
    language: 'text',
    tier: '"CustomerTier"',
    company: 'text',
    note: 'text',
    created_at: 'timestamptz',
  },
  customer_identities: { kind: '"IdentityKind"', value: 'text', customer_id: 'uuid' },
  interactions,
  messages: {
    id: 'uuid',
    interaction_id: 'uuid',
    direction: '"Direction"',
    author_id: 'uuid',
    from_address: 'text',
    to_addresses: 'text[]',
    cc_addresses: 'text[]',
    subject: 'text',
    text: 'text',
    automatic: 'boolean',
    internal: 'boolean',
    message_id: 'text',
    in_reply_to: 'text',
    reference_ids: 'text[]',
    delivery: '"DeliveryState"',
    created_at: 'timestamptz',
    sent_at: 'timestamptz',
  },
  sla_clocks: {
    id: 'uuid',
    interaction_id: 'uuid',
    queue_id: 'uuid',
    policy_id: 'uuid',
    policy_version: 'int',
    kind: '"SlaMilestoneKind"',
    matched: 'text',
    state: '"SlaClockState"',
    started_at: 'timestamptz',
    target_ms: 'bigint',
    used_ms: 'bigint',
    running_since: 'timestamptz',
    paused_in: '"InteractionState"',
    due_at: 'timestamptz',
    fires: 'timestamptz[]',
    warnings: 'int',
    step: 'int',
    warned_at: 'timestamptz',
    fire_at: 'timestamptz',
  },
} as const satisfies Record<string, Columns>;
export type TableName = keyof typeof TABLES;

/** A row for a table: a value for each of its columns. */
export type Row<T extends TableName> = Record<keyof (typeof TABLES)[T], unknown>;

/**
 * The statement that inserts a batch given as one JSON array, `$1`. In the array's order, which is where serial numbers
 * come from.
 */
export function insertStatement(table: TableName): string {
  const columns: Columns = TABLES[table];
  const names = Object.keys(columns)
    .map((name) => `"${name}"`)
    .join(', ');
  const typed = Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(', ');
  return `INSERT INTO "${table}" (${names}) SELECT ${names}
    FROM ROWS FROM (jsonb_to_recordset($1::jsonb) AS (${typed})) WITH ORDINALITY AS r (${names}, place) ORDER BY place`;
}
