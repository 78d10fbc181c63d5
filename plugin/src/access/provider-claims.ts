/** What an identity provider says of a person, and what that makes of the person here. */
import type { Role } from '../platform/generated/graphql.js';

/** Those that need no bounds, which a group does not say. */
export const PROVIDER_ROLES: readonly Role[] = ['ADMIN', 'SUPERVISOR', 'AGENT'];

export interface ProviderGroup {
  group: string;
  role: Role;
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

/** By the first of ours that the person is in; null: no access. */
export const roleOf = (groups: readonly string[], ours: readonly ProviderGroup[]): Role | null =>
  ours.find(({ group }) => groups.includes(group))?.role ?? null;
