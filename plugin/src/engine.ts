/** Starts one engine: API, router, sweeps and intake, with the pages of desk, wallboard and console beside the API. */
import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import serveFiles from '@fastify/static';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Action } from './automation/rule-action.js';
import { ACTIONS } from './generated/actions.js';
import type { Config } from './platform/config.js';
import { LiveService } from './live/live.service.js';
import { ROOT } from './platform/folders.js';
import { guardHttp } from './platform/http.js';
import { LIMITS } from './platform/limits.js';
import { openSockets } from './platform/sockets.js';
import { RouterService } from './routing/router.service.js';

export interface Engine {
  /** Where it listens, such as http://127.0.0.1:4400. */
  url: string;
  app: NestFastifyApplication;
  /** Ends requests, loops and connections in order; nothing is left running. */
  stop(): Promise<void>;
}

/** A request that trickles in for longer is cut off. */
const REQUEST_MS = 30_000;

const PAGES = [
  { prefix: '/wallboard/', folder: join(ROOT, 'wallboard/dist') },
  { prefix: '/desk/', folder: join(ROOT, 'plugin/desk/dist') },
  { prefix: '/console/', folder: join(ROOT, 'plugin/console/dist') },
];

/** An address of the console, and none of its files. */
const CONSOLE = /^\/console\/(?!assets\/)[^.?]*(?:\?|$)/;

/**
 * @param actions that rules can use; all there are, as the build found them
 * @throws Error when the port is taken (code EADDRINUSE) or the database cannot be reached
 */
export async function startEngine(config: Config, quiet = false, actions: Type<Action>[] = ACTIONS): Promise<Engine> {
  const adapter = new FastifyAdapter({
    bodyLimit: LIMITS.requestBytes,
    forceCloseConnections: true,
    requestTimeout: REQUEST_MS,
    // Each address under /console/ is one page's, which finds out by itself what to show.
    rewriteUrl: ({ url = '/' }) => (CONSOLE.test(url) ? '/console/index.html' : url),
    trustProxy: config.TRUSTED_PROXIES.length > 0 && config.TRUSTED_PROXIES,
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, actions), adapter, {
    logger: quiet ? ['error', 'fatal'] : ['error', 'warn', 'fatal'],
    abortOnError: false,
    rawBody: true,
  });
  // What takes longest is read while the rest starts; who needs it waits for it, and says why it could not be read.
  for (const service of [RouterService, LiveService])
    void app
      .get(service, { strict: false })
      .ready()
      .catch(() => undefined);
  await guardHttp(app);
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
  const schema = sdl();
  adapter.getInstance().get('/schema.graphql', (_request, reply) => reply.type('text/plain; charset=utf-8').send(schema));
  adapter.getInstance().get('/', (_request, reply) => reply.redirect('/wallboard/'));
  let closeSockets: () => Promise<void> = () => Promise.resolve();
  try {
    await app.init();
    closeSockets = openSockets(app);
    await app.listen(config.PORT, config.HOST);
  } catch (error) {
    await closeSockets();
    await app.close().catch(() => undefined);
    throw error;
  }
  const stop = async (): Promise<void> => {
    await closeSockets();
    await app.close();
  };
  return { url: (await app.getUrl()).replace('[::1]', '127.0.0.1'), app, stop };
}

/** The contract as it is written, descriptions included, in one text. */
function sdl(): string {
  const folder = join(ROOT, 'graphql/schema');
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return files
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
