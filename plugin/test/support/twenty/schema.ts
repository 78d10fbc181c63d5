/** What objects and fields Twenty 2.21 has: the standard ones that a contact center meets, and those an application adds. */
import { createHash } from 'node:crypto';

export type FieldType =
  | 'UUID'
  | 'TEXT'
  | 'NUMBER'
  | 'NUMERIC'
  | 'BOOLEAN'
  | 'DATE'
  | 'DATE_TIME'
  | 'SELECT'
  | 'MULTI_SELECT'
  | 'RATING'
  | 'ARRAY'
  | 'RAW_JSON'
  | 'FILES'
  | 'POSITION'
  | 'TS_VECTOR'
  | 'FULL_NAME'
  | 'EMAILS'
  | 'PHONES'
  | 'LINKS'
  | 'ADDRESS'
  | 'CURRENCY'
  | 'ACTOR'
  | 'RICH_TEXT'
  | 'RELATION'
  | 'MORPH_RELATION';

export interface Relation {
  kind: 'MANY_TO_ONE' | 'ONE_TO_MANY';
  /** nameSingular of the other object. */
  target: string;
  /** The field on the other side. */
  inverse: string;
  onDelete?: 'SET_NULL' | 'CASCADE' | 'RESTRICT' | 'NO_ACTION';
}

export interface Field {
  id: string;
  universalIdentifier: string;
  applicationId: string;
  name: string;
  label: string;
  type: FieldType;
  isNullable: boolean;
  isSystem: boolean;
  isUnique: boolean;
  isUIEditable: boolean;
  /** As in the metadata: strings carry inner quotes. */
  defaultValue: unknown;
  options: { id: string; value: string; label: string; color: string; position: number }[] | null;
  settings: Record<string, unknown> | null;
  relation: Relation | null;
  createdAt: string;
  updatedAt: string;
}

export interface UniqueIndex {
  name: string;
  /** Paths such as "emails.primaryEmail" or "companyId". */
  paths: string[];
}

export interface Entity {
  id: string;
  universalIdentifier: string;
  applicationId: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  isSystem: boolean;
  isSearchable: boolean;
  isUIEditable: boolean;
  isUICreatable: boolean;
  fields: Field[];
  indexes: UniqueIndex[];
  createdAt: string;
  updatedAt: string;
}

/** The sub-fields of each composite type, and what an empty one is shown as. */
export const COMPOSITES: Partial<Record<FieldType, Record<string, { type: FieldType; shownWhenNull: unknown }>>> = {
  FULL_NAME: { firstName: { type: 'TEXT', shownWhenNull: '' }, lastName: { type: 'TEXT', shownWhenNull: '' } },
  EMAILS: { primaryEmail: { type: 'TEXT', shownWhenNull: '' }, additionalEmails: { type: 'RAW_JSON', shownWhenNull: [] } },
  PHONES: {
    primaryPhoneNumber: { type: 'TEXT', shownWhenNull: '' },
    primaryPhoneCountryCode: { type: 'TEXT', shownWhenNull: '' },
    primaryPhoneCallingCode: { type: 'TEXT', shownWhenNull: '' },
    additionalPhones: { type: 'RAW_JSON', shownWhenNull: [] },
  },
  LINKS: {
    primaryLinkLabel: { type: 'TEXT', shownWhenNull: '' },
    primaryLinkUrl: { type: 'TEXT', shownWhenNull: '' },
    secondaryLinks: { type: 'RAW_JSON', shownWhenNull: [] },
  },
  ADDRESS: {
    addressStreet1: { type: 'TEXT', shownWhenNull: '' },
    addressStreet2: { type: 'TEXT', shownWhenNull: '' },
    addressCity: { type: 'TEXT', shownWhenNull: '' },
    addressPostcode: { type: 'TEXT', shownWhenNull: '' },
    addressState: { type: 'TEXT', shownWhenNull: '' },
    addressCountry: { type: 'TEXT', shownWhenNull: '' },
    addressLat: { type: 'NUMERIC', shownWhenNull: null },
    addressLng: { type: 'NUMERIC', shownWhenNull: null },
  },
  CURRENCY: { amountMicros: { type: 'NUMERIC', shownWhenNull: null }, currencyCode: { type: 'TEXT', shownWhenNull: null } },
  ACTOR: {
    source: { type: 'SELECT', shownWhenNull: null },
    workspaceMemberId: { type: 'UUID', shownWhenNull: null },
    name: { type: 'TEXT', shownWhenNull: '' },
    context: { type: 'RAW_JSON', shownWhenNull: null },
  },
  RICH_TEXT: { blocknote: { type: 'TEXT', shownWhenNull: null }, markdown: { type: 'TEXT', shownWhenNull: '' } },
};

/** Sub-fields that a unique field of the type compares. */
const UNIQUE_SUBFIELDS: Partial<Record<FieldType, string[]>> = {
  EMAILS: ['primaryEmail'],
  LINKS: ['primaryLinkUrl'],
  PHONES: ['primaryPhoneNumber', 'primaryPhoneCallingCode'],
  FULL_NAME: ['firstName', 'lastName'],
};

export const STANDARD_APPLICATION = '20202020-64aa-4b6f-b003-9c74b97cee20';

/** A UUID v4 that is the same on each run: metadata ids must not differ between two starts of the server. */
export function stableId(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('/')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const title = (name: string) => name.replace(/([A-Z0-9])/g, ' $1').replace(/^./, (first) => first.toUpperCase());

export function field(entity: string, name: string, type: FieldType, more: Partial<Field> = {}, at = '2026-01-01T00:00:00.000Z'): Field {
  const universalIdentifier = more.universalIdentifier ?? stableId('field', entity, name);
  return {
    id: stableId('field-id', universalIdentifier),
    applicationId: stableId('application-id', STANDARD_APPLICATION),
    name,
    label: title(name),
    type,
    isNullable: true,
    isSystem: false,
    isUnique: false,
    isUIEditable: true,
    defaultValue: null,
    options: null,
    settings: null,
    relation: null,
    createdAt: at,
    updatedAt: at,
    ...more,
    universalIdentifier,
  };
}

const ACTOR_DEFAULT = { name: "'System'", source: "'MANUAL'", workspaceMemberId: null };

/** The fields that every object has. */
export function baseFields(entity: string, at?: string): Field[] {
  const system = { isNullable: false, isSystem: true };
  const relative = { settings: { displayFormat: 'RELATIVE' } };
  return [
    field(entity, 'id', 'UUID', { ...system, defaultValue: 'uuid' }, at),
    field(entity, 'createdAt', 'DATE_TIME', { ...system, ...relative, defaultValue: 'now' }, at),
    field(entity, 'updatedAt', 'DATE_TIME', { ...system, ...relative, defaultValue: 'now' }, at),
    field(entity, 'deletedAt', 'DATE_TIME', { isSystem: true, ...relative }, at),
    field(entity, 'createdBy', 'ACTOR', { ...system, defaultValue: ACTOR_DEFAULT }, at),
    field(entity, 'updatedBy', 'ACTOR', { ...system, defaultValue: ACTOR_DEFAULT }, at),
    field(entity, 'position', 'POSITION', { ...system, defaultValue: 0 }, at),
    field(entity, 'searchVector', 'TS_VECTOR', { isSystem: true }, at),
  ];
}

const joinSettings = (name: string, onDelete: string) => ({ onDelete, relationType: 'MANY_TO_ONE', joinColumnName: `${name}Id` });

export function manyToOne(
  entity: string,
  name: string,
  target: string,
  inverse: string,
  onDelete: Relation['onDelete'] = 'SET_NULL',
): Field {
  return field(entity, name, 'RELATION', {
    relation: { kind: 'MANY_TO_ONE', target, inverse, onDelete },
    settings: joinSettings(name, onDelete),
  });
}

export function oneToMany(entity: string, name: string, target: string, inverse: string): Field {
  return field(entity, name, 'RELATION', {
    relation: { kind: 'ONE_TO_MANY', target, inverse },
    settings: { relationType: 'ONE_TO_MANY' },
  });
}

/** One leg of a morph relation: `targetPerson` with its column `targetPersonId`. */
export function morphLeg(entity: string, target: string, inverse: string, onDelete: Relation['onDelete'] = 'CASCADE'): Field {
  const name = `target${target.charAt(0).toUpperCase()}${target.slice(1)}`;
  return field(entity, name, 'MORPH_RELATION', {
    relation: { kind: 'MANY_TO_ONE', target, inverse, onDelete },
    settings: joinSettings(name, onDelete),
  });
}

const options = (...values: string[]) =>
  values.map((value, position) => ({ id: stableId('option', value), value, label: title(value.toLowerCase()), color: 'blue', position }));

interface Names {
  plural: string;
  universalIdentifier: string;
  isSystem?: boolean;
  isSearchable?: boolean;
}

function standard(nameSingular: string, names: Names, own: Field[]): Entity {
  return {
    id: stableId('object-id', names.universalIdentifier),
    universalIdentifier: names.universalIdentifier,
    applicationId: stableId('application-id', STANDARD_APPLICATION),
    nameSingular,
    namePlural: names.plural,
    labelSingular: title(nameSingular),
    labelPlural: title(names.plural),
    isSystem: names.isSystem ?? false,
    isSearchable: names.isSearchable ?? true,
    isUIEditable: true,
    isUICreatable: true,
    fields: [...baseFields(nameSingular), ...own],
    indexes: own.filter(({ isUnique }) => isUnique).map((each) => uniqueIndexOf(nameSingular, each)),
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}

export function uniqueIndexOf(entity: string, { name, type, relation }: Field): UniqueIndex {
  const column = relation ? `${name}Id` : name;
  return { name: `IDX_UNIQUE_${entity}_${name}`, paths: UNIQUE_SUBFIELDS[type]?.map((sub) => `${name}.${sub}`) ?? [column] };
}

/** The four one-to-many relations that the standard things hang from. */
export function hangingRelations(entity: string): Field[] {
  return [
    oneToMany(entity, 'attachments', 'attachment', 'target'),
    oneToMany(entity, 'noteTargets', 'noteTarget', 'target'),
    oneToMany(entity, 'taskTargets', 'taskTarget', 'target'),
    oneToMany(entity, 'timelineActivities', 'timelineActivity', 'target'),
  ];
}

const oneValue = { settings: { maxNumberOfValues: 1 } };
const notNull = { isNullable: false };

export function standardEntities(): Entity[] {
  const legs = (entity: string, inverse: string, targets: string[], onDelete?: Relation['onDelete']) =>
    targets.map((target) => morphLeg(entity, target, inverse, onDelete));
  return [
    standard('person', { plural: 'people', universalIdentifier: '20202020-e674-48e5-a542-72570eee7213' }, [
      field('person', 'name', 'FULL_NAME'),
      field('person', 'emails', 'EMAILS', { isUnique: true, ...oneValue }),
      field('person', 'linkedinLink', 'LINKS'),
      field('person', 'jobTitle', 'TEXT'),
      field('person', 'phones', 'PHONES', oneValue),
      field('person', 'avatarUrl', 'TEXT', { isSystem: true }),
      field('person', 'avatarFile', 'FILES', { isSystem: true, ...oneValue }),
      manyToOne('person', 'company', 'company', 'people'),
      oneToMany('person', 'pointOfContactForOpportunities', 'opportunity', 'pointOfContact'),
      ...hangingRelations('person'),
    ]),
    standard('company', { plural: 'companies', universalIdentifier: '20202020-b374-4779-a561-80086cb2e17f' }, [
      field('company', 'name', 'TEXT'),
      field('company', 'domainName', 'LINKS', { isUnique: true, ...oneValue }),
      field('company', 'address', 'ADDRESS'),
      field('company', 'linkedinLink', 'LINKS'),
      field('company', 'annualRevenue', 'CURRENCY'),
      manyToOne('company', 'accountOwner', 'workspaceMember', 'accountOwnerForCompanies'),
      oneToMany('company', 'people', 'person', 'company'),
      oneToMany('company', 'opportunities', 'opportunity', 'company'),
      ...hangingRelations('company'),
    ]),
    standard('opportunity', { plural: 'opportunities', universalIdentifier: '20202020-9549-49dd-b2b2-883999db8938' }, [
      field('opportunity', 'name', 'TEXT'),
      field('opportunity', 'amount', 'CURRENCY'),
      field('opportunity', 'closeDate', 'DATE_TIME'),
      field('opportunity', 'stage', 'SELECT', {
        ...notNull,
        defaultValue: "'NEW'",
        options: options('NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'),
      }),
      manyToOne('opportunity', 'company', 'company', 'opportunities'),
      manyToOne('opportunity', 'pointOfContact', 'person', 'pointOfContactForOpportunities'),
      manyToOne('opportunity', 'owner', 'workspaceMember', 'ownedOpportunities'),
      ...hangingRelations('opportunity'),
    ]),
    standard(
      'workspaceMember',
      { plural: 'workspaceMembers', universalIdentifier: '20202020-3319-4234-a34c-82d5c0e881a6', isSystem: true },
      [
        field('workspaceMember', 'name', 'FULL_NAME', notNull),
        field('workspaceMember', 'colorScheme', 'TEXT', { ...notNull, isSystem: true, defaultValue: "'System'" }),
        field('workspaceMember', 'locale', 'TEXT', { ...notNull, isSystem: true, defaultValue: "'en'" }),
        field('workspaceMember', 'avatarUrl', 'TEXT', { isSystem: true }),
        field('workspaceMember', 'userEmail', 'TEXT', { isSystem: true, isUnique: true }),
        field('workspaceMember', 'jobTitle', 'TEXT', { isSystem: true }),
        field('workspaceMember', 'userId', 'UUID', { ...notNull, isSystem: true }),
        field('workspaceMember', 'timeZone', 'TEXT', { ...notNull, isSystem: true, defaultValue: "'system'" }),
        oneToMany('workspaceMember', 'accountOwnerForCompanies', 'company', 'accountOwner'),
        oneToMany('workspaceMember', 'ownedOpportunities', 'opportunity', 'owner'),
        oneToMany('workspaceMember', 'assignedTasks', 'task', 'assignee'),
        oneToMany('workspaceMember', 'timelineActivities', 'timelineActivity', 'workspaceMember'),
      ],
    ),
    standard('note', { plural: 'notes', universalIdentifier: '20202020-0b00-45cd-b6f6-6cd806fc6804' }, [
      field('note', 'title', 'TEXT'),
      field('note', 'bodyV2', 'RICH_TEXT'),
      oneToMany('note', 'attachments', 'attachment', 'target'),
      oneToMany('note', 'noteTargets', 'noteTarget', 'note'),
      oneToMany('note', 'timelineActivities', 'timelineActivity', 'target'),
    ]),
    standard(
      'noteTarget',
      { plural: 'noteTargets', universalIdentifier: '20202020-fff0-4b44-be82-bda313884400', isSystem: true, isSearchable: false },
      [
        manyToOne('noteTarget', 'note', 'note', 'noteTargets', 'CASCADE'),
        ...legs('noteTarget', 'noteTargets', ['person', 'company', 'opportunity']),
      ],
    ),
    standard('task', { plural: 'tasks', universalIdentifier: '20202020-1ba1-48ba-bc83-ef7e5990ed10' }, [
      field('task', 'title', 'TEXT'),
      field('task', 'bodyV2', 'RICH_TEXT'),
      field('task', 'dueAt', 'DATE_TIME'),
      field('task', 'status', 'SELECT', { defaultValue: "'TODO'", options: options('TODO', 'IN_PROGRESS', 'DONE') }),
      manyToOne('task', 'assignee', 'workspaceMember', 'assignedTasks'),
      oneToMany('task', 'attachments', 'attachment', 'target'),
      oneToMany('task', 'taskTargets', 'taskTarget', 'task'),
      oneToMany('task', 'timelineActivities', 'timelineActivity', 'target'),
    ]),
    standard(
      'taskTarget',
      { plural: 'taskTargets', universalIdentifier: '20202020-5a9a-44e8-95df-771cd06d0fb1', isSystem: true, isSearchable: false },
      [
        manyToOne('taskTarget', 'task', 'task', 'taskTargets', 'CASCADE'),
        ...legs('taskTarget', 'taskTargets', ['person', 'company', 'opportunity']),
      ],
    ),
    standard(
      'timelineActivity',
      { plural: 'timelineActivities', universalIdentifier: '20202020-6736-4337-b5c4-8b39fae325a5', isSystem: true, isSearchable: false },
      [
        field('timelineActivity', 'happensAt', 'DATE_TIME', { ...notNull, defaultValue: 'now' }),
        field('timelineActivity', 'name', 'TEXT'),
        field('timelineActivity', 'properties', 'RAW_JSON'),
        field('timelineActivity', 'linkedRecordCachedName', 'TEXT', { isSystem: true }),
        field('timelineActivity', 'linkedRecordId', 'UUID', { isSystem: true }),
        field('timelineActivity', 'linkedObjectMetadataId', 'UUID', { isSystem: true }),
        manyToOne('timelineActivity', 'workspaceMember', 'workspaceMember', 'timelineActivities', 'CASCADE'),
        ...legs('timelineActivity', 'timelineActivities', ['person', 'company', 'opportunity', 'note', 'task']),
      ],
    ),
    standard(
      'attachment',
      { plural: 'attachments', universalIdentifier: '20202020-bd3d-4c60-8dca-571c71d4447a', isSystem: true, isSearchable: false },
      [
        field('attachment', 'name', 'TEXT'),
        field('attachment', 'file', 'FILES', oneValue),
        field('attachment', 'fullPath', 'TEXT', { isSystem: true }),
        field('attachment', 'fileCategory', 'SELECT', {
          ...notNull,
          isSystem: true,
          defaultValue: "'OTHER'",
          options: options('ARCHIVE', 'AUDIO', 'IMAGE', 'PRESENTATION', 'SPREADSHEET', 'TEXT_DOCUMENT', 'VIDEO', 'OTHER'),
        }),
        ...legs('attachment', 'attachments', ['person', 'company', 'opportunity', 'note', 'task'], 'SET_NULL'),
      ],
    ),
  ];
}

/** All objects of the workspace, found by name. */
export class Schema {
  readonly entities = new Map<string, Entity>();

  constructor() {
    for (const entity of standardEntities()) this.entities.set(entity.nameSingular, entity);
  }

  /** @throws Error when there is no such object */
  entity(nameSingular: string): Entity {
    const entity = this.entities.get(nameSingular);
    if (!entity) throw new Error(`The contract server has no object "${nameSingular}".`);
    return entity;
  }

  /** By field name or by the column of a relation (`companyId`). */
  fieldOf(entity: Entity, key: string): { field: Field; isColumn: boolean } | null {
    for (const each of entity.fields) {
      if (each.name === key) return { field: each, isColumn: false };
      if (each.relation?.kind === 'MANY_TO_ONE' && `${each.name}Id` === key) return { field: each, isColumn: true };
    }
    return null;
  }

  /** The relations of other objects that point at this one by a column. */
  pointingAt(nameSingular: string): { entity: Entity; field: Field; column: string }[] {
    return [...this.entities.values()].flatMap((entity) =>
      entity.fields
        .filter(({ relation }) => relation?.kind === 'MANY_TO_ONE' && relation.target === nameSingular)
        .map((each) => ({ entity, field: each, column: `${each.name}Id` })),
    );
  }
}
