/** The value of an API key: its workspace, its last day, and the rights of its role. */
import { HostFailure } from '../../host.js';
import type { Conversation } from './conversation.js';
import { keyRefused, rightsMissing, type Right } from './words.js';

export interface KeyClaims {
  id: string | null;
  workspaceId: string | null;
  expiresAt: Date | null;
}

export interface KeyFacts extends KeyClaims {
  workspace: { id: string; name: string };
  /** Null where the key may not look at its own role. */
  role: string | null;
  missing: Right[];
}

/**
 * The claims in the key itself. Pure; none of them is verified here.
 *
 * @throws HostFailure DENIED for a text that is no API key, and for a key that has expired
 */
export function readKey(key: string, now: Date): KeyClaims {
  const [, body, signature, ...rest] = key.trim().split('.');
  if (!body || !signature || rest.length > 0) throw keyRefused('it does not look like one; it is a long text with two dots in it');
  let claims: { type?: string; jti?: string; exp?: number; workspaceId?: string };
  try {
    claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as typeof claims;
  } catch {
    throw keyRefused('it is damaged; copy it again, from its first to its last character');
  }
  if (claims.type && claims.type !== 'API_KEY')
    throw keyRefused(`it is a token of another kind (${claims.type}), which ends within the hour`);
  const expiresAt = typeof claims.exp === 'number' ? new Date(claims.exp * 1_000) : null;
  if (expiresAt && expiresAt <= now) throw keyRefused(`it expired on ${expiresAt.toISOString().slice(0, 10)}`);
  return { id: claims.jti ?? null, workspaceId: claims.workspaceId ?? null, expiresAt };
}

/** When this key ends, past or to come; null where it does not say. Pure. */
export function endOfKey(key: string): Date | null {
  try {
    return readKey(key, new Date(0)).expiresAt;
  } catch {
    return null;
  }
}

interface Role {
  label: string;
  canUpdateAllSettings: boolean;
  canAccessAllTools: boolean;
  canReadAllObjectRecords: boolean;
  canUpdateAllObjectRecords: boolean;
  canSoftDeleteAllObjectRecords: boolean;
  permissionFlags: { flag: string }[] | null;
}

/** Rights that the role lacks. Pure. */
export function missingRights(role: Role): Right[] {
  const flags = new Set((role.permissionFlags ?? []).map(({ flag }) => flag));
  const has: Record<Right, boolean> = {
    applications: role.canUpdateAllSettings || flags.has('APPLICATIONS'),
    webhooks: role.canUpdateAllSettings || flags.has('API_KEYS_AND_WEBHOOKS'),
    upload: role.canAccessAllTools || flags.has('UPLOAD_FILE'),
    read: role.canReadAllObjectRecords,
    write: role.canUpdateAllObjectRecords,
    remove: role.canSoftDeleteAllObjectRecords,
  };
  return (Object.keys(has) as Right[]).filter((right) => !has[right]);
}

const ROLE = `query ($id: UUID!) { apiKey(input: { id: $id }) { role {
  label canUpdateAllSettings canAccessAllTools canReadAllObjectRecords canUpdateAllObjectRecords canSoftDeleteAllObjectRecords
  permissionFlags { flag } } } }`;

/** @throws HostFailure DENIED where Twenty does not accept the key */
export async function examineKey(twenty: Conversation, key: string, now: Date): Promise<KeyFacts> {
  const claims = readKey(key, now);
  const { currentWorkspace } = await twenty
    .ask<{ currentWorkspace: { id: string; displayName: string | null } }>('{ currentWorkspace { id displayName } }')
    .catch((error: unknown) => {
      // A forged signature is called bad input; this question itself has none.
      if (error instanceof HostFailure && ['DENIED', 'INVALID'].includes(error.kind))
        throw keyRefused('it was revoked, or is of another Twenty');
      throw error;
    });
  const workspace = { id: currentWorkspace.id, name: currentWorkspace.displayName || currentWorkspace.id };
  const role = claims.id ? await roleOf(twenty, claims.id) : null;
  return { ...claims, workspace, role: role?.label ?? null, missing: role ? missingRights(role) : await probedRights(twenty) };
}

/** @throws HostFailure DENIED naming what the role lacks */
export function mustSuffice({ role, missing }: KeyFacts): void {
  if (missing.length > 0) throw rightsMissing(role, missing);
}

async function roleOf(twenty: Conversation, id: string): Promise<Role | null> {
  const answer = await allowed(twenty.ask<{ apiKey: { role: Role } | null }>(ROLE, { variables: { id } }));
  return answer?.apiKey?.role ?? null;
}

/** A key that may not read the role is tried out. */
async function probedRights(twenty: Conversation): Promise<Right[]> {
  const applications = await allowed(twenty.ask('{ findManyApplications { id } }'));
  const webhooks = await allowed(twenty.ask('{ webhooks { id } }'));
  const people = await allowed(twenty.ask('{ people(first: 1) { totalCount } }', { endpoint: 'graphql' }));
  const found: [Right, unknown][] = [
    ['applications', applications],
    ['webhooks', webhooks],
    ['read', people],
  ];
  return found.filter(([, answer]) => answer === null).map(([right]) => right);
}

async function allowed<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof HostFailure && ['DENIED', 'INVALID'].includes(error.kind)) return null;
    throw error;
  });
}
