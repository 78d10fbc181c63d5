/** The cookie by which a browser's session is known. */
import { stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { cookieName } from '../platform/shown.js';
import { languageIn } from './sign-in-mails.js';
import type { NewSession, Place } from './sessions.service.js';

export const placeOf = ({ ip, headers }: FastifyRequest): Place => ({
  address: ip,
  device: headers['user-agent'] ?? '',
  language: languageIn(headers['accept-language']),
});

/** @param session null to forget it */
export function setSessionCookie({ protocol }: FastifyRequest, reply: FastifyReply, session: NewSession | null): void {
  const secure = protocol === 'https';
  void reply.header('cache-control', 'no-store').header(
    'set-cookie',
    stringifySetCookie({
      name: cookieName(secure),
      value: session?.secret ?? '',
      httpOnly: true,
      sameSite: 'strict',
      path: '/',
      secure,
      expires: session?.expiresAt ?? new Date(0),
    }),
  );
}
