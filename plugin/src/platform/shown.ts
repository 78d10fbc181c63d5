/**
 * What a request shows that its sender could be known by: a bearer token of a program, or the cookie of a person's session. A
 * browser sends cookies along with whatever a page asks for, so they count only where our own page asks.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';

export interface Shown {
  kind: 'token' | 'session';
  /** Null where it cannot be one by its looks. */
  secret: string | null;
}

/** The browser keeps what begins with __Host- from being set by a neighbouring host or over plain HTTP. */
export const cookieName = (secure: boolean): string => (secure ? '__Host-patchbay' : 'patchbay');

/** Of the cookie that a browser keeps while the person is at the identity provider. */
export const providerCookieName = (secure: boolean): string => `${cookieName(secure)}-provider`;

/** @param secure whether the request came by HTTPS, to us or to the proxy before us */
export function shownBy(headers: IncomingHttpHeaders, secure: boolean): Shown | null {
  if (headers.authorization !== undefined) return bearer(headers.authorization);
  const secret = parseCookie(headers.cookie ?? '')[cookieName(secure)];
  if (!secret || !isFromOwnPage(headers)) return null;
  return { kind: 'session', secret: /^[A-Za-z0-9_-]{43}$/.test(secret) ? secret : null };
}

export const bearer = (header: string): Shown => ({
  kind: 'token',
  secret: /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(header)?.[1] ?? null,
});

/** Whether the browser says that a page of this very host asks; a form or a frame of another one says so too, or says nothing. */
export function isFromOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return site === 'same-origin';
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
