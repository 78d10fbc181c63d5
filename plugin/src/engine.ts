/** Starts one engine: API, router, sweeps and intake, with the desk's and the wallboard's pages beside the API. */
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import serveFiles from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config.js';
import { LIMITS, originAllowed } from './platform/graphql.js';

export interface Engine {
  /** Where it listens, such as http://127.0.0.1:4400. */
  url: string;
  app: NestFastifyApplication;
  /** Ends requests, loops and connections in order; nothing is left running. */
  stop(): Promise<void>;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const PAGES = [
  { prefix: '/wallboard/', folder: join(root, 'wallboard/dist') },
  { prefix: '/desk/', folder: join(root, 'plugin/desk/dist') },
];

/**
 * @throws Error when the port is taken (code EADDRINUSE) or the database cannot be reached
 */
export async function startEngine(config: Config, quiet = false): Promise<Engine> {
  const adapter = new FastifyAdapter({ bodyLimit: LIMITS.requestBytes, forceCloseConnections: true, trustProxy: false });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), adapter, {
    logger: quiet ? ['error', 'fatal'] : ['error', 'warn', 'fatal'],
    abortOnError: false,
    rawBody: true,
  });
  app.enableCors({
    origin: (origin: string | undefined, answer: (error: Error | null, allow: boolean) => void) =>
      answer(null, originAllowed(origin, undefined, config.ALLOWED_ORIGINS)),
    allowedHeaders: ['authorization', 'content-type'],
    maxAge: 600,
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // The pages talk to their own engine, by HTTP and by WebSocket.
        connectSrc: ["'self'", 'ws:', 'wss:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  for (const { prefix, folder } of PAGES.filter(({ folder }) => existsSync(folder))) {
    await app.register(serveFiles, {
      root: folder,
      prefix,
      redirect: true,
      decorateReply: false,
      preCompressed: true,
      setHeaders: (response, path) => {
        response.setHeader('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  adapter.getInstance().get('/', (_request, reply) => reply.redirect('/wallboard/'));
  try {
    await app.listen(config.PORT, config.HOST);
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), app, stop: () => app.close() };
}
