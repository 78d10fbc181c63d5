/** The GraphQL documents that the sync asks Twenty with: one root field each, since Twenty counts those. */
import type { CrmKind } from '../host.js';
import { OBJECTS, selection } from './objects.js';

const pascal = (name: string): string => name[0]!.toUpperCase() + name.slice(1);

/** A filter that includes deleted records, which Twenty hides otherwise. */
export const DELETED_TOO = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };

/** Variables: filter, first, after. The oldest change comes first. */
export function findMany(kind: CrmKind): string {
  const { singular, plural } = OBJECTS[kind];
  return `query Find($filter: ${pascal(singular)}FilterInput, $first: Int, $after: String) {
    found: ${plural}(filter: $filter, first: $first, after: $after, orderBy: [{ updatedAt: AscNullsFirst }, { id: AscNullsFirst }]) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { ${selection(kind)} } }
    }
  }`;
}

/** The fields by which Twenty finds a record that it is sent, besides its id. */
const UNIQUE: Readonly<Partial<Record<CrmKind, string>>> = { PERSON: 'emails { primaryEmail }' };

/** Variables: data. */
export function upsertMany(kind: CrmKind): string {
  const { singular, plural } = OBJECTS[kind];
  return `mutation Upsert($data: [${pascal(singular)}CreateInput!]!) {
    written: create${pascal(plural)}(data: $data, upsert: true) { id ${UNIQUE[kind] ?? ''} }
  }`;
}

/** Variables: filter. */
export function deleteMany(kind: CrmKind): string {
  const { singular, plural } = OBJECTS[kind];
  return `mutation Delete($filter: ${pascal(singular)}FilterInput!) { gone: delete${pascal(plural)}(filter: $filter) { id } }`;
}

/** The column of a timeline activity that names a record of this kind. */
export const targetOf = (kind: CrmKind): string => `target${pascal(OBJECTS[kind].singular)}Id`;

/** The kinds whose edits Twenty keeps in its timelines: all but its users. */
export const IN_TIMELINES = (Object.keys(OBJECTS) as CrmKind[]).filter((kind) => kind !== 'USER');

/**
 * The activities of people, which Twenty writes down by itself for every record. It keeps several edits of one record by one person
 * within ten minutes as one activity, updated each time. Variables: filter, first.
 */
export const ACTIVITIES = `query Activities($filter: TimelineActivityFilterInput, $first: Int) {
  found: timelineActivities(filter: $filter, first: $first, orderBy: [{ updatedAt: DescNullsLast }]) {
    edges { node { id updatedAt ${IN_TIMELINES.map(targetOf).join(' ')} } }
  }
}`;

export const WHO_AM_I = `query WhoAmI {
  currentUser { id email firstName lastName workspaceMember { id roles { canUpdateAllSettings } } currentWorkspace { id } }
}`;

export const ROLES = `query Roles {
  getRoles { canUpdateAllSettings workspaceMembers { id } }
}`;
