/** Applications: registered, created, given files, synchronised from a manifest, and taken away with all their data. */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { refuse, STANDARD } from './errors.js';
import type { Bucket, Throttle } from './limits.js';
import type { Records } from './records.js';
import {
  baseFields,
  STANDARD_APPLICATION,
  stableId,
  uniqueIndexOf,
  type Entity,
  type Field,
  type FieldType,
  type Relation,
} from './schema.js';

type Json = Record<string, unknown>;

export interface Registration {
  id: string;
  universalIdentifier: string;
  name: string;
  oAuthClientId: string;
  oAuthRedirectUris: string[];
  oAuthScopes: string[];
  ownerWorkspaceId: string;
  sourceType: string;
  isListed: boolean;
  isVetted: boolean;
  isPreInstalled: boolean;
  isConfigured: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface Variable {
  id: string;
  key: string;
  value: string;
  description: string;
  isSecret: boolean;
  type: string;
  options: unknown;
}

export interface Application {
  id: string;
  universalIdentifier: string;
  name: string;
  description: string | null;
  version: string | null;
  canBeUninstalled: boolean;
  availablePackages: Json;
  applicationRegistrationId: string | null;
  applicationVariables: Variable[];
  defaultRoleId: string | null;
}

export interface UploadedFile {
  id: string;
  path: string;
  size: number;
  createdAt: string;
  folder: string;
  filePath: string;
  bytes: Buffer;
}

export interface Role {
  id: string;
  universalIdentifier: string;
  applicationId: string;
  label: string;
  description: string | null;
  icon: string | null;
  isEditable: boolean;
  canBeAssignedToUsers: boolean;
  canBeAssignedToAgents: boolean;
  canBeAssignedToApiKeys: boolean;
  canUpdateAllSettings: boolean;
  canAccessAllTools: boolean;
  canReadAllObjectRecords: boolean;
  canUpdateAllObjectRecords: boolean;
  canSoftDeleteAllObjectRecords: boolean;
  canDestroyAllObjectRecords: boolean;
}

export interface SyncAction {
  type: 'create' | 'update' | 'delete';
  metadataName: string;
  universalIdentifier?: string;
  flatEntity?: Json;
  diff?: Record<string, { before: unknown; after: unknown }>;
}

/** The lists of a manifest, and what Twenty calls what is in them. */
const KINDS: [list: string, metadataName: string][] = [
  ['objects', 'objectMetadata'],
  ['fields', 'fieldMetadata'],
  ['indexes', 'index'],
  ['roles', 'role'],
  ['permissionFlags', 'permissionFlag'],
  ['views', 'view'],
  ['viewFields', 'viewField'],
  ['pageLayouts', 'pageLayout'],
  ['pageLayoutTabs', 'pageLayoutTab'],
  ['frontComponents', 'frontComponent'],
  ['navigationMenuItems', 'navigationMenuItem'],
  ['commandMenuItems', 'commandMenuItem'],
  ['logicFunctions', 'logicFunction'],
  ['skills', 'skill'],
  ['agents', 'agent'],
];

const UPLOAD_FOLDERS = ['BuiltLogicFunction', 'BuiltFrontComponent', 'PublicAsset', 'Source', 'Dependencies'];
const SECRET_MASK = '********';

const missing = (universalIdentifier: string | undefined, id?: string) =>
  refuse(
    `Application with id ${id} or universalIdentifier ${universalIdentifier} not found`,
    'APPLICATION_NOT_FOUND',
    'Application not found.',
    'NOT_FOUND',
  );

export class Applications {
  readonly registrations = new Map<string, Registration>();
  readonly installed = new Map<string, Application>();
  readonly roles = new Map<string, Role>();
  /** Workspace member → label of the role; Admin, where none was given out. */
  readonly rolesOfMembers = new Map<string, string>();
  readonly files = new Map<string, UploadedFile>();
  private readonly manifests = new Map<string, Map<string, Json>>();

  constructor(
    private readonly records: Records,
    private readonly throttle: Throttle,
    private readonly bucket: () => Bucket,
    private readonly workspaceId: string,
    private readonly now: () => number,
  ) {
    for (const [name, universalIdentifier] of [
      ['Standard', STANDARD_APPLICATION],
      ['Custom', stableId('custom-application', workspaceId)],
    ] as const)
      this.installed.set(universalIdentifier, { ...blank(name, universalIdentifier, null), version: '1.0.1', canBeUninstalled: false });
    for (const label of ['Admin', 'Member', 'Guest'])
      this.addRole({ universalIdentifier: stableId('role', label), label, ...rights(label) }, STANDARD_APPLICATION);
  }

  /** @throws Refusal for an identifier that is taken */
  register(input: { name: string; universalIdentifier?: string; oAuthRedirectUris?: string[]; oAuthScopes?: string[] }): {
    applicationRegistration: Registration;
    clientSecret: string;
  } {
    const universalIdentifier = input.universalIdentifier ?? randomUUID();
    if (this.registrations.has(universalIdentifier))
      throw refuse(
        `Universal identifier ${universalIdentifier} is already claimed`,
        'UNIVERSAL_IDENTIFIER_ALREADY_CLAIMED',
        'This universal identifier is already claimed.',
      );
    const registration: Registration = {
      id: randomUUID(),
      universalIdentifier,
      name: input.name,
      oAuthClientId: randomUUID(),
      oAuthRedirectUris: input.oAuthRedirectUris ?? [],
      oAuthScopes: input.oAuthScopes ?? [],
      ownerWorkspaceId: this.workspaceId,
      sourceType: 'LOCAL',
      isListed: false,
      isVetted: false,
      isPreInstalled: false,
      isConfigured: true,
      createdAt: this.time(),
      updatedAt: this.time(),
    };
    this.registrations.set(universalIdentifier, registration);
    return { applicationRegistration: registration, clientSecret: randomUUID() };
  }

  /** The same one again, if it is there. @throws Refusal without a registration */
  createDevelopment(universalIdentifier: string, name: string): Application {
    this.ration(universalIdentifier);
    const registration = this.registration(universalIdentifier);
    const existing = this.installed.get(universalIdentifier);
    if (existing) return existing;
    const application = blank(name, universalIdentifier, registration.id);
    this.installed.set(universalIdentifier, application);
    return application;
  }

  upload(universalIdentifier: string, folder: string, filePath: string, bytes: Buffer): UploadedFile {
    this.ration(universalIdentifier);
    if (!UPLOAD_FOLDERS.includes(folder))
      throw refuse(
        `Invalid fileFolder for application file upload. Allowed values: ${UPLOAD_FOLDERS.join(', ')}`,
        'INVALID_INPUT',
        'Invalid input provided.',
      );
    if (!this.installed.has(universalIdentifier))
      throw refuse('Application not found in workspace.', 'APPLICATION_NOT_FOUND', 'Application not found.', 'NOT_FOUND');
    const path = `${folder}/${filePath}`;
    const file = { id: randomUUID(), path, size: bytes.length, createdAt: this.time(), folder, filePath, bytes };
    this.files.set(`${universalIdentifier}/${path}`, file);
    return file;
  }

  /** What differs from the last synchronisation, in the words of Twenty; carried out unless `dryRun`. @throws Refusal */
  sync(manifest: Json, dryRun: boolean): { applicationUniversalIdentifier: string; actions: SyncAction[] } {
    const described = manifest.application as Json;
    const universalIdentifier = String(described.universalIdentifier);
    this.ration(universalIdentifier);
    const wanted = flatManifest(manifest);
    const actions = difference(this.manifests.get(universalIdentifier) ?? new Map<string, Json>(), wanted);
    if (dryRun) return { applicationUniversalIdentifier: universalIdentifier, actions };
    this.registration(universalIdentifier);
    const application = this.installed.get(universalIdentifier);
    if (!application)
      throw refuse(
        `Application "${universalIdentifier}" not found in workspace "${this.workspaceId}". Run createDevelopmentApplication first.`,
        'APPLICATION_NOT_FOUND',
        'Application not found.',
        'NOT_FOUND',
      );
    const packageJson = this.files.get(`${universalIdentifier}/Dependencies/package.json`);
    if (!packageJson) throw refuse('File not found', 'FILE_NOT_FOUND', 'File not found.', 'NOT_FOUND');
    application.version = (JSON.parse(packageJson.bytes.toString()) as { version: string }).version;
    application.name = String(described.displayName ?? application.name);
    application.description = (described.description as string | undefined) ?? null;
    this.apply(application, wanted);
    this.syncVariables(application, (described.applicationVariables ?? {}) as Record<string, Json>);
    application.defaultRoleId = this.roles.get(String(described.defaultRoleUniversalIdentifier))?.id ?? null;
    this.manifests.set(universalIdentifier, wanted);
    return { applicationUniversalIdentifier: universalIdentifier, actions };
  }

  /** With the tables of its objects. @throws Refusal */
  uninstall(universalIdentifier: string): void {
    const application = this.one({ universalIdentifier });
    if (!application.canBeUninstalled)
      throw refuse(
        'This application cannot be uninstalled.',
        'FORBIDDEN',
        'You do not have permission to perform this action.',
        'FORBIDDEN',
      );
    this.apply(application, new Map<string, Json>());
    this.manifests.delete(universalIdentifier);
    this.installed.delete(universalIdentifier);
    for (const key of [...this.files.keys()]) if (key.startsWith(`${universalIdentifier}/`)) this.files.delete(key);
  }

  /** @throws Refusal NOT_FOUND */
  one({ id, universalIdentifier }: { id?: string; universalIdentifier?: string }): Application {
    for (const application of this.installed.values())
      if (id === undefined ? application.universalIdentifier === universalIdentifier : application.id === id) return application;
    throw missing(universalIdentifier, id);
  }

  setVariable(applicationId: string, key: string, value: string): void {
    const variable = this.one({ id: applicationId }).applicationVariables.find((each) => each.key === key);
    if (!variable)
      throw refuse(
        `Application variable with key ${key} not found`,
        'APPLICATION_VARIABLE_NOT_FOUND',
        'Application variable not found.',
        'NOT_FOUND',
      );
    variable.value = value;
  }

  shownVariables({ applicationVariables }: Application): Variable[] {
    return applicationVariables.map((each) => ({ ...each, value: each.isSecret && each.value ? SECRET_MASK : each.value }));
  }

  private ration(universalIdentifier: string): void {
    try {
      this.throttle.take(`app-dev:${universalIdentifier}`, this.bucket());
    } catch (error) {
      // Here Twenty loses what kind of error it is.
      throw refuse((error as Error).message, null, STANDARD, 'INTERNAL_SERVER_ERROR');
    }
  }

  private registration(universalIdentifier: string): Registration {
    const registration = this.registrations.get(universalIdentifier);
    if (!registration)
      throw refuse(
        `No registration found for "${universalIdentifier}". Create one first with createApplicationRegistration.`,
        'APPLICATION_NOT_FOUND',
        'Application not found.',
        'NOT_FOUND',
      );
    return registration;
  }

  private apply(application: Application, wanted: Map<string, Json>): void {
    const { schema } = this.records;
    const of = (metadataName: string) => [...wanted.values()].filter((each) => each.metadataName === metadataName);
    const objects = of('objectMetadata');
    const kept = new Set(objects.map(({ universalIdentifier }) => universalIdentifier));
    for (const entity of [...schema.entities.values()])
      if (entity.applicationId === application.id && !kept.has(entity.universalIdentifier)) {
        schema.entities.delete(entity.nameSingular);
        this.records.drop(entity.nameSingular);
      }
    for (const object of objects) this.applyObject(application, object);
    const fields = of('fieldMetadata');
    const keptFields = new Set(fields.map(({ universalIdentifier }) => universalIdentifier));
    for (const entity of schema.entities.values())
      for (const field of entity.fields.filter(
        (each) => each.applicationId === application.id && !keptFields.has(each.universalIdentifier),
      )) {
        if (baseFields(entity.nameSingular).some(({ name }) => name === field.name)) continue;
        entity.fields = entity.fields.filter((each) => each !== field);
        entity.indexes = entity.indexes.filter(
          ({ paths }) => !paths.some((path) => path.split('.')[0] === field.name || path === `${field.name}Id`),
        );
        for (const row of this.records.table(entity.nameSingular).values()) {
          delete row[field.name];
          delete row[`${field.name}Id`];
        }
      }
    for (const field of fields) this.applyField(application, field, fields);
    for (const index of of('index')) this.applyIndex(index);
    for (const role of of('role')) this.addRole(role, application.universalIdentifier);
    for (const role of [...this.roles.values()])
      if (role.applicationId === application.id && !wanted.has(role.universalIdentifier)) this.roles.delete(role.universalIdentifier);
  }

  private applyObject(application: Application, object: Json): void {
    const { entities } = this.records.schema;
    const nameSingular = String(object.nameSingular);
    const old = [...entities.values()].find(({ universalIdentifier }) => universalIdentifier === object.universalIdentifier);
    const entity: Entity = {
      id: stableId('object-id', String(object.universalIdentifier)),
      universalIdentifier: String(object.universalIdentifier),
      applicationId: application.id,
      nameSingular,
      namePlural: String(object.namePlural),
      labelSingular: String(object.labelSingular),
      labelPlural: String(object.labelPlural),
      isSystem: false,
      isSearchable: (object.isSearchable as boolean | undefined) ?? true,
      isUIEditable: (object.isUIEditable as boolean | undefined) ?? true,
      isUICreatable: (object.isUICreatable as boolean | undefined) ?? true,
      fields: old?.fields ?? baseFields(nameSingular, this.time()).map((each) => ({ ...each, applicationId: application.id })),
      indexes: old?.indexes ?? [],
      createdAt: old?.createdAt ?? this.time(),
      updatedAt: this.time(),
    };
    if (old && old.nameSingular !== nameSingular) entities.delete(old.nameSingular);
    entities.set(nameSingular, entity);
  }

  private applyField(application: Application, manifest: Json, all: Json[]): void {
    const { entities } = this.records.schema;
    const entity = [...entities.values()].find(({ universalIdentifier }) => universalIdentifier === manifest.objectUniversalIdentifier);
    if (!entity)
      throw refuse('Validation errors occurred while syncing application manifest metadata', null, null, 'METADATA_VALIDATION_FAILED');
    const name = String(manifest.name);
    const settings = (manifest.universalSettings ?? null) as Json | null;
    const target = [...entities.values()].find(
      ({ universalIdentifier }) => universalIdentifier === manifest.relationTargetObjectMetadataUniversalIdentifier,
    );
    const inverse = all.find(({ universalIdentifier }) => universalIdentifier === manifest.relationTargetFieldMetadataUniversalIdentifier);
    const relation: Relation | null = settings?.relationType
      ? {
          kind: settings.relationType as Relation['kind'],
          target: target?.nameSingular ?? '',
          inverse: String(inverse?.name ?? ''),
          ...(settings.onDelete !== undefined && { onDelete: settings.onDelete as Relation['onDelete'] }),
        }
      : null;
    const old = entity.fields.find((each) => each.name === name);
    const field: Field = {
      id: old?.id ?? stableId('field-id', String(manifest.universalIdentifier)),
      universalIdentifier: String(manifest.universalIdentifier),
      applicationId: application.id,
      name,
      label: String(manifest.label ?? name),
      type: manifest.type as FieldType,
      isNullable: (manifest.isNullable as boolean | undefined) ?? true,
      isSystem: baseFields(entity.nameSingular).some((each) => each.name === name),
      isUnique: (manifest.isUnique as boolean | undefined) ?? false,
      isUIEditable: (manifest.isUIEditable as boolean | undefined) ?? true,
      defaultValue: manifest.defaultValue ?? null,
      options: (manifest.options as Field['options'] | undefined) ?? null,
      settings,
      relation,
      createdAt: old?.createdAt ?? this.time(),
      updatedAt: this.time(),
    };
    entity.fields = old ? entity.fields.map((each) => (each === old ? field : each)) : [...entity.fields, field];
    const index = uniqueIndexOf(entity.nameSingular, field);
    entity.indexes = entity.indexes.filter((each) => each.name !== index.name);
    if (field.isUnique) entity.indexes.push(index);
    if (!old) this.fill(entity, field);
  }

  /** Rows that were there before the field get its default. */
  private fill(entity: Entity, field: Field): void {
    for (const row of this.records.table(entity.nameSingular).values()) {
      if (field.relation?.kind === 'MANY_TO_ONE') row[`${field.name}Id`] = null;
      else if (!field.relation)
        row[field.name] = typeof field.defaultValue === 'string' ? field.defaultValue.replace(/^'(.*)'$/s, '$1') : field.defaultValue;
    }
  }

  private applyIndex(index: Json): void {
    if (index.isUnique !== true) return;
    const entity = [...this.records.schema.entities.values()].find(
      ({ universalIdentifier }) => universalIdentifier === index.objectUniversalIdentifier,
    );
    if (!entity) return;
    const paths = (index.fields as { fieldUniversalIdentifier: string; subFieldName?: string }[]).map(
      ({ fieldUniversalIdentifier, subFieldName }) => {
        const field = entity.fields.find(({ universalIdentifier }) => universalIdentifier === fieldUniversalIdentifier);
        if (!field) return '';
        return subFieldName ? `${field.name}.${subFieldName}` : field.relation ? `${field.name}Id` : field.name;
      },
    );
    const name = `IDX_UNIQUE_${String(index.universalIdentifier)}`;
    entity.indexes = [...entity.indexes.filter((each) => each.name !== name), { name, paths }];
  }

  private syncVariables(application: Application, variables: Record<string, Json>): void {
    application.applicationVariables = Object.entries(variables).map(([key, variable]) => {
      const old = application.applicationVariables.find((each) => each.key === key);
      return {
        id: old?.id ?? randomUUID(),
        key,
        value:
          old?.value ??
          (typeof variable.value === 'string' ? variable.value : variable.value === undefined ? '' : JSON.stringify(variable.value)),
        description: String(variable.description ?? ''),
        isSecret: variable.isSecret === true,
        type: String(variable.type ?? 'TEXT'),
        options: variable.options ?? null,
      };
    });
  }

  private addRole(role: Json, applicationUniversalIdentifier: string): void {
    const universalIdentifier = String(role.universalIdentifier);
    const flag = (name: string) => role[name] === true;
    this.roles.set(universalIdentifier, {
      id: stableId('role-id', universalIdentifier),
      universalIdentifier,
      applicationId: this.installed.get(applicationUniversalIdentifier)?.id ?? '',
      label: String(role.label),
      description: (role.description as string | undefined) ?? null,
      icon: (role.icon as string | undefined) ?? null,
      isEditable: flag('isEditable'),
      canBeAssignedToUsers: (role.canBeAssignedToUsers as boolean | undefined) ?? true,
      canBeAssignedToAgents: flag('canBeAssignedToAgents'),
      canBeAssignedToApiKeys: flag('canBeAssignedToApiKeys'),
      canUpdateAllSettings: flag('canUpdateAllSettings'),
      canAccessAllTools: flag('canAccessAllTools'),
      canReadAllObjectRecords: flag('canReadAllObjectRecords'),
      canUpdateAllObjectRecords: flag('canUpdateAllObjectRecords'),
      canSoftDeleteAllObjectRecords: flag('canSoftDeleteAllObjectRecords'),
      canDestroyAllObjectRecords: flag('canDestroyAllObjectRecords'),
    });
  }

  private time(): string {
    return new Date(this.now()).toISOString();
  }
}

function rights(label: string): Json {
  const records = label !== 'Guest';
  return {
    canBeAssignedToApiKeys: label === 'Admin',
    canUpdateAllSettings: label === 'Admin',
    canAccessAllTools: records,
    canReadAllObjectRecords: true,
    canUpdateAllObjectRecords: records,
    canSoftDeleteAllObjectRecords: records,
    canDestroyAllObjectRecords: records,
  };
}

function blank(name: string, universalIdentifier: string, applicationRegistrationId: string | null): Application {
  return {
    id: stableId('application-id', universalIdentifier),
    universalIdentifier,
    name,
    description: null,
    version: null,
    canBeUninstalled: true,
    availablePackages: {},
    applicationRegistrationId,
    applicationVariables: [],
    defaultRoleId: null,
  };
}

/** Everything of a manifest that has an identifier; an object's own fields stand beside it. */
function flatManifest(manifest: Json): Map<string, Json> {
  const flat = new Map<string, Json>();
  const add = (metadataName: string, each: Json) => flat.set(String(each.universalIdentifier), { ...each, metadataName });
  for (const [list, metadataName] of KINDS)
    for (const each of (manifest[list] as Json[] | undefined) ?? []) {
      const { fields, ...rest } = each;
      add(metadataName, metadataName === 'objectMetadata' ? rest : each);
      if (metadataName === 'objectMetadata')
        for (const field of (fields as Json[] | undefined) ?? [])
          add('fieldMetadata', { ...field, objectUniversalIdentifier: each.universalIdentifier });
    }
  return flat;
}

function difference(old: Map<string, Json>, wanted: Map<string, Json>): SyncAction[] {
  const actions: SyncAction[] = [];
  for (const [universalIdentifier, { metadataName, ...entity }] of old)
    if (!wanted.has(universalIdentifier))
      actions.push({ type: 'delete', metadataName: String(metadataName), universalIdentifier, flatEntity: entity });
  for (const [universalIdentifier, { metadataName, ...entity }] of wanted) {
    const before = old.get(universalIdentifier);
    if (!before) actions.push({ type: 'create', metadataName: String(metadataName), flatEntity: entity });
    else {
      const keys = [...new Set([...Object.keys(before), ...Object.keys(entity)])].filter(
        (key) => key !== 'metadataName' && !isDeepStrictEqual(before[key], entity[key]),
      );
      if (keys.length > 0)
        actions.push({
          type: 'update',
          metadataName: String(metadataName),
          universalIdentifier,
          flatEntity: entity,
          diff: Object.fromEntries(keys.map((key) => [key, { before: before[key], after: entity[key] }])),
        });
    }
  }
  return actions;
}
