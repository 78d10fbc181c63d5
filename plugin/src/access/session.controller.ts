/** `/session`: a browser signs in and out. It speaks HTTP beside GraphQL because it sets a cookie. */
import { Body, Controller, Delete, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { Access } from '../platform/access.js';
import { CONFIG, type Config } from '../platform/config.js';
import { forbidden, invalid } from '../platform/errors.js';
import { isFromOwnPage } from '../platform/shown.js';
import { ForgottenPasswordsService } from './forgotten-passwords.service.js';
import { ProviderService } from './provider.service.js';
import { placeOf, setSessionCookie } from './session-cookie.js';
import { DEMO_ROLES } from './sign-in-methods.resolver.js';
import { SessionsService } from './sessions.service.js';

const credentials = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1_000) });
const second = z.strictObject({ step: z.string().min(1).max(100), code: z.string().min(1).max(40) });
const forgotten = z.strictObject({ email: z.string().min(1).max(320) });
const demo = z.strictObject({ role: z.enum(DEMO_ROLES) });

@Controller('session')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly forgotten: ForgottenPasswordsService,
    private readonly provider: ProviderService,
    private readonly access: Access,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  async signIn(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() body: unknown) {
    mustBeOwnPage(request);
    const { email, password } = read(credentials, body, 'Send {"email": …, "password": …}.');
    const outcome = await this.sessions.signIn(email, password, placeOf(request));
    if ('step' in outcome) {
      void reply.status(202).header('cache-control', 'no-store');
      return outcome;
    }
    void reply.status(204);
    setSessionCookie(request, reply, outcome);
    return undefined;
  }

  @Post('code')
  async signInByCode(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply, @Body() body: unknown) {
    mustBeOwnPage(request);
    const { step, code } = read(second, body, 'Send {"step": …, "code": …}.');
    const { session, recoveryCodes } = await this.sessions.signInByCode(step, code, placeOf(request));
    void reply.status(recoveryCodes ? 200 : 204);
    setSessionCookie(request, reply, session);
    return recoveryCodes ? { recoveryCodes } : undefined;
  }

  @Post('demo')
  @HttpCode(204)
  async signInToDemo(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body: unknown,
  ): Promise<void> {
    mustBeOwnPage(request);
    if (!this.config.DEMO_SIGN_IN || !isOnThisMachine(request)) throw forbidden('Only a demonstration on this machine lets anybody in.');
    const { role } = read(demo, body, 'Send {"role": …}.');
    setSessionCookie(request, reply, await this.sessions.signInAs(role, placeOf(request)));
  }

  @Post('forgotten')
  @HttpCode(204)
  async askForLink(@Req() request: FastifyRequest, @Body() body: unknown): Promise<void> {
    mustBeOwnPage(request);
    const { email } = read(forgotten, body, 'Send {"email": …}.');
    await this.forgotten.ask(email, placeOf(request));
  }

  /** Signing out again, or from a session that is over, is no mistake. @returns `to` where the person signs out at the provider */
  @Delete()
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<{ to: string } | undefined> {
    mustBeOwnPage(request);
    const identity = await this.access.admit(request).catch(() => null);
    const idToken = identity?.kind === 'session' ? await this.sessions.signOut(identity) : null;
    setSessionCookie(request, reply, null);
    const to = idToken === null ? null : await this.provider.signOutUrl(idToken);
    void reply.status(to === null ? 204 : 200);
    return to === null ? undefined : { to };
  }
}

/** A form on a foreign page could sign somebody in as somebody else, or out. */
function mustBeOwnPage({ headers }: FastifyRequest): void {
  if (!isFromOwnPage(headers)) throw forbidden('Sign in on the page of this engine.');
}

function read<T>(schema: z.ZodType<T>, body: unknown, how: string): T {
  const { success, data } = schema.safeParse(body);
  if (!success) throw invalid('body', how);
  return data;
}

/** By its name too: a proxy on this machine has a loopback address for everybody. */
const isOnThisMachine = ({ ip, hostname }: FastifyRequest): boolean =>
  ipaddr.isValid(ip) && ipaddr.process(ip).range() === 'loopback' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
