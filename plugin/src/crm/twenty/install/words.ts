/** The meaning of a failure for an administrator, and the next step. Pure. */
import { COMMAND } from '../../../platform/command.js';
import type { ToldCode } from '../../../platform/generated/graphql.js';
import { told, type Told } from '../../../platform/told.js';
import type { LockedOut } from '../../administration.js';
import { HostFailure, type FailureKind } from '../../host.js';

/** As Twenty 2.21 calls its menus. */
export const KEY_MENU = 'Settings → MCP & APIs → API → Create API key';
export const ROLES_MENU = 'Settings → Members → Roles';

/** @param next what to do, on lines of its own */
export const failure = (kind: FailureKind, what: string, next: string, cause?: unknown, by?: Told): HostFailure =>
  new HostFailure(kind, `${what}\n${next}`, { cause, ...(by && { told: by }) });

const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

/** The meaning of a failed connection to `url`. */
export function networkFailure(url: string, error: unknown): HostFailure {
  const { host, hostname } = new URL(url);
  const { code, name, reason } = innermost(error);
  const say = (as: ToldCode, what: string, next: string): HostFailure =>
    failure('UNREACHABLE', what, next, error, told(as, { host, error: code || reason }));
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return say(
      'CRM_NO_HOST',
      `There is no machine called ${hostname}, as far as this one knows (${code}).`,
      'Check the spelling of --url, and your DNS or VPN.',
    );
  if (code === 'ECONNREFUSED')
    return say('CRM_NO_CONNECTION', `Nothing listens at ${host}.`, 'Is Twenty running, and is the port in --url the one of its server?');
  if (name === 'TimeoutError' || code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'EHOSTUNREACH')
    return say(
      'CRM_NO_ANSWER',
      `${host} does not answer.`,
      'A firewall may be in between, or Twenty is starting. Try again, or try from another machine.',
    );
  if (code === 'CERT_HAS_EXPIRED')
    return say('CRM_UNTRUSTED', `The certificate of ${host} has expired.`, 'Renew it there; then run this again.');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return say('CRM_UNTRUSTED', `The certificate of ${host} is for another name.`, 'Use the name that is in the certificate as --url.');
  if (UNTRUSTED.has(code))
    return say(
      'CRM_UNTRUSTED',
      `The certificate of ${host} is signed by somebody this machine does not know (${code}).`,
      `Give the file of its authority: NODE_EXTRA_CA_CERTS=/path/ca.pem ${COMMAND} …`,
    );
  if (/WRONG_VERSION_NUMBER|EPROTO|PACKET_LENGTH_TOO_LONG/.test(code))
    return say('CRM_NO_HTTPS', `${host} does not speak https.`, `Use --url http://${host}, or switch TLS on there.`);
  if (/HPE_|UND_ERR_SOCKET|ECONNRESET/.test(code))
    return say(
      'CRM_BROKEN_OFF',
      `${host} closed the connection (${code}).`,
      'Perhaps it speaks https only: try --url https://… . If Twenty is restarting, try again.',
    );
  return say('CRM_UNREACHABLE', `${host} cannot be reached (${reason}).`, 'Check --url and that Twenty is running.');
}

function innermost(error: unknown): { code: string; name: string; reason: string } {
  const { cause, name = '' } = (error ?? {}) as {
    cause?: { code?: string; message?: string; errors?: { code?: string }[] };
    name?: string;
  };
  const own = (error as { code?: string } | null)?.code;
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? (typeof own === 'string' ? own : '');
  return { code, name, reason: code || cause?.message || (error as Error | null)?.message || 'the connection failed' };
}

/** Twenty, or the proxy in front of it, answered with an error of its own. */
export const serverFailure = (url: string, status: number): HostFailure =>
  failure(
    'UNREACHABLE',
    `${new URL(url).host} answers with ${status}.`,
    status === 502 || status === 503 || status === 504
      ? 'Twenty is starting, or the proxy in front of it cannot reach it. Try again in a minute; what was done so far is kept.'
      : "Look into the log of Twenty's server; then run this again. What was done so far is kept.",
    undefined,
    told('CRM_ANSWERED', { status }),
  );

export const keyRefused = (why: string): HostFailure =>
  failure(
    'DENIED',
    `Twenty does not accept the API key: ${why}.`,
    `Make a new one in Twenty: ${KEY_MENU}, with the role Admin.`,
    undefined,
    told('CRM_KEY_REFUSED', { why }),
  );

/** The setting of Twenty that gives a missing right, as Twenty names it. */
export const RIGHT_NAMES = {
  applications: 'Applications',
  webhooks: 'API Keys & Webhooks',
  upload: 'Upload files',
  read: 'See records on all objects',
  write: 'Edit records on all objects',
  remove: 'Delete records on all objects',
} as const;

export type Right = keyof typeof RIGHT_NAMES;

export const rightsMissing = (role: string | null, missing: readonly Right[]): HostFailure =>
  failure(
    'DENIED',
    `The API key${role ? `'s role, ${role},` : ''} may not do what Patchbay needs. It lacks:\n${missing.map((right) => `  - ${RIGHT_NAMES[right]}`).join('\n')}`,
    `In Twenty: ${ROLES_MENU}, switch these on for that role, or make a key with the role Admin.`,
    undefined,
    told('CHECK_RIGHTS_LACK', { role, rights: missing.map((right) => RIGHT_NAMES[right]) }),
  );

const MOST_NAMED = 20;

/** Twenty lets nobody in without a role, and takes no role for a user from an API key: people have to be given theirs before. */
export const wouldLockOut = (people: readonly LockedOut[]): HostFailure =>
  failure(
    'INVALID',
    [
      `${people.length === 1 ? 'One would be' : `${people.length} would be`} locked out of Twenty, for their only role is one of Patchbay's that goes:`,
      ...people.slice(0, MOST_NAMED).map(({ name, role }) => `  - ${name}: ${role}`),
      ...(people.length > MOST_NAMED ? [`  and ${people.length - MOST_NAMED} more`] : []),
    ].join('\n'),
    `Nothing was changed. Give each another role first, in Twenty: ${ROLES_MENU} → the role, such as Member → Assign to member. Then run this again.`,
    undefined,
    told('CRM_LOCKS_OUT', { people: people.slice(0, MOST_NAMED).map(({ name }) => name), count: people.length }),
  );

interface ValidationError {
  code?: string;
  message?: string;
}

interface ValidationItem {
  type?: string;
  errors?: ValidationError[];
  flatEntityMinimalInformation?: Record<string, unknown>;
}

/** Twenty's reasons against a manifest, a line each; `name` says what an identifier belongs to. */
export function validationLines(errors: unknown, name: (id: string) => string | undefined): string[] {
  if (!errors || typeof errors !== 'object') return [];
  return Object.entries(errors as Record<string, ValidationItem[]>).flatMap(([kind, items]) =>
    (Array.isArray(items) ? items : []).flatMap((item) => {
      const ids = Object.values(item.flatEntityMinimalInformation ?? {}).filter((value): value is string => typeof value === 'string');
      const named = ids.map(name).find(Boolean) ?? ids[0] ?? '';
      return (item.errors ?? []).map((error) => `${kind} ${named}: ${error.message ?? error.code ?? 'refused'}`);
    }),
  );
}
