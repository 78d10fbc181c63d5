/** What an identity provider says of a person, and what that makes of the person here. */
import type { Role } from '../platform/generated/graphql.js';
import { unionOf, type Bounds } from './bounds.js';

/** An outside party's right is given by hand. */
export const PROVIDER_ROLES: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'AGENT', 'ANALYST'];

export interface ProviderGroup {
  group: string;
  role: Role;
  /** Null, and left out where it was kept before there were any, for the whole contact center. */
  bounds?: Bounds | null;
}

/** A provider as it is kept. */
export interface Provider {
  enabled: boolean;
  name: string;
  issuer: string;
  clientId: string;
  scopes: string[];
  groupsClaim: string;
  groups: ProviderGroup[];
}

export interface ProviderPerson {
  issuer: string;
  subject: string;
  name: string;
  /** In lower case; null where the provider says none. */
  email: string | null;
  /** Only where the provider says so: an address that anybody can enter there proves nothing here. */
  emailVerified: boolean;
  groups: string[];
}

type Claims = Readonly<Record<string, unknown>>;

/** @param path a claim's name, which may have dots in it, or the way to it through objects */
function claimAt(claims: Claims, path: string): unknown {
  if (path in claims) return claims[path];
  return path.split('.').reduce<unknown>((at, name) => (typeof at === 'object' && at !== null ? (at as Claims)[name] : undefined), claims);
}

/** A claim that is missing or of another shape means no group. */
export function groupsIn(claims: Claims, path: string): string[] {
  const said = claimAt(claims, path);
  return (Array.isArray(said) ? said : [said]).filter((group): group is string => typeof group === 'string' && group !== '');
}

/** On one line. */
const text = (said: unknown): string | null => (typeof said === 'string' && said.trim() !== '' ? said.trim().replace(/\s+/g, ' ') : null);

export function personIn(claims: Claims & { iss: string; sub: string }, groupsClaim: string): ProviderPerson {
  const email = text(claims.email)?.toLowerCase() ?? null;
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: (text(claims.name) ?? text(claims.preferred_username) ?? text(claims.email) ?? claims.sub).slice(0, 200),
    email: email !== null && /^[^@\s]+@[^@\s]+$/.test(email) ? email : null,
    emailVerified: claims.email_verified === true,
    groups: groupsIn(claims, groupsClaim),
  };
}

/**
 * The role of the first of ours that the person is in, bounded to what the groups with that role are bounded to, all together. A
 * group with another role adds nothing: what it lets its people read must not widen what another lets them change.
 *
 * @returns null: no access
 */
export function rightOf(groups: readonly string[], ours: readonly ProviderGroup[]): { role: Role; bounds: Bounds | null } | null {
  const mine = ours.filter(({ group }) => groups.includes(group));
  const role = mine[0]?.role;
  if (role === undefined) return null;
  const parts = mine.filter((one) => one.role === role).map(({ bounds }) => bounds ?? null);
  return { role, bounds: parts.some((part) => part === null) ? null : unionOf(parts.filter((part) => part !== null)) };
}
