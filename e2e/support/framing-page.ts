/** A page on another origin that frames ours as the CRM does, for tests. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Frame, Page } from 'playwright-core';

/** What Twenty gives a front component's frame; never allow-same-origin. */
const SANDBOX = 'allow-scripts allow-forms allow-popups allow-downloads allow-modals';

export interface FramingPage {
  origin: string;
  page: Page;
  /** Errors of any script, ours in the frame included. */
  errors: string[];
  /** Puts the frame there, or changes its address where it is there already. */
  show(url: string): Promise<Frame>;
  remove(): Promise<void>;
  close(): Promise<void>;
}

export async function openFramingOrigin(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>CRM</title><body style="margin:0"></body>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    // Another name for this machine, so that it is another site for the browser too.
    origin: `http://localhost:${port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export async function openFramingPage(browser: Browser, origin: string, width = 1_600, height = 950): Promise<FramingPage> {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(origin);
  return {
    origin,
    page,
    errors,
    show: async (url) => {
      await page.evaluate(
        ([address, sandbox]) => {
          const { document } = globalThis as unknown as { document: PageDocument };
          const frame = document.querySelector('iframe') ?? document.body.appendChild(document.createElement('iframe'));
          frame.setAttribute('sandbox', sandbox);
          frame.style.cssText = 'border:0;width:100vw;height:100vh;display:block';
          frame.src = address;
        },
        [url, SANDBOX] as const,
      );
      const handle = await page.waitForSelector('iframe');
      const frame = await handle.contentFrame();
      if (!frame) throw new Error('The frame has no document.');
      return frame;
    },
    remove: () => page.evaluate(() => (globalThis as unknown as { document: PageDocument }).document.querySelector('iframe')?.remove()),
    close: () => context.close(),
  };
}

/** The little of a page's document that is used here: the tests are compiled without the browser's types. */
interface PageElement {
  src: string;
  style: { cssText: string };
  setAttribute(name: string, value: string): void;
  remove(): void;
}
interface PageDocument {
  querySelector(selector: string): PageElement | null;
  createElement(name: string): PageElement;
  body: { appendChild(element: PageElement): PageElement };
}
