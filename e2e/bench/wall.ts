/** The wall in a real Chromium at the size of a television: what it loads before it shows a board, and what a frame costs it. */
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession } from 'playwright-core';
import { openBrowser } from '../support/browser.js';
import { freePort, freshFolder, removeFolder, startPatchbay, tokensOf } from '../support/patchbay.js';
import type { Bench, Figure } from './figure.js';

const LOADS = 3;
const ROUNDS = 5;
const ROUND_MS = 20_000;
/** The simulated day, so fast that nearly each frame changes something. */
const SPEED = 10;
/** A row of the board. */
const ROW = 'tr.queue';

const bench: Bench = async () => {
  const browser = await openBrowser();
  const folder = await freshFolder();
  const started = await startPatchbay(folder, ['--speed', String(SPEED)], { SMTP_PORT: String(await freePort()) });
  try {
    const address = `${started.url}/wallboard/#token=${(await tokensOf(folder)).WALLBOARD}`;
    return [...(await loads(browser, address)), ...(await frames(browser, address))];
  } finally {
    await browser.close();
    await started.stop();
    await removeFolder(folder);
  }
};
export default bench;

async function openWall(browser: Browser) {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  return { context, page: await context.newPage() };
}

async function loads(browser: Browser, address: string): Promise<Figure[]> {
  const sizes: number[] = [];
  const whole: number[] = [];
  const times: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const { context, page } = await openWall(browser);
    await page.addInitScript((row) => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector(row)) return;
        performance.mark('board');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    }, ROW);
    await page.goto(address, { waitUntil: 'load' });
    await page.locator(ROW).first().waitFor();
    await page.waitForLoadState('networkidle');
    const seen = await page.evaluate(() => ({
      board: performance.getEntriesByName('board')[0]?.startTime ?? NaN,
      scripts: (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        .map(({ name, responseEnd }) => ({ name, responseEnd })),
    }));
    const scripts = await Promise.all(seen.scripts.map(async (script) => ({ ...script, size: await compressed(script.name) })));
    const kilobytes = (some: typeof scripts): number => some.reduce((sum, { size }) => sum + size, 0) / 1_000;
    // Pieces that the first board does not wait for end later.
    sizes.push(kilobytes(scripts.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= seen.board)));
    whole.push(kilobytes(scripts));
    times.push(seen.board);
    await context.close();
  }
  return [
    {
      name: 'wall: JavaScript loaded before the first board, compressed',
      unit: 'kB',
      samples: sizes,
      aim: { op: '<=', value: 200 },
      note: 'as gzip; a browser that takes Brotli gets less',
    },
    { name: '… with the chart, which the board does not wait for', unit: 'kB', samples: whole },
    { name: 'wall: address opened → first board', unit: 'ms', samples: times, note: 'nothing cached, the engine on the same machine' },
  ];
}

async function compressed(address: string): Promise<number> {
  return gzipSync(Buffer.from(await (await fetch(address)).arrayBuffer())).length;
}

async function frames(browser: Browser, address: string): Promise<Figure[]> {
  const { context, page } = await openWall(browser);
  let received = 0;
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (payload.includes('"type":"next"')) received += 1;
    });
  });
  await page.goto(address);
  await page.locator(ROW).first().waitFor();
  const session = await context.newCDPSession(page);
  // Time on a processor: what others do on this machine is not the page's.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await setTimeout(5_000);
  const drawing: number[] = [];
  const tasks: number[] = [];
  const pace: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await busy(session);
    const count = received;
    await setTimeout(ROUND_MS);
    const after = await busy(session);
    const got = received - count;
    drawing.push((after.drawing - before.drawing) / got);
    tasks.push((after.tasks - before.tasks) / got);
    pace.push((got / ROUND_MS) * 1_000);
  }
  await context.close();
  return [
    {
      name: 'wall: main thread per frame in real Chromium',
      unit: 'ms',
      samples: drawing,
      aim: { op: '<=', value: 8 },
      note: `processor time of script, style and layout at 1920×1080, the simulator at ${SPEED}×; the clock that runs between frames is in it`,
    },
    { name: '… all tasks of the main thread', unit: 'ms', samples: tasks, note: 'painting and the work of the browser itself as well' },
    { name: '… frames received', unit: '1/s', samples: pace },
  ];
}

/** Milliseconds since the page began. */
async function busy(session: CDPSession): Promise<{ drawing: number; tasks: number }> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number => (metrics.find((metric) => metric.name === name)?.value ?? NaN) * 1_000;
  return { drawing: of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration'), tasks: of('TaskDuration') };
}
