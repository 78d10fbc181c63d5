/** `npx --no-install patchbay-center`: the administrator's commands. Prints and exits; what is done stands in crm/. */
import { resolve } from 'node:path';
import type { Consent, Finding, Progress, SavedConnection } from '../crm/administration.js';
import { HostFailure } from '../crm/host.js';
import { COMMAND, START } from '../platform/command.js';
import { PatchbayError } from '../platform/errors.js';
import { DatabaseStore } from '../crm/connection-store.service.js';
import { runConfiguration } from './configuration.js';
import { explainDatabase, hasDatabase, openDatabase } from './database.js';
import { watchReading } from './first-reading.js';
import { readOptions, Usage, type Command, type Options } from './options.js';
import { printFinding, printInventory, printLosses, printPlan } from './print.js';
import { Advice, ask, canAsk, color, fail, heading, line, note, outliveOutput, step, wrap } from './terminal.js';

const PROGRESS: Progress = { step, note };
const QUIET: Progress = { step: (_name, work) => work(() => undefined), note: () => undefined };

const closes: (() => Promise<void>)[] = [];
let ending = false;

async function openStore({ data }: Options, progress: Progress): Promise<DatabaseStore> {
  const database = await progress.step('database', (say) => openDatabase(data, say));
  closes.unshift(() => database.close());
  const store = await DatabaseStore.open(database.url);
  closes.unshift(() => store.close());
  return store;
}

/** The saved connection for a command that only looks; no database is made for it. */
async function peek(options: Options, progress: Progress): Promise<DatabaseStore | null> {
  return hasDatabase(options.data) ? openStore(options, progress) : null;
}

const consent =
  ({ yes }: Options): Consent =>
  async ({ losses }) => {
    if (yes) return true;
    line();
    printLosses(losses);
    return canAsk() && (await ask('Type "yes" to go on:')) === 'yes';
  };

const commands: Record<Command, (options: Options) => Promise<number>> = {
  async plan(options) {
    const { request, administration, json, verbose } = options;
    const progress = json ? QUIET : PROGRESS;
    if (!json) heading(`Patchbay → ${administration.name}: plan`);
    const needsSaved = !request.url || !request.apiKey || !request.publicUrl;
    const saved = needsSaved ? ((await (await peek(options, progress))?.read()) ?? null) : null;
    const { plan, url } = await administration.plan(request, saved, progress);
    if (json) line(JSON.stringify(plan, null, 2));
    else {
      printPlan(plan, verbose);
      if (plan.groups.length > 0) line(color('dim', `  Nothing was changed at ${url}.\n`));
    }
    return 0;
  },

  async install(options) {
    const { request, administration } = options;
    heading(`Patchbay → ${administration.name}: install`);
    const store = await openStore(options, PROGRESS);
    await store.claim();
    if (!(await store.read()) && (await store.isDemo())) await mustWantDemo(options);
    const done = await administration.install(request, store, PROGRESS, consent(options));
    await PROGRESS.step('first reading', (say) => watchReading(() => store.reading(), say));
    line(
      done.changed
        ? `\n  Patchbay ${done.appVersion} is in ${done.workspace}. Open ${done.url} and look for\n  Contact center in the menu.`
        : `\n  No changes: Patchbay ${done.appVersion} was in ${done.workspace} already.`,
    );
    line(`  The engine is expected at ${done.publicUrl}: ${START}\n  Is everything well? ${COMMAND} doctor twenty\n`);
    return 0;
  },

  async upgrade(options) {
    const { request, administration, verbose } = options;
    heading(`Patchbay → ${administration.name}: upgrade`);
    const store = await openStore(options, PROGRESS);
    await store.claim();
    const show = (plan: Parameters<typeof printPlan>[0]): void => {
      if (plan.groups.length > 0) printPlan({ ...plan, losses: [] }, verbose);
    };
    const done = await administration.upgrade(request, store, PROGRESS, show, consent(options));
    line(
      done.changed
        ? `\n  ${done.workspace} has Patchbay ${done.appVersion} now.\n`
        : `\n  Up to date: Patchbay ${done.appVersion} in ${done.workspace}.\n`,
    );
    return 0;
  },

  async doctor(options) {
    const { request, administration, json } = options;
    const findings: Finding[] = [];
    const found = (finding: Finding): void => {
      findings.push(finding);
      if (!json) printFinding(finding);
    };
    if (!json) heading(`Patchbay → ${administration.name}: doctor`);
    let store: DatabaseStore | null = null;
    try {
      store = await peek(options, QUIET);
      found({
        check: 'database',
        verdict: store ? 'ok' : 'wrong',
        words: store ? 'open' : `there is none in ${options.data}`,
        ...(!store && { mend: `${COMMAND} install twenty, or give its folder: --data FOLDER` }),
      });
    } catch (error) {
      const [words = '', ...rest] = (explainDatabase(error) as Error).message.split('\n');
      found({ check: 'database', verdict: 'wrong', words, mend: rest.join('\n') });
    }
    await administration.doctor(request, store, found);
    const wrong = findings.filter(({ verdict }) => verdict === 'wrong').length;
    const warned = findings.filter(({ verdict }) => verdict === 'warn').length;
    if (json) line(JSON.stringify({ healthy: wrong === 0, findings }, null, 2));
    else
      line(
        `\n  ${wrong > 0 ? color('red', `${wrong} wrong`) : color('green', 'All is well')}${warned > 0 ? `, ${warned} to look at` : ''}.\n`,
      );
    return wrong > 0 ? 1 : 0;
  },

  async uninstall(options) {
    const { request, administration, yes } = options;
    heading(`Patchbay → ${administration.name}: uninstall`);
    const store = await openStore(options, PROGRESS);
    await store.claim();
    if (options.forget) return forget(store, options);
    const saved = await store.read();
    const there = await administration.inventory(request, saved, PROGRESS);
    if (!there.installed && there.webhooks === 0 && !saved) {
      line(`\n  Nothing to do: Patchbay is not in ${there.workspace}.\n`);
      return 0;
    }
    printInventory(there, (await store.invented()).length);
    if (there.lockedOut.length > 0) throw administration.lockedOut(there.lockedOut);
    if (options.export) await administration.exportRecords(request, saved, resolve(options.export), PROGRESS);
    else if (there.objects.some(({ count }) => count > 0))
      line(`  To keep a copy of the records, stop here and add ${color('bold', '--export FOLDER')}.\n`);
    if (!yes && !(await typed(there.workspace))) throw new Advice('Nothing was removed.');
    await administration.uninstall(request, store, PROGRESS);
    line(`\n  Patchbay is out of ${there.workspace}. Install it again: ${COMMAND} install twenty\n`);
    return 0;
  },
};

/** @throws Advice unless somebody who knows what it means said so */
async function mustWantDemo({ withDemo, administration }: Options): Promise<void> {
  line();
  for (const part of wrap(
    `This contact center is the demo: its people, and all who get in touch with it, are invented. Connected, they appear in ${administration.name} beside your real ones. For work, start an empty one: npm start -- --no-demo --data FOLDER, and give the same --data here.`,
    2,
  ))
    line(`  ${part}`);
  line();
  const refusal = 'Nothing was changed. To connect the demo all the same, type "demo" when asked, or add --with-demo.';
  if (!withDemo && !(await typed('demo', refusal))) throw new Advice(refusal);
}

async function forget(store: DatabaseStore, { yes }: Options): Promise<number> {
  const saved: SavedConnection | null = await store.read();
  if (!saved) {
    line('\n  Nothing to do: no connection is saved.\n');
    return 0;
  }
  line(`\n  The connection with ${saved.url} is forgotten; nothing is removed there.\n`);
  if (!yes && !(await typed(saved.workspaceId))) throw new Advice('Nothing was forgotten.');
  await step('connection', async (say) => say((await store.forget()) ? 'forgotten' : 'there was none'));
  line();
  return 0;
}

/** @throws Advice where nobody can be asked */
async function typed(
  word: string,
  refusal = 'Nothing was removed: there is no terminal to ask in.\nIf you are sure, add --yes.',
): Promise<boolean> {
  if (!canAsk()) throw new Advice(refusal);
  return (await ask(`Type ${color('bold', word)} to go on:`)) === word;
}

async function end(code: number): Promise<never> {
  if (!ending) {
    ending = true;
    for (const close of closes) await close().catch((error: unknown) => fail(explainDatabase(error)));
  }
  process.exit(code);
}

outliveOutput();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (ending) return;
    line('\n\n  Stopped. What was done so far is kept; run the same command again to go on.\n');
    void end(130);
  });

try {
  const options = readOptions();
  const code = 'action' in options ? await runConfiguration(options) : await commands[options.command](options);
  await end(code);
} catch (error) {
  if (!ending) {
    fail(error instanceof HostFailure || error instanceof PatchbayError ? error : explainDatabase(error));
    await end(error instanceof Usage ? 2 : 1);
  }
}
