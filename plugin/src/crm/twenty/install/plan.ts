/** The changes of an installation, for people: by Twenty's own announcement, or by the manifest alone. Pure. */
import { said, type Said } from '../../../platform/told.js';
import type { Plan, PlanGroup, PlanLine, Sign } from '../../administration.js';
import type { ServerObject } from './conflicts.js';
import { namesOf, type Manifest } from './manifest.js';

/** An action of a sync, as Twenty lists it. */
export interface SyncAction {
  type: 'create' | 'update' | 'delete';
  metadataName: string;
  universalIdentifier?: string;
  flatEntity?: Record<string, unknown>;
  diff?: Record<string, { before: unknown; after: unknown }>;
}

const SIGNS: Record<SyncAction['type'], Sign> = { create: '+', update: '~', delete: '-' };
const ORDER: Sign[] = ['+', '~', '-'];

/** Groups in the order they are shown, by Twenty's names and by the manifest's. */
const GROUPS: readonly { name: string; metadata: string; manifest: string }[] = [
  { name: 'objects', metadata: 'objectMetadata', manifest: 'objects' },
  { name: 'fields', metadata: 'fieldMetadata', manifest: 'fields' },
  { name: 'indexes', metadata: 'index', manifest: 'indexes' },
  { name: 'roles', metadata: 'role', manifest: 'roles' },
  { name: 'object permissions', metadata: 'objectPermission', manifest: 'objectPermissions' },
  { name: 'field permissions', metadata: 'fieldPermission', manifest: 'fieldPermissions' },
  { name: 'permission flags', metadata: 'permissionFlag', manifest: 'permissionFlags' },
  { name: 'role permission flags', metadata: 'rolePermissionFlag', manifest: 'rolePermissionFlags' },
  { name: 'views', metadata: 'view', manifest: 'views' },
  { name: 'view fields', metadata: 'viewField', manifest: 'viewFields' },
  { name: 'view field groups', metadata: 'viewFieldGroup', manifest: 'fieldGroups' },
  { name: 'view filters', metadata: 'viewFilter', manifest: 'filters' },
  { name: 'view filter groups', metadata: 'viewFilterGroup', manifest: 'filterGroups' },
  { name: 'view groups', metadata: 'viewGroup', manifest: 'groups' },
  { name: 'view sorts', metadata: 'viewSort', manifest: 'sorts' },
  { name: 'page layouts', metadata: 'pageLayout', manifest: 'pageLayouts' },
  { name: 'page layout tabs', metadata: 'pageLayoutTab', manifest: 'pageLayoutTabs' },
  { name: 'page layout widgets', metadata: 'pageLayoutWidget', manifest: 'pageLayoutWidgets' },
  { name: 'menu items', metadata: 'navigationMenuItem', manifest: 'navigationMenuItems' },
  { name: 'commands', metadata: 'commandMenuItem', manifest: 'commandMenuItems' },
  { name: 'front components', metadata: 'frontComponent', manifest: 'frontComponents' },
  { name: 'logic functions', metadata: 'logicFunction', manifest: 'logicFunctions' },
  { name: 'search fields', metadata: 'searchFieldMetadata', manifest: 'searchFields' },
  { name: 'settings', metadata: 'applicationVariable', manifest: 'applicationVariables' },
];

const VALUE_LENGTH = 60;
/** Properties that change with every run, or mean nothing to a person. */
const SILENT = new Set(['createdAt', 'updatedAt', 'universalIdentifier', 'id']);

export interface Known {
  manifest: Manifest;
  objects: readonly ServerObject[];
  /** How many records an object has, by namePlural. */
  counts: ReadonlyMap<string, number>;
}

export function planOf(actions: readonly SyncAction[], known: Known): Plan {
  const names = namesOf(known.manifest);
  for (const object of known.objects) {
    if (!names.has(object.universalIdentifier)) names.set(object.universalIdentifier, object.nameSingular);
    for (const field of object.fieldsList) names.set(field.universalIdentifier, `${object.nameSingular}.${field.name}`);
  }
  for (const field of known.manifest.fields)
    names.set(field.universalIdentifier, `${names.get(field.objectUniversalIdentifier) ?? 'another object'}.${field.name}`);
  const groups = new Map<string, PlanLine[]>();
  for (const action of actions) {
    const line = { sign: SIGNS[action.type], name: nameOf(action, names), details: detailsOf(action) };
    const group = GROUPS.find(({ metadata }) => metadata === action.metadataName)?.name ?? action.metadataName;
    groups.set(group, [...(groups.get(group) ?? []), line]);
  }
  return assemble(groups, lossesOf(actions, known, names));
}

/** For a server that will not say what it would do: everything in the manifest is new. */
export function planOfManifest(manifest: Manifest): Plan {
  const names = namesOf(manifest);
  const groups = new Map<string, PlanLine[]>();
  const add = (group: string, name: string): void =>
    void groups.set(group, [...(groups.get(group) ?? []), { sign: '+', name, details: [] }]);
  for (const { name, manifest: key } of GROUPS) {
    const entities = (manifest[key] ?? []) as { universalIdentifier: string }[];
    for (const entity of entities) add(name, names.get(entity.universalIdentifier) ?? entity.universalIdentifier);
  }
  for (const object of manifest.objects) for (const field of object.fields) add('fields', `${object.nameSingular}.${field.name}`);
  for (const key of Object.keys(manifest.application.applicationVariables ?? {})) add('settings', key);
  return assemble(groups, []);
}

function assemble(groups: Map<string, PlanLine[]>, losses: Said[]): Plan {
  const counts: Record<Sign, number> = { '+': 0, '~': 0, '-': 0 };
  const order = GROUPS.map(({ name }) => name);
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted: PlanGroup[] = [...groups]
    .sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b))
    .map(([name, lines]) => ({
      name,
      lines: [...lines].sort((a, b) => ORDER.indexOf(a.sign) - ORDER.indexOf(b.sign) || a.name.localeCompare(b.name)),
    }));
  for (const { lines } of sorted) for (const { sign } of lines) counts[sign] += 1;
  return { groups: sorted, counts, losses: losses.map(({ text }) => text), lossesTold: losses.map(({ told }) => told) };
}

export const isEmpty = (plan: Plan): boolean => plan.groups.length === 0;

/** A thing without a name of its own is named after those that it joins: a permission after its role and object. */
const JOINS: Readonly<Record<string, readonly string[]>> = {
  index: ['objectMetadata'],
  objectPermission: ['role', 'objectMetadata'],
  fieldPermission: ['role', 'fieldMetadata'],
  rolePermissionFlag: ['role'],
  searchFieldMetadata: ['fieldMetadata'],
  viewField: ['view', 'fieldMetadata'],
  viewFilter: ['view', 'fieldMetadata'],
  viewSort: ['view', 'fieldMetadata'],
  viewGroup: ['view', 'fieldMetadata'],
};
const MENU_TARGETS = ['targetObjectMetadata', 'view', 'pageLayout'];

function nameOf({ metadataName, universalIdentifier, flatEntity = {} }: SyncAction, names: ReadonlyMap<string, string>): string {
  const id = universalIdentifier ?? (flatEntity.universalIdentifier as string | undefined) ?? '';
  const text = (key: string): string | undefined =>
    typeof flatEntity[key] === 'string' && flatEntity[key] !== '' ? flatEntity[key] : undefined;
  const linked = (key: string): string | undefined => names.get(text(`${key}UniversalIdentifier`) ?? '');
  const joined = (JOINS[metadataName] ?? []).map(linked).filter(Boolean);
  if (joined.length > 0) return [joined.join(': '), ...indexedFields(flatEntity, names)].join(' ');
  if (metadataName === 'fieldMetadata' && !names.has(id)) return [linked('objectMetadata'), text('name') ?? id].filter(Boolean).join('.');
  const own = names.get(id) ?? text('nameSingular') ?? text('name') ?? text('label') ?? text('title') ?? text('key');
  return own ?? MENU_TARGETS.map(linked).find(Boolean) ?? id;
}

function indexedFields(
  { universalFlatIndexFieldMetadatas: fields }: Record<string, unknown>,
  names: ReadonlyMap<string, string>,
): string[] {
  if (!Array.isArray(fields)) return [];
  const ids = (fields as { fieldMetadataUniversalIdentifier?: string }[]).map((field) => field.fieldMetadataUniversalIdentifier ?? '');
  return [`(${ids.map((id) => names.get(id)?.split('.').at(-1) ?? id).join(', ')})`];
}

function detailsOf({ type, metadataName, diff = {}, flatEntity }: SyncAction): string[] {
  if (type !== 'update') return [];
  const secret = metadataName === 'applicationVariable' && flatEntity?.isSecret !== false;
  return Object.entries(diff)
    .filter(([key]) => !SILENT.has(key))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, { before, after }]) => {
      if (/Checksum$/.test(key)) return 'its file';
      return secret && key === 'value' ? `${key}: (hidden)` : `${key}: ${shown(before)} → ${shown(after)}`;
    });
}

function shown(value: unknown): string {
  const text = value === undefined || value === null ? 'nothing' : typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH - 1)}…` : text;
}

/** The objects that lose something which may hold data. */
export function objectsAtStake(actions: readonly SyncAction[], objects: readonly ServerObject[]): ServerObject[] {
  const ids = new Set(actions.filter(({ type, metadataName }) => mayLose(type, metadataName)).map(idOf));
  return objects.filter(
    ({ universalIdentifier, fieldsList }) => ids.has(universalIdentifier) || fieldsList.some((field) => ids.has(field.universalIdentifier)),
  );
}

/** Universal identifiers of roles that a sync takes away. */
export const rolesGone = (actions: readonly SyncAction[]): Set<string> =>
  new Set(actions.filter(({ type, metadataName }) => type === 'delete' && metadataName === 'role').map(idOf));

const mayLose = (type: SyncAction['type'], metadataName: string): boolean =>
  (type === 'delete' && metadataName === 'objectMetadata') || (type !== 'create' && metadataName === 'fieldMetadata');

/** Records, columns and options that are gone for good once the actions are carried out. */
function lossesOf(actions: readonly SyncAction[], { objects, counts }: Known, names: ReadonlyMap<string, string>): Said[] {
  const dropped = new Set(actions.filter(({ type, metadataName }) => type === 'delete' && metadataName === 'objectMetadata').map(idOf));
  const countOf = (object: ServerObject): number => counts.get(object.namePlural) ?? 0;
  const losses: Said[] = [];
  for (const action of actions) {
    const id = idOf(action);
    const name = names.get(id) ?? nameOf(action, names);
    if (action.type === 'delete' && action.metadataName === 'objectMetadata') {
      const object = objects.find(({ universalIdentifier }) => universalIdentifier === id);
      const count = object ? countOf(object) : 0;
      if (count > 0) losses.push(said('LOSS_OBJECT', `${name}: the object and its ${records(count)}`, { name, count }));
    }
    if (action.metadataName !== 'fieldMetadata') continue;
    const owner = objects.find(({ fieldsList }) => fieldsList.some(({ universalIdentifier }) => universalIdentifier === id));
    if (!owner || dropped.has(owner.universalIdentifier) || countOf(owner) === 0) continue;
    const count = countOf(owner);
    if (action.type === 'delete')
      losses.push(said('LOSS_FIELD', `${name}: the field and what ${records(count)} hold in it`, { name, count }));
    const gone = action.type === 'update' ? optionsGone(action.diff?.options) : [];
    if (gone.length > 0)
      losses.push(said('LOSS_OPTIONS', `${name}: the option${gone.length > 1 ? 's' : ''} ${gone.join(', ')}`, { name, options: gone }));
  }
  return losses.sort((a, b) => (a.text < b.text ? -1 : 1));
}

const idOf = (action: SyncAction): string => action.universalIdentifier ?? String(action.flatEntity?.universalIdentifier ?? '');
const records = (count: number): string => `${count.toLocaleString('en')} record${count === 1 ? '' : 's'}`;

function optionsGone(change: { before: unknown; after: unknown } | undefined): string[] {
  const values = (list: unknown): string[] => (Array.isArray(list) ? (list as { value?: string }[]).map(({ value }) => value ?? '') : []);
  if (!change) return [];
  const after = new Set(values(change.after));
  return values(change.before).filter((value) => !after.has(value));
}
