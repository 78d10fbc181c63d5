/**
 * The rules for every path: which origins may call, which may show the pages in a frame, how often a token may
 * ask. Browsers are told by headers; the limits are checked before a body is read.
 */
import helmet from '@fastify/helmet';
import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from './access.js';
import { CONFIG, type Config } from './config.js';
import { Embedding } from './embedding.js';
import { PatchbayError } from './errors.js';
import { originAllowed } from './graphql.js';
import { retryAfter } from './limits.js';

/** Paths of the pages that may stand in a frame. */
const PAGE = /^\/(desk|wallboard|console)(\/|\?|$)/;
/** Paths of the bearer token; the signed intake counts by its sources, pages and health are free. */
const WITH_TOKEN = /^\/(graphql|attachments|messages)(\/|\?|$)/;

const FORM_BYTES = 10_000;

export async function guardHttp(app: NestFastifyApplication): Promise<void> {
  const access = app.get(Access);
  const config = app.get<Config>(CONFIG);
  const embedding = app.get(Embedding);
  const fastify = app.getHttpAdapter().getInstance();
  // Mail programs post their one click as a form of either kind (RFC 8058); what it holds is known.
  fastify.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: FORM_BYTES }, (request, _body, done) =>
    request.url.startsWith('/unsubscribe?') ? done(null, null) : done(new UnsupportedMediaTypeException(), undefined),
  );
  // Before the headers are written: the origins that may frame the page are looked up anew, for a CRM can be connected at any time.
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (PAGE.test(request.url)) await embedding.refresh();
    // It knows no list of origins, and every browser that knows frame-ancestors goes by that instead.
    if (embedding.origins().length === 0) reply.header('x-frame-options', 'SAMEORIGIN');
  });
  app.enableCors({
    // No credentials: a browser sends no cookie along, so a page of another origin has only the token it was given.
    origin: (origin: string | undefined, answer: (error: Error | null, allow: boolean) => void) =>
      answer(null, originAllowed(origin, undefined, config.ALLOWED_ORIGINS)),
    allowedHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['retry-after'],
    methods: ['GET', 'POST'],
    maxAge: 600,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // The pages talk to their own engine; browsers count its WebSocket as 'self' too.
        connectSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        frameAncestors: ["'self'", () => embedding.origins().join(' ')],
        upgradeInsecureRequests: null,
      },
    },
    frameguard: false,
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method === 'OPTIONS' || !WITH_TOKEN.test(request.url)) return;
    const refusal = await access.admit(request).then(
      () => null,
      (error: unknown) => error,
    );
    const seconds = retryAfter(refusal);
    // Any other refusal is worded by the path itself, in its own way.
    if (!(refusal instanceof PatchbayError) || seconds === null) return;
    const { code, message, facts } = refusal;
    const body = request.url.startsWith('/graphql')
      ? { errors: [{ message, extensions: { code, facts } }] }
      : { error: { code, message, facts } };
    return reply.status(429).headers({ 'retry-after': seconds, 'cache-control': 'no-store' }).send(body);
  });
}
