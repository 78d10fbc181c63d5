/** Finds the Twenty server behind the address that somebody typed, without a key. */
import { told } from '../../../platform/told.js';
import { HostFailure } from '../../host.js';
import { failure, networkFailure, serverFailure } from './words.js';
import { compareVersions, isVersion, OLDEST } from './version.js';

export interface Server {
  /** Without a slash at its end. */
  url: string;
  version: string;
  /** How far its clock is ahead of ours, to the second; null where its answer has no time. */
  clockAheadMs: number | null;
  /** Set where the address differs from the typed one. */
  corrected: boolean;
}

const ANSWER_MS = 10_000;
/** The addresses of the API, of which people copy one. */
const API_PATH = /\/(graphql|metadata|rest|healthz|client-config|open-api)(\/.*)?$/;

/**
 * The addresses to look at, the typed one first. Pure.
 *
 * @throws HostFailure INVALID for a text that is no address
 */
export function candidates(typed: string): string[] {
  const text = typed.trim();
  const example = 'Give an address such as --url https://crm.example.org';
  if (!/^[a-z]+:\/\//i.test(text)) {
    const scheme = /^(localhost|[\d.]+)(:|\/|$)/.test(text) ? 'http' : 'https';
    const guess = /^[\w.-]+(:\d+)?(\/|$)/.test(text) ? `Did you mean --url ${scheme}://${text} ?` : example;
    throw failure('INVALID', `"${text}" is not a complete address.`, guess);
  }
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw failure('INVALID', `"${text}" is not a web address.`, example);
  const { origin, pathname } = new URL(text);
  const path = pathname.replace(API_PATH, '').replace(/\/+$/, '');
  return [...new Set([origin + path, origin])];
}

/** @throws HostFailure saying in words what answers there, and what to do */
export async function findServer(typed: string): Promise<Server> {
  const [first = '', ...others] = candidates(typed);
  const corrected = first !== typed.trim().replace(/\/+$/, '');
  try {
    return { ...(await probe(first)), corrected };
  } catch (error) {
    if (!(error instanceof HostFailure) || error.kind !== 'INVALID') throw error;
    for (const other of others) {
      const found = await probe(other).catch(() => null);
      if (found) return { ...found, corrected: true };
    }
    throw error;
  }
}

/** @throws HostFailure INVALID where the version is too old */
export function mustBeRecent(version: string): void {
  if (compareVersions(version, OLDEST) < 0)
    throw failure(
      'INVALID',
      `This Twenty is ${version}; Patchbay needs ${OLDEST} or newer.`,
      'Upgrade Twenty first, then run this again.',
      undefined,
      told('CRM_TOO_OLD', { version, oldest: OLDEST }),
    );
}

async function probe(url: string): Promise<Omit<Server, 'corrected'>> {
  const get = async (): Promise<{ response: Response; text: string }> => {
    const response = await fetch(`${url}/client-config`, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) });
    return { response, text: await response.text() };
  };
  // The first request may have gone out on an old connection that the server has closed since; the second one opens a new connection.
  const { response, text } = await get()
    .catch(get)
    .catch((error: unknown) => {
      throw networkFailure(url, error);
    });
  if (response.status >= 300 && response.status < 400) throw redirected(url, response.headers.get('location'));
  if (response.status >= 500) throw serverFailure(url, response.status);
  const config = parsed(text);
  if (!config || !('appVersion' in config || 'authProviders' in config)) throw notTwenty(url, response.status, text);
  if (!isVersion(config.appVersion))
    throw failure(
      'INVALID',
      `The Twenty at ${url} does not say which version it is.`,
      'Set APP_VERSION for its server, for example APP_VERSION=2.21.0.',
    );
  const date = Date.parse(response.headers.get('date') ?? '');
  return { url, version: config.appVersion, clockAheadMs: Number.isNaN(date) ? null : date - Date.now() };
}

function redirected(url: string, location: string | null): HostFailure {
  const target = location ? new URL(location, url).href.replace(API_PATH, '').replace(/\/+$/, '') : null;
  return failure(
    'INVALID',
    `${url} sends visitors on${target ? ` to ${target}` : ''}.`,
    target ? `Use that address, so that the API key goes to nobody else: --url ${target}` : "Use the address of Twenty's server itself.",
  );
}

const notTwenty = (url: string, status: number, text: string): HostFailure =>
  failure(
    'INVALID',
    /^\s*</.test(text)
      ? `${url} answers with a web page (${status}), not with Twenty's API.`
      : `What answers at ${url} (${status}) is not Twenty.`,
    "If Twenty's pages and its server have different addresses, give the server's: SERVER_URL in Twenty's settings.",
  );

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Whether only this machine, or only its own network, reaches the address. Pure. */
export function reachOf(url: string): 'loopback' | 'private' | 'public' {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host) || host === '0.0.0.0') return 'loopback';
  if (/^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host) || /^(fc|fd|fe80)/i.test(host)) return 'private';
  return host.includes('.') || host.includes(':') ? 'public' : 'private';
}
