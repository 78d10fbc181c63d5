/** Each kind of our records as Twenty has it: its object, its fields, and the form of their values. */
import { parsePhoneNumberFromString as parsePhoneNumber, type CountryCode } from 'libphonenumber-js/max';
import { email, phone } from '../../customers/addresses.js';
import type { CrmKind, Fields, FieldValue, HostRecord } from '../host.js';

/** A row as Twenty's GraphQL gives it. */
export type TwentyRow = Record<string, unknown>;

interface Field {
  /** The selection to ask for, in GraphQL. */
  select: string;
  /** Undefined leaves the field out. */
  read(row: TwentyRow): FieldValue | undefined;
  write(value: FieldValue): TwentyRow;
}

export interface TwentyObject {
  singular: string;
  plural: string;
  fields: Readonly<Record<string, Field>>;
}

const plain = (name: string): Field => ({
  select: name,
  read: (row) => (row[name] ?? null) as FieldValue,
  write: (value) => ({ [name]: value }),
});

/** Twenty keeps an empty text where the engine keeps null. */
const text = (name: string): Field => ({
  select: name,
  read: (row) => (row[name] as string | null) || null,
  write: (value) => ({ [name]: value ?? '' }),
});

const time = (name: string): Field => ({
  select: name,
  read: (row) => (row[name] ? new Date(row[name] as string).toISOString() : null),
  write: (value) => ({ [name]: value }),
});

const list = (name: string): Field => ({
  select: name,
  read: (row) => (row[name] as string[] | null) ?? [],
  write: (value) => ({ [name]: value ?? [] }),
});

const relation = (name: string): Field => plain(`${name}Id`);

interface Phones {
  primaryPhoneNumber?: string | null;
  primaryPhoneCallingCode?: string | null;
  primaryPhoneCountryCode?: string | null;
  additionalPhones?: { number?: string; callingCode?: string; countryCode?: string }[] | null;
}

/** Telephone numbers in E.164; Twenty keeps them as national numbers with a calling code. Values that are no numbers are left out. */
function readPhones({ primaryPhoneNumber, primaryPhoneCallingCode, primaryPhoneCountryCode, additionalPhones }: Phones): string[] {
  const all = [
    { number: primaryPhoneNumber, callingCode: primaryPhoneCallingCode, countryCode: primaryPhoneCountryCode },
    ...(additionalPhones ?? []),
  ];
  const numbers = all.map(({ number, callingCode, countryCode }) =>
    number ? phone(number.startsWith('+') ? number : `${callingCode ?? ''}${number}`, countryCode ?? '') : null,
  );
  return [...new Set(numbers.filter((number) => number !== null))];
}

function writePhones(numbers: readonly string[]): TwentyRow {
  const parts = numbers.flatMap((number) => {
    const parsed = parsePhoneNumber(number);
    return parsed
      ? [{ number: String(parsed.nationalNumber), callingCode: `+${parsed.countryCallingCode}`, countryCode: parsed.country ?? '' }]
      : [];
  });
  const [first, ...rest] = parts;
  if (!first) return {};
  return {
    phones: {
      primaryPhoneNumber: first.number,
      primaryPhoneCallingCode: first.callingCode,
      primaryPhoneCountryCode: first.countryCode as CountryCode,
      additionalPhones: rest,
    },
  };
}

/** The last of several words is taken for the family name. */
function nameParts(name: string): { firstName: string; lastName: string } {
  const words = name.trim().split(/\s+/);
  return words.length < 2 ? { firstName: name.trim(), lastName: '' } : { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1)! };
}

const fullName = (row: TwentyRow): string => {
  const { firstName, lastName } = (row.name ?? {}) as { firstName?: string; lastName?: string };
  return [firstName, lastName].filter(Boolean).join(' ').trim();
};

const personName: Field = {
  select: 'name { firstName lastName }',
  read: fullName,
  write: (value) => ({ name: nameParts(String(value)) }),
};

const emails: Field = {
  select: 'emails { primaryEmail additionalEmails }',
  read: (row) => {
    const { primaryEmail, additionalEmails } = (row.emails ?? {}) as { primaryEmail?: string; additionalEmails?: string[] | null };
    const all = [primaryEmail, ...(additionalEmails ?? [])].map((address) => email(address ?? '')).filter((address) => address !== null);
    return [...new Set(all)];
  },
  write: (value) => {
    const [primaryEmail, ...additionalEmails] = value as string[];
    return primaryEmail ? { emails: { primaryEmail, additionalEmails } } : {};
  },
};

const phones: Field = {
  select: 'phones { primaryPhoneNumber primaryPhoneCallingCode primaryPhoneCountryCode additionalPhones }',
  read: (row) => readPhones((row.phones ?? {}) as Phones),
  write: (value) => writePhones(value as string[]),
};

export const OBJECTS: Readonly<Record<CrmKind, TwentyObject>> = {
  PERSON: {
    singular: 'person',
    plural: 'people',
    fields: {
      name: personName,
      emails,
      phones,
      company: relation('company'),
      lastContactAt: time('serviceLastContactAt'),
      lastContactChannel: plain('serviceLastContactChannel'),
      lastContactBy: relation('serviceLastContactBy'),
      lastEmailAt: time('serviceLastEmailAt'),
      lastEmailSubject: text('serviceLastEmailSubject'),
      tier: plain('serviceTier'),
    },
  },
  COMPANY: { singular: 'company', plural: 'companies', fields: { name: text('name') } },
  USER: { singular: 'workspaceMember', plural: 'workspaceMembers', fields: { name: personName, email: text('userEmail') } },
  QUEUE: {
    singular: 'queue',
    plural: 'queues',
    fields: {
      name: text('name'),
      department: text('department'),
      priority: plain('priority'),
      strategy: plain('strategy'),
      skills: list('skills'),
      offerTimeoutSeconds: plain('offerTimeoutSeconds'),
      stickySeconds: plain('stickySeconds'),
      askAgainAfterSeconds: plain('askAgainAfterSeconds'),
      maxPerAgent: plain('maxPerAgent'),
      keepsPlace: plain('keepsPlace'),
      wrapUp: list('wrapUp'),
      overflowAfterSeconds: plain('overflowAfterSeconds'),
      overflowQueue: relation('overflowQueue'),
      slaPolicy: relation('slaPolicy'),
      active: plain('active'),
      problem: text('problem'),
    },
  },
  AGENT: {
    singular: 'agentProfile',
    plural: 'agentProfiles',
    fields: {
      name: text('name'),
      user: relation('workspaceMember'),
      email: text('email'),
      capacity: plain('capacity'),
      skills: list('skills'),
      extension: text('extension'),
      active: plain('active'),
      presence: text('presence'),
      availability: plain('availability'),
      presenceSince: time('presenceSince'),
      connected: plain('connected'),
      problem: text('problem'),
    },
  },
  QUEUE_MEMBER: {
    singular: 'queueMember',
    plural: 'queueMembers',
    fields: {
      name: text('name'),
      queue: relation('queue'),
      agent: relation('agentProfile'),
      level: plain('level'),
      problem: text('problem'),
    },
  },
  SLA_POLICY: {
    singular: 'slaPolicy',
    plural: 'slaPolicies',
    fields: {
      name: text('name'),
      timeToAcceptSeconds: plain('timeToAcceptSeconds'),
      firstResponseSeconds: plain('firstResponseSeconds'),
      warnAtPercent: plain('warnAtPercent'),
      definition: text('definition'),
      version: plain('version'),
      problem: text('problem'),
    },
  },
  AUTOMATION_RULE: {
    singular: 'automationRule',
    plural: 'automationRules',
    fields: {
      name: text('name'),
      active: plain('active'),
      rank: plain('rank'),
      trigger: text('trigger'),
      condition: text('condition'),
      actions: text('actions'),
      stopOnMatch: plain('stopOnMatch'),
      version: plain('version'),
      lastRunAt: time('lastRunAt'),
      problem: text('problem'),
    },
  },
  INTERACTION: {
    singular: 'interaction',
    plural: 'interactions',
    fields: {
      name: text('name'),
      number: plain('number'),
      subject: text('subject'),
      channel: plain('channel'),
      direction: plain('direction'),
      status: plain('status'),
      priority: plain('priority'),
      skills: list('skills'),
      queue: relation('queue'),
      agent: relation('agentProfile'),
      assignee: relation('assignee'),
      person: relation('person'),
      company: relation('company'),
      disposition: text('disposition'),
      dispositionNote: text('dispositionNote'),
      receivedAt: time('receivedAt'),
      queuedAt: time('queuedAt'),
      acceptedAt: time('acceptedAt'),
      endedAt: time('endedAt'),
      closedAt: time('closedAt'),
      slaStatus: plain('slaStatus'),
      slaDueAt: time('slaDueAt'),
      escalationLevel: plain('escalationLevel'),
      transferCount: plain('transferCount'),
      reopenCount: plain('reopenCount'),
      problem: text('problem'),
    },
  },
};

/** The sources of records that people of Twenty made; all others are programs, such as this one. */
const HANDS = ['MANUAL', 'IMPORT', 'WORKFLOW'];

/** The fields that are asked for when a record is read. */
export function selection(kind: CrmKind): string {
  const fields = Object.values(OBJECTS[kind].fields).map(({ select }) => select);
  const by = kind === 'USER' ? '' : ' createdBy { source } updatedBy { source workspaceMemberId name }';
  return `id updatedAt deletedAt${by} ${fields.join(' ')}`;
}

export function fromTwenty(kind: CrmKind, row: TwentyRow): HostRecord {
  const fields: Record<string, FieldValue> = {};
  for (const [name, field] of Object.entries(OBJECTS[kind].fields)) {
    const value = field.read(row);
    if (value !== undefined) fields[name] = value;
  }
  const by = row.updatedBy as { workspaceMemberId?: string | null; name?: string | null } | null | undefined;
  return {
    id: String(row.id),
    fields,
    deleted: row.deletedAt !== null && row.deletedAt !== undefined,
    by: by ? { userId: by.workspaceMemberId ?? null, name: by.name ?? '' } : null,
    isHandmade: HANDS.includes((row.createdBy as { source?: string } | null | undefined)?.source ?? ''),
  };
}

export function toTwenty(kind: CrmKind, id: string, fields: Fields): TwentyRow {
  const known = OBJECTS[kind].fields;
  return Object.assign({ id }, ...Object.entries(fields).map(([name, value]) => known[name]?.write(value) ?? {})) as TwentyRow;
}

export const kindOfObject = (singular: string): CrmKind | null =>
  (Object.keys(OBJECTS) as CrmKind[]).find((kind) => OBJECTS[kind].singular === singular) ?? null;
