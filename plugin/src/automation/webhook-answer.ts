/** What the answer to a webhook means, in words, and when another attempt is made. */

export interface Verdict {
  /** `failed` is final; `again` may go better later. */
  outcome: 'sent' | 'again' | 'failed';
  /** HTTP status; null where there was no answer. */
  status: number | null;
  /** For people; null where it was sent. */
  error: string | null;
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
      ? `The receiver answers with a redirect (${status}), which is not followed: write the address it leads to into the rule.`
      : status === 429
        ? 'The receiver asks for fewer calls (429).'
        : `The receiver has a failure (${status}).`;
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
        ? `${host} gave no answer within ${answerMs / 1_000} s.`
        : whyNot(host, code ?? errors?.[0]?.code ?? 'no reason given'),
  };
}

/** How long to wait after this many failed attempts, and never shorter than the receiver asked for, up to an hour. */
export const waitMs = (attemptsMade: number, retryAfterMs = 0): number =>
  Math.max(WAITS_MS[Math.min(attemptsMade, WAITS_MS.length) - 1] ?? 0, Math.min(retryAfterMs, MAX_RETRY_AFTER_MS));

function refusalOf(status: number): string {
  switch (status) {
    case 401:
    case 403:
      return `The receiver refuses it (${status}): compare the secret on both sides.`;
    case 404:
      return 'The receiver knows no such address (404).';
    case 410:
      return 'The receiver wants no more of these (410).';
    case 413:
      return 'It is too large for the receiver (413).';
    default:
      return `The receiver refuses it (${status}).`;
  }
}

function whyNot(host: string, code: string): string {
  if (code === 'ENOTFOUND') return `There is no host ${host}.`;
  if (code === 'EAI_AGAIN') return `The name ${host} cannot be looked up now.`;
  if (code === 'ECONNREFUSED') return `${host} takes no connections there.`;
  if (/CERT|SIGNATURE|ALTNAME/.test(code)) return `The certificate of ${host} cannot be trusted (${code}).`;
  if (/^(ECONNRESET|EPIPE|HPE_.*)$/.test(code)) return `${host} broke the connection off or answered something that is not HTTP (${code}).`;
  return `${host} cannot be reached (${code}).`;
}

function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
