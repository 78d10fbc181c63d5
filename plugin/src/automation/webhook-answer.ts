/** What the answer to a webhook means, in words, and when another attempt is made. */
import { said, type Said } from '../platform/told.js';

export interface Verdict {
  /** `failed` is final; `again` may go better later. */
  outcome: 'sent' | 'again' | 'failed';
  /** HTTP status; null where there was no answer. */
  status: number | null;
  /** For people; null where it was sent. */
  error: Said | null;
  /** How long the receiver asks to be left alone, in milliseconds. */
  retryAfterMs?: number;
}

/** Milliseconds to wait after the first, second, … failed attempt; the last comes about a day after the first. */
const WAITS_MS = [2_000, 30_000, 300_000, 1_800_000, 7_200_000, 21_600_000, 54_000_000];
export const ATTEMPTS = WAITS_MS.length + 1;
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Refusals that are about the moment, not about the request. */
const PASSING = [408, 425, 429];

/**
 * @param retryAfter the header as it came: seconds, or a date
 * @param now milliseconds since the epoch
 */
export function judge(status: number, retryAfter: string | undefined, now: number): Verdict {
  if (status >= 200 && status < 300) return { outcome: 'sent', status, error: null };
  const final = status >= 400 && status < 500 && !PASSING.includes(status);
  if (final) return { outcome: 'failed', status, error: refusalOf(status) };
  const error =
    status >= 300 && status < 400
      ? said(
          'WEBHOOK_REDIRECTED',
          `The receiver answers with a redirect (${status}), which is not followed: write the address it leads to into the rule.`,
          { status },
        )
      : status === 429
        ? said('WEBHOOK_TOO_MANY', 'The receiver asks for fewer calls (429).', { status })
        : said('WEBHOOK_RECEIVER_FAILS', `The receiver has a failure (${status}).`, { status });
  return { outcome: 'again', status, error, retryAfterMs: retryAfterMs(retryAfter, now) };
}

/** @param host as in the URL; the rest of a URL may hold keys, and is told to nobody */
export function judgeFailure(host: string, error: unknown, answerMs: number): Verdict {
  const { code, name, errors } = error as { code?: string; name?: string; errors?: { code?: string }[] };
  return {
    outcome: 'again',
    status: null,
    error:
      name === 'TimeoutError' || name === 'AbortError'
        ? said('WEBHOOK_NO_ANSWER', `${host} gave no answer within ${answerMs / 1_000} s.`, { host, seconds: answerMs / 1_000 })
        : whyNot(host, code ?? errors?.[0]?.code ?? 'no reason given'),
  };
}

/** How long to wait after this many failed attempts, and never shorter than the receiver asked for, up to an hour. */
export const waitMs = (attemptsMade: number, retryAfterMs = 0): number =>
  Math.max(WAITS_MS[Math.min(attemptsMade, WAITS_MS.length) - 1] ?? 0, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));

function refusalOf(status: number): Said {
  switch (status) {
    case 401:
    case 403:
      return said('WEBHOOK_UNAUTHORIZED', `The receiver refuses it (${status}): compare the secret on both sides.`, { status });
    case 404:
      return said('WEBHOOK_UNKNOWN_ADDRESS', 'The receiver knows no such address (404).', { status });
    case 410:
      return said('WEBHOOK_UNWANTED', 'The receiver wants no more of these (410).', { status });
    case 413:
      return said('WEBHOOK_TOO_LARGE', 'It is too large for the receiver (413).', { status });
    default:
      return said('WEBHOOK_REFUSED', `The receiver refuses it (${status}).`, { status });
  }
}

function whyNot(host: string, code: string): Said {
  const facts = { host, error: code };
  if (code === 'ENOTFOUND') return said('WEBHOOK_NO_HOST', `There is no host ${host}.`, facts);
  if (code === 'EAI_AGAIN') return said('WEBHOOK_NO_LOOKUP', `The name ${host} cannot be looked up now.`, facts);
  if (code === 'ECONNREFUSED') return said('WEBHOOK_NO_CONNECTION', `${host} takes no connections there.`, facts);
  if (/CERT|SIGNATURE|ALTNAME/.test(code))
    return said('WEBHOOK_UNTRUSTED', `The certificate of ${host} cannot be trusted (${code}).`, facts);
  if (/^(ECONNRESET|EPIPE|HPE_.*)$/.test(code))
    return said('WEBHOOK_BROKEN_OFF', `${host} broke the connection off or answered something that is not HTTP (${code}).`, facts);
  return said('WEBHOOK_UNREACHABLE', `${host} cannot be reached (${code}).`, facts);
}

function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
