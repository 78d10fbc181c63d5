/** `/session/provider`: the way of a browser to the identity provider and back. */
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PatchbayError } from '../platform/errors.js';
import { providerCookieName } from '../platform/shown.js';
import { ProviderSignInsService } from './provider-sign-ins.service.js';
import { ProviderFailed, ProviderService } from './provider.service.js';
import { placeOf, setSessionCookie } from './session-cookie.js';

const VISIT_SECONDS = 600;

@Controller('session/provider')
export class ProviderController {
  constructor(
    private readonly provider: ProviderService,
    private readonly signIns: ProviderSignInsService,
  ) {}

  @Get()
  async begin(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('to') to: unknown): Promise<void> {
    const wanted = typeof to === 'string' ? to.slice(0, 500) : null;
    try {
      const { url, visit } = await this.provider.begin(wanted);
      keepVisit(request, reply, visit);
      await reply.redirect(url.href, 302);
    } catch (error) {
      await toSignIn(reply, wanted, problemIn(error));
    }
  }

  @Get('callback')
  async complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visit = parseCookie(request.headers.cookie ?? '')[providerCookieName(request.protocol === 'https')];
    const to = this.provider.destination(visit);
    keepVisit(request, reply, null);
    try {
      setSessionCookie(request, reply, await this.signIns.signIn(visit, new URL(request.url, 'http://here').search, placeOf(request)));
      await toSignIn(reply, to, null);
    } catch (error) {
      await toSignIn(reply, to, problemIn(error));
    }
  }
}

function problemIn(error: unknown): string {
  if (error instanceof ProviderFailed) return error.problem;
  // Such as a secret that was sealed with another key.
  if (error instanceof PatchbayError && error.code === 'REFUSED') return 'SETUP';
  throw error;
}

/** The page goes on by itself where nothing is wrong: a redirect from elsewhere does not carry the session's cookie yet. */
async function toSignIn(reply: FastifyReply, to: string | null, problem: string | null): Promise<void> {
  const query = to === null ? '' : `?${new URLSearchParams({ to })}`;
  const said = new URLSearchParams(problem === null ? { signed: 'in' } : { problem });
  await reply.header('cache-control', 'no-store').redirect(`/console/sign-in${query}#${said}`, 302);
}

/** Lax, since it comes back from another site. @param visit null to forget it */
function keepVisit({ protocol }: FastifyRequest, reply: FastifyReply, visit: string | null): void {
  const secure = protocol === 'https';
  void reply.header(
    'set-cookie',
    stringifySetCookie({
      name: providerCookieName(secure),
      value: visit ?? '',
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure,
      maxAge: visit === null ? 0 : VISIT_SECONDS,
    }),
  );
}
