/** Speaks GraphQL to a Twenty server over HTTP; its failures are of four kinds. */
import { told } from '../../platform/told.js';
import { HostFailure } from '../host.js';

const ANSWER_MS = 15_000;

export interface TwentyAddress {
  /** The server's address, such as https://crm.example.org; a path in it is kept. */
  url: string;
  /** API key, or a user's or application's access token. */
  token: string;
}

export type TwentyEndpoint = 'graphql' | 'metadata';

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string; subCode?: string; userFriendlyMessage?: string } }[];
}

/**
 * The answer, and the time of Twenty's clock when it came; that of ours where Twenty does not say.
 *
 * @throws HostFailure LIMITED, UNREACHABLE, DENIED or INVALID
 */
export async function askTwenty<T>(
  { url, token }: TwentyAddress,
  endpoint: TwentyEndpoint,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<{ data: T; date: Date }> {
  const response = await send(new URL(endpoint, withSlash(url)), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  return { data: readAnswer<T>(response), date: response.date };
}

/** The body as text, with the status and the server's clock. @throws HostFailure UNREACHABLE */
export async function send(address: URL, request: RequestInit): Promise<{ status: number; text: string; date: Date }> {
  try {
    // A redirect would carry the key to a different address.
    const response = await fetch(address, { ...request, redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS) });
    const said = new Date(response.headers.get('date') ?? '');
    const date = Number.isNaN(said.getTime()) ? new Date() : said;
    return { status: response.status, text: await response.text(), date };
  } catch (error) {
    const reason = reasonOf(error);
    throw new HostFailure('UNREACHABLE', `${address.origin} does not answer (${reason}).`, {
      cause: error,
      told: told('CRM_SILENT', { url: address.origin, reason }),
    });
  }
}

/** @throws HostFailure */
export function readAnswer<T>({ status, text }: { status: number; text: string }): T {
  if (status === 429) throw new HostFailure('LIMITED', 'Twenty takes no more calls for now.', { told: told('CRM_LIMITED') });
  if (status >= 500) throw new HostFailure('UNREACHABLE', `Twenty answered with ${status}.`, { told: told('CRM_ANSWERED', { status }) });
  let answer: Answer<T>;
  try {
    answer = JSON.parse(text) as Answer<T>;
  } catch (error) {
    throw notTheApi(status, error);
  }
  const [first] = answer.errors ?? [];
  if (first) throw failureOf(first, status);
  if (status === 401 || status === 403)
    throw new HostFailure('DENIED', `Twenty answered with ${status}.`, { told: told('CRM_ANSWERED', { status }) });
  if (answer.data === undefined || answer.data === null) throw notTheApi(status);
  return answer.data;
}

function failureOf({ message, extensions }: NonNullable<Answer<unknown>['errors']>[number], status: number): HostFailure {
  const code = extensions?.code ?? '';
  if (extensions?.subCode === 'LIMIT_REACHED') return new HostFailure('LIMITED', message);
  if (['UNAUTHENTICATED', 'FORBIDDEN'].includes(code) || status === 401 || status === 403) return new HostFailure('DENIED', message);
  if (['INTERNAL_SERVER_ERROR', 'TIMEOUT', 'SERVICE_UNAVAILABLE'].includes(code)) return new HostFailure('UNREACHABLE', message);
  return new HostFailure('INVALID', message);
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return `nothing came within ${ANSWER_MS / 1_000} s`;
  return cause?.code ?? cause?.message ?? 'the connection failed';
}

const notTheApi = (status: number, cause?: unknown): HostFailure =>
  new HostFailure('UNREACHABLE', `What answers (${status}) is not Twenty's API.`, { cause, told: told('CRM_NOT_ITS_API', { status }) });
