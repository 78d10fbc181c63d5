/** A name or address that a record has already: PostgreSQL's refusal, in words that name that record. */

/** PostgreSQL's words about a key that is there already. */
export interface Duplicate {
  constraint: string;
  /** Of the key, in its order. */
  values: string;
}

export interface Holder {
  id: string;
  name: string;
}

interface Unique {
  record: string;
  /** The unique value's name, inside a sentence. */
  what: string;
  /** Finds the holder; `$1` is the key's last value, `$2` the one before. */
  find: string;
}

const named = (table: string, record: string): [string, Unique] => [
  `${table}_name_key`,
  { record, what: 'name', find: `SELECT id::text AS id, name FROM ${table} WHERE name = $1` },
];

/** The constraints that people can run into by typing; all others are the engine's own. */
const UNIQUE = new Map<string, Unique>([
  named('teams', 'team'),
  named('skills', 'skill'),
  named('presence_statuses', 'presence status'),
  named('dispositions', 'disposition'),
  named('queues', 'queue'),
  named('business_calendars', 'business calendar'),
  named('sla_policies', 'SLA policy'),
  named('automation_rules', 'rule'),
  ['agents_email_key', { record: 'agent', what: 'e-mail address', find: 'SELECT id::text AS id, name FROM agents WHERE email = $1' }],
  ['agents_extension_key', { record: 'agent', what: 'extension', find: 'SELECT id::text AS id, name FROM agents WHERE extension = $1' }],
  ['users_email_key', { record: 'person', what: 'e-mail address', find: 'SELECT id::text AS id, name FROM users WHERE email = $1' }],
  [
    'customer_identities_one_owner',
    {
      record: 'customer',
      what: 'address',
      find: `SELECT c.id::text AS id, c.name FROM customer_identities i JOIN customers c ON c.id = i.customer_id WHERE i.value = $1 AND i.kind::text = $2`,
    },
  ],
  [
    'entry_points_channel_address_key',
    {
      record: 'entry point',
      what: 'address',
      find: `SELECT e.id::text AS id, 'of the queue ' || q.name AS name FROM entry_points e JOIN queues q ON q.id = e.queue_id WHERE e.address = $1 AND e.channel::text = $2`,
    },
  ],
]);

/**
 * The words by which `SteadyClient` hands on which key it was.
 *
 * @returns null for any other message
 */
export function duplicateOf(message: string): Duplicate | null {
  const found = /unique constraint "([^"]+)" Key \([^)]*\)=\((.*)\) already exists\.$/s.exec(message);
  return found ? { constraint: found[1] ?? '', values: found[2] ?? '' } : null;
}

/** The query that finds the record which has the key; null for keys that nobody types. */
export function holderOf(duplicate: Duplicate): { text: string; values: string[] } | null {
  const unique = UNIQUE.get(duplicate.constraint);
  return unique ? { text: unique.find, values: keyOf(unique, duplicate) } : null;
}

export function takenBy(duplicate: Duplicate, { id, name }: Holder): { message: string; facts: Record<string, unknown> } {
  const unique = UNIQUE.get(duplicate.constraint);
  if (!unique) throw new Error(`The holder of ${duplicate.constraint} cannot be named.`);
  const { record, what } = unique;
  const [value = ''] = keyOf(unique, duplicate);
  const whose = what === 'name' ? `Another ${record}` : `The ${record} ${name}`;
  return {
    message: `${whose} has the ${what} "${value}" already (${id}); choose another, or change that one.`,
    facts: { record, id, name, value },
  };
}

/** The last value, then the one before; that is a word of a closed set, so only the last may have a comma in it. */
function keyOf({ find }: Unique, { values }: Duplicate): string[] {
  if (!find.includes('$2')) return [values];
  const [, first = '', last = ''] = /^([A-Z_]+), (.*)$/s.exec(values) ?? [];
  return [last, first];
}
