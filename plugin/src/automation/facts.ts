/**
 * What the condition of an automation rule sees: facts about one interaction, its customer and queue, and the event that
 * woke the rule. The table below is the schema that conditions are checked by and the documentation an administrator reads.
 */
import { DateTime } from 'luxon';
import { CHANNELS, type Channel } from '../platform/generated/channels.js';
import type { ActorKind, CustomerTier, Direction, InteractionState } from '../platform/generated/graphql.js';

/** Plain values: '' and 0 stand where something is unknown, so that a condition never meets null. */
export interface Facts {
  interaction: {
    id: string;
    number: number;
    channel: Channel;
    direction: Direction;
    state: InteractionState;
    subject: string;
    description: string;
    priority: number;
    skills: string[];
    agent: string;
    customerAddress: string;
    entryAddress: string;
    escalationLevel: number;
    transferCount: number;
    reopenCount: number;
    ageSeconds: number;
    waitingSeconds: number;
    slaPolicy: string;
    atRisk: boolean;
    breached: boolean;
    disposition: string;
    parentId: string;
    createdAt: Date;
  };
  customer: { known: boolean; id: string; name: string; tier: CustomerTier | ''; language: string; company: string };
  queue: { name: string; department: string; priority: number };
  event: { type: string; actor: { kind: ActorKind; name: string }; facts: Record<string, unknown> };
  now: Date;
}

export type FieldType = 'int' | 'string' | 'bool' | 'timestamp' | 'list<string>' | 'map';

export interface Field {
  /** As a condition writes it, such as `interaction.priority`. */
  path: string;
  type: FieldType;
  description: string;
  /** The only values it can have; of any value where absent. */
  values?: readonly string[];
  /** The kind of record whose names it holds (see references.service.ts). */
  reference?: string;
}

type TypeOf<T> = T extends string
  ? 'string'
  : T extends number
    ? 'int'
    : T extends boolean
      ? 'bool'
      : T extends Date
        ? 'timestamp'
        : T extends string[]
          ? 'list<string>'
          : 'map';
type Leaf = string | number | boolean | Date | string[];
type Entry<T> = readonly [type: TypeOf<T>, description: string, values?: readonly string[] | { namesOf: string }];
type Table<T> = { [K in keyof T]: T[K] extends Leaf ? Entry<T[K]> : string extends keyof T[K] ? Entry<T[K]> : Table<T[K]> };

/** The values of a union, none forgotten: the compiler refuses a record that misses one. */
const all = <T extends string>(values: Record<T, true>): readonly T[] => Object.keys(values) as T[];

const DIRECTIONS = all<Direction>({ INBOUND: true, OUTBOUND: true });
const STATES = all<InteractionState>({
  CREATED: true,
  QUEUED: true,
  OFFERED: true,
  ACTIVE: true,
  ON_HOLD: true,
  WAITING_FOR_CUSTOMER: true,
  WRAP_UP: true,
  CLOSED: true,
  ABANDONED: true,
});
const TIERS = all<CustomerTier | ''>({ STANDARD: true, VIP: true, '': true });
const ACTORS = all<ActorKind>({ AGENT: true, USER: true, CLIENT: true, ROUTER: true, TIMER: true, INTAKE: true, RULE: true });

const TABLE: Table<Facts> = {
  interaction: {
    id: ['string', 'Its id.'],
    number: ['int', 'The number people call it by.'],
    channel: ['string', 'How it came in or goes out.', CHANNELS],
    direction: ['string', 'Whether the customer began it or we did.', DIRECTIONS],
    state: ['string', 'Where it is in its life.', STATES],
    subject: ['string', "A mail's subject, or what it is about in a line; empty where it has none."],
    description: ['string', 'What it is about at length; empty where it has none.'],
    priority: ['int', 'Its own priority, 0 (last) to 100 (first).'],
    skills: ['list<string>', 'Names of the skills it asks for itself.', { namesOf: 'skill' }],
    agent: ['string', 'Name of the agent who holds it; empty where nobody does.', { namesOf: 'agent' }],
    customerAddress: ['string', "The customer's address or telephone number in it."],
    entryAddress: ['string', 'Our address or telephone number it came in at.'],
    escalationLevel: ['int', 'How often it was escalated.'],
    transferCount: ['int', 'How often it was transferred.'],
    reopenCount: ['int', 'How often it was reopened.'],
    ageSeconds: ['int', 'Seconds since it was created.'],
    waitingSeconds: ['int', 'Seconds since it entered its queue; 0 unless it is QUEUED or OFFERED.'],
    slaPolicy: ['string', "Name of its queue's SLA policy; empty where there is none.", { namesOf: 'slaPolicy' }],
    atRisk: ['bool', 'Whether a running SLA clock has passed a warning, and not its target.'],
    breached: ['bool', 'Whether an open SLA clock has passed its target.'],
    disposition: ['string', 'Name of the disposition it ended with; empty before.', { namesOf: 'disposition' }],
    parentId: ['string', 'Id of the interaction it belongs to; empty where it stands alone.'],
    createdAt: ['timestamp', 'When it was created.'],
  },
  customer: {
    known: ['bool', 'Whether it is known who the customer is.'],
    id: ['string', "The customer's id; empty while unknown."],
    name: ['string', "The customer's name; empty while unknown."],
    tier: ['string', "The customer's tier; empty while unknown.", TIERS],
    language: ['string', 'Two lower-case letters (ISO 639-1); empty while unknown.'],
    company: ['string', "Name of the customer's company; empty where there is none."],
  },
  queue: {
    name: ['string', 'Name of the queue it is in; empty where it is in none.', { namesOf: 'queue' }],
    department: ['string', "The queue's department; empty where it is in none."],
    priority: ['int', "The queue's priority, 0 (last) to 100 (first); 0 where it is in none."],
  },
  event: {
    type: ['string', 'What happened, such as interaction.queued; empty where time alone woke the rule.'],
    actor: {
      kind: ['string', 'What kind of actor made it happen.', ACTORS],
      name: ['string', 'Who made it happen.'],
    },
    facts: ['map', 'What the event says beside: not every event says the same, so ask has(event.facts.x) first.'],
  },
  now: ['timestamp', 'The present moment; now.getHours("Europe/Prague") is the hour there.'],
};

const isEntry = (value: object): value is Entry<unknown> => Array.isArray(value);

function fieldsOf(table: object, prefix: string): Field[] {
  return Object.entries(table).flatMap(([name, value]: [string, object]) => {
    const path = `${prefix}${name}`;
    if (!isEntry(value)) return fieldsOf(value, `${path}.`);
    const [type, description, values] = value;
    return [{ path, type, description, ...(values && ('namesOf' in values ? { reference: values.namesOf } : { values })) }];
  });
}

/** Every field a condition can ask for. */
export const FIELDS: readonly Field[] = fieldsOf(TABLE, '');

/** What the type of an event may begin with, up to its dot. */
export const EVENT_SUBJECTS: readonly string[] = [
  'agent',
  'calendar',
  'campaign',
  'channel',
  'crm',
  'customer',
  'disposition',
  'entry_point',
  'intake_source',
  'interaction',
  'lead',
  'notification',
  'presence_status',
  'queue',
  'rule',
  'skill',
  'sla',
  'sla_policy',
  'team',
  'token',
  'webhook',
];

/** One class for each group of fields: the expression library tells its types by their constructors. */
export class InteractionFacts {}
export class CustomerFacts {}
export class QueueFacts {}
export class ActorFacts {}
export class EventFacts {
  private converted: Map<string, unknown> | null = null;

  constructor(private readonly raw: Record<string, unknown>) {}

  /** Converted when the first condition asks: most never do. */
  get facts(): Map<string, unknown> {
    return (this.converted ??= mapOf(this.raw));
  }
}

/** Which group of fields is an instance of which class. */
export const GROUPS = {
  interaction: InteractionFacts,
  customer: CustomerFacts,
  queue: QueueFacts,
  event: EventFacts,
  'event.actor': ActorFacts,
} as const;

const isInt = new Map(FIELDS.map(({ path, type }) => [path, type === 'int']));
const plans = Object.fromEntries(
  Object.keys(GROUPS).map((group) => [
    group,
    FIELDS.filter(({ path }) => path.startsWith(`${group}.`))
      .map(({ path }) => path.slice(group.length + 1))
      .filter((name) => !name.includes('.') && name !== 'facts')
      .map((name) => ({ name, int: isInt.get(`${group}.${name}`) === true })),
  ]),
) as Record<keyof typeof GROUPS, { name: string; int: boolean }[]>;

/** Integers of the expression language are BigInt. */
const whole = (value: number): bigint => BigInt(Math.trunc(value));

function fill<T extends object>(target: T, group: keyof typeof GROUPS, from: object): T {
  const source = from as Record<string, unknown>;
  const filled = target as Record<string, unknown>;
  for (const { name, int } of plans[group]) filled[name] = int ? whole(source[name] as number) : source[name];
  return target;
}

/** Of JSON: whole numbers become integers, objects become maps (any key is a key there), and null is left out. */
function convert(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.filter((item) => item != null).map(convert);
  return typeof value === 'object' && value !== null && !(value instanceof Date) ? mapOf(value as Record<string, unknown>) : value;
}

function mapOf(record: Record<string, unknown>): Map<string, unknown> {
  return new Map(Object.keys(record).flatMap((key) => (record[key] == null ? [] : [[key, convert(record[key])] as const])));
}

/** A point in time that remembers its wall clocks: two hundred rules about opening hours ask for the same. */
export class Moment extends Date {
  private readonly known = new Map<string, DateTime>();

  /** @throws Error where there is no such zone */
  in(zone: string): DateTime {
    let local = this.known.get(zone);
    if (!local) {
      local = DateTime.fromJSDate(this, { zone });
      if (!local.isValid) throw new Error(`"${zone}" is no IANA time zone; write it like Europe/Prague.`);
      this.known.set(zone, local);
    }
    return local;
  }
}

/** Facts as conditions read them: made once, for however many conditions. */
export class PreparedFacts {
  readonly context: Record<string, unknown>;

  constructor({ interaction, customer, queue, event, now }: Facts) {
    const prepared = fill(new InteractionFacts(), 'interaction', interaction) as { createdAt: Date };
    prepared.createdAt = new Moment(interaction.createdAt);
    this.context = {
      interaction: prepared,
      customer: fill(new CustomerFacts(), 'customer', customer),
      queue: fill(new QueueFacts(), 'queue', queue),
      event: Object.assign(fill(new EventFacts(event.facts), 'event', event), {
        actor: fill(new ActorFacts(), 'event.actor', event.actor),
      }),
      now: new Moment(now),
    };
  }
}
