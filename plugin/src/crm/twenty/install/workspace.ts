/** The present state of the workspace, as far as the installer asks. */
import type { Conversation } from './conversation.js';
import { NotInstalled } from './conversation.js';
import type { LockedOut } from '../../administration.js';
import type { ServerObject } from './conflicts.js';
import type { SyncAction } from './plan.js';
import type { Manifest } from './manifest.js';

export interface Application {
  id: string;
  name: string;
  /** Null until an installation has come to its end once. */
  version: string | null;
  universalIdentifier: string;
  applicationVariables: { key: string; value: string }[];
}

const OBJECTS = `{ objects(paging: { first: 1000 }) { edges { node {
  universalIdentifier nameSingular namePlural labelSingular labelPlural applicationId isActive
  fieldsList { universalIdentifier name label type applicationId } } } } }`;

export async function readObjects(twenty: Conversation): Promise<ServerObject[]> {
  const { objects } = await twenty.ask<{ objects: { edges: { node: ServerObject }[] } }>(OBJECTS);
  return objects.edges.map(({ node }) => node);
}

/** Names of all applications by their ids. */
export async function readOwners(twenty: Conversation): Promise<Map<string, string>> {
  const { findManyApplications } = await twenty.ask<{ findManyApplications: { id: string; name: string }[] }>(
    '{ findManyApplications { id name } }',
  );
  return new Map(findManyApplications.map(({ id, name }) => [id, name]));
}

/** Null where the application is not there. */
export async function readApplication(twenty: Conversation, universalIdentifier: string): Promise<Application | null> {
  try {
    const { findOneApplication } = await twenty.ask<{ findOneApplication: Application }>(
      `query ($universalIdentifier: UUID!) { findOneApplication(universalIdentifier: $universalIdentifier) {
        id name version universalIdentifier applicationVariables { key value } } }`,
      { variables: { universalIdentifier } },
    );
    return findOneApplication;
  } catch (error) {
    if (error instanceof NotInstalled) return null;
    throw error;
  }
}

interface RoleHolders {
  universalIdentifier: string | null;
  label: string;
  workspaceMembers: { id: string; name: { firstName: string | null; lastName: string | null }; userEmail: string }[] | null;
  apiKeys: { id: string; name: string; revokedAt: string | null }[] | null;
}

/** @param going universal identifiers of roles that are about to go @returns the people who have no other role */
export async function readLockedOut(twenty: Conversation, going: ReadonlySet<string>): Promise<LockedOut[]> {
  if (going.size === 0) return [];
  const { getRoles } = await twenty.ask<{ getRoles: RoleHolders[] }>(
    '{ getRoles { universalIdentifier label workspaceMembers { id name { firstName lastName } userEmail } apiKeys { id name revokedAt } } }',
  );
  return lockedOutOf(getRoles, going);
}

/** Pure. */
export function lockedOutOf(roles: readonly RoleHolders[], going: ReadonlySet<string>): LockedOut[] {
  const isGoing = ({ universalIdentifier }: RoleHolders): boolean => going.has(universalIdentifier ?? '');
  const staying = roles.filter((role) => !isGoing(role));
  const kept = new Set(
    staying.flatMap(({ workspaceMembers, apiKeys }) => [...(workspaceMembers ?? []), ...(apiKeys ?? [])].map(({ id }) => id)),
  );
  return roles.filter(isGoing).flatMap(({ label, workspaceMembers, apiKeys }) => [
    ...(workspaceMembers ?? [])
      .filter(({ id }) => !kept.has(id))
      .map(({ name, userEmail }) => ({
        name: [[name.firstName, name.lastName].filter(Boolean).join(' '), `<${userEmail}>`].filter(Boolean).join(' '),
        role: label,
      })),
    ...(apiKeys ?? [])
      .filter(({ id, revokedAt }) => revokedAt === null && !kept.has(id))
      .map(({ name }) => ({ name: `the API key ${name}`, role: label })),
  ]);
}

/** Records are counted, not estimated, and without those in the bin. */
export async function countRecords(twenty: Conversation, namePlural: string): Promise<number> {
  const answer = await twenty.ask<Record<string, { totalCount: number }>>(`{ ${namePlural}(first: 1) { totalCount } }`, {
    endpoint: 'graphql',
  });
  return answer[namePlural]?.totalCount ?? 0;
}

/** Of the workspace's first members, oldest first. */
export async function readLocales(twenty: Conversation): Promise<(string | null)[]> {
  const { workspaceMembers } = await twenty.ask<{ workspaceMembers: { edges: { node: { locale: string | null } }[] } }>(
    '{ workspaceMembers(first: 100, orderBy: [{ createdAt: AscNullsFirst }]) { edges { node { locale } } } }',
    { endpoint: 'graphql' },
  );
  return workspaceMembers.edges.map(({ node }) => node.locale);
}

const SYNC = `mutation ($manifest: JSON!, $dryRun: Boolean) {
  syncApplication(manifest: $manifest, dryRun: $dryRun) { applicationUniversalIdentifier actions } }`;
/** A first sync makes tables and writes a client for the application; two of them wait for each other. */
const SYNC_MS = 180_000;

export async function sync(twenty: Conversation, manifest: Manifest, dryRun: boolean): Promise<SyncAction[]> {
  const { syncApplication } = await twenty.ask<{ syncApplication: { actions: SyncAction[] } }>(SYNC, {
    variables: { manifest, dryRun },
    paced: true,
    answerMs: SYNC_MS,
  });
  return syncApplication.actions ?? [];
}
