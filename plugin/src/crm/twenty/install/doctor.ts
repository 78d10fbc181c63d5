/** Looks at everything that an installation needs, and says in plain words what is wrong and how to mend it. */
import { COMMAND, START } from '../../../platform/command.js';
import { HostFailure } from '../../host.js';
import type { ConnectionStore, Finding, Request, SavedConnection, Verdict, Waiting } from '../../administration.js';
import { LOOK_EVERY_MS } from '../../cadence.js';
import { findServer, mustBeRecent, reachOf, type Server } from './address.js';
import { loadBundle, withAddress, type Bundle } from './bundle.js';
import { Conversation } from './conversation.js';
import { examineKey, type KeyFacts } from './key.js';
import { adaptManifest, URL_VARIABLE, withPublicUrl } from './manifest.js';
import { mustBeSame, publicUrlOf, whichTwenty } from './open.js';
import { compareVersions } from './version.js';
import { isAsWished, isOurs, listWebhooks, targetOf } from './webhook.js';
import { RIGHT_NAMES, ROLES_MENU } from './words.js';
import { readApplication, sync, type Application } from './workspace.js';

type Found = (finding: Finding) => void;

const AGAIN = `${COMMAND} install twenty`;
const SAFE_MODE = `Twenty calls no private addresses unless its server has OUTBOUND_HTTP_SAFE_MODE_ENABLED=false. Without it edits made there are in force after about ${LOOK_EVERY_MS / 1_000} s instead of one, and each minute 20 of the 100 calls go into asking for them.`;
const ENGINE_MS = 5_000;
const SKEW_MS = 30_000;
/** The engine says so every few seconds while it runs. */
const SILENT_MS = 5 * 60_000;

export async function doctor(request: Request, store: ConnectionStore | null, found: Found): Promise<void> {
  const saved = store ? await store.read() : null;
  if (store && !saved)
    found({ check: 'connection', verdict: 'wrong', words: 'none is saved: Patchbay is not installed, or not to the end', mend: AGAIN });
  const publicUrl = publicUrlOf(request, saved);
  let which: { url: string; apiKey: string };
  try {
    which = whichTwenty(request, saved);
  } catch (error) {
    return found(refusal('server', error));
  }
  const server = await checkServer(which.url, found);
  if (!server) found({ check: 'key', verdict: 'skip', words: 'not looked at: the server comes first; nor is anything else in Twenty' });
  const twenty = new Conversation({ url: server?.url ?? which.url, token: which.apiKey }, null);
  const key = server && (await checkKey(twenty, which.apiKey, saved, found));
  if (server && key) {
    await checkRecords(twenty, found);
    await checkApplication(twenty, server, key, request, publicUrl, found);
    await checkWebhook(twenty, key, saved, publicUrl, found);
  }
  await checkEngine(publicUrl, found);
  if (server) checkWay(server.url, publicUrl, found);
  if (store && saved) checkState(saved, await store.waiting(), new Date(), found);
}

function refusal(check: string, error: unknown): Finding {
  const [words = '', ...rest] = error instanceof Error ? error.message.split('\n') : [String(error)];
  return { check, verdict: 'wrong', words, ...(rest.length > 0 && { mend: rest.join('\n') }) };
}

async function checkServer(url: string, found: Found): Promise<Server | null> {
  try {
    const server = await findServer(url);
    found({ check: 'server', verdict: 'ok', words: `Twenty answers at ${server.url}` });
    try {
      mustBeRecent(server.version);
      found({ check: 'version', verdict: 'ok', words: `Twenty ${server.version}` });
    } catch (error) {
      found(refusal('version', error));
    }
    found(clock(server.clockAheadMs));
    return server;
  } catch (error) {
    found(refusal('server', error));
    return null;
  }
}

/** Pure. */
export function clock(aheadMs: number | null): Finding {
  if (aheadMs === null) return { check: 'clock', verdict: 'skip', words: 'the server does not tell its time' };
  if (Math.abs(aheadMs) <= SKEW_MS) return { check: 'clock', verdict: 'ok', words: 'the same here and there' };
  return {
    check: 'clock',
    verdict: 'wrong',
    words: `Twenty's is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`,
    mend: 'Set both by NTP: deliveries older than the engine believes are refused.',
  };
}

async function checkKey(twenty: Conversation, apiKey: string, saved: SavedConnection | null, found: Found): Promise<KeyFacts | null> {
  try {
    const key = await examineKey(twenty, apiKey, new Date());
    mustBeSame(key, saved);
    found(expiry(key, new Date()));
    found(
      key.missing.length > 0
        ? {
            check: 'rights',
            verdict: 'wrong',
            words: `the key's role${key.role ? `, ${key.role},` : ''} lacks: ${key.missing.map((right) => RIGHT_NAMES[right]).join(', ')}`,
            mend: `In Twenty: ${ROLES_MENU}, switch these on, or give the key the role Admin.`,
          }
        : { check: 'rights', verdict: 'ok', words: key.role ? `role ${key.role}` : 'enough, as far as can be seen' },
    );
    return key;
  } catch (error) {
    found(refusal('key', error));
    return null;
  }
}

function expiry({ expiresAt, workspace }: KeyFacts, now: Date): Finding {
  const days = expiresAt ? Math.floor((expiresAt.getTime() - now.getTime()) / 86_400_000) : null;
  const words = `valid for workspace ${workspace.name}${expiresAt ? `, until ${expiresAt.toISOString().slice(0, 10)}` : ''}`;
  if (days === null || days >= 30) return { check: 'key', verdict: 'ok', words };
  return {
    check: 'key',
    verdict: 'warn',
    words,
    mend: `It ends in ${days} days. Make a new one and run: ${COMMAND} install twenty --api-key …`,
  };
}

async function checkRecords(twenty: Conversation, found: Found): Promise<void> {
  try {
    const answer = await twenty.once<Record<'people' | 'companies', { totalCount: number }>>(
      '{ people(first: 1) { totalCount } companies(first: 1) { totalCount } }',
      { endpoint: 'graphql' },
    );
    const count = (kind: 'people' | 'companies'): string => answer[kind].totalCount.toLocaleString('en');
    found({ check: 'records', verdict: 'ok', words: `${count('people')} people and ${count('companies')} companies can be read` });
    found({ check: 'limit', verdict: 'ok', words: 'Twenty takes calls now' });
  } catch (error) {
    if (!(error instanceof HostFailure) || error.kind !== 'LIMITED') return found(refusal('records', error));
    found({
      check: 'limit',
      verdict: 'wrong',
      words: 'reached: Twenty takes no more calls for the moment (100 a minute unless its operator has changed it)',
      mend: "Another program uses it up, or the center outgrew it. On Twenty's server raise API_RATE_LIMITING_SHORT_LIMIT and API_RATE_LIMITING_LONG_LIMIT.",
    });
  }
}

async function checkApplication(
  twenty: Conversation,
  server: Server,
  key: KeyFacts,
  request: Request,
  publicUrl: string,
  found: Found,
): Promise<void> {
  if (key.missing.includes('applications'))
    return found({ check: 'application', verdict: 'skip', words: 'the key may not look at applications' });
  try {
    const bundle = withAddress(await loadBundle(request.appFolder, () => undefined), publicUrl);
    const application = await readApplication(twenty, bundle.manifest.application.universalIdentifier);
    const state = installedState(application, bundle.version);
    found(state);
    if (!application?.version) return;
    await checkObjects(twenty, server, bundle, publicUrl, found);
    const value = application.applicationVariables.find(({ key: name }) => name === URL_VARIABLE)?.value;
    found(
      value === publicUrl
        ? { check: 'setting', verdict: 'ok', words: `${URL_VARIABLE} is ${publicUrl}` }
        : {
            check: 'setting',
            verdict: 'wrong',
            words: `${URL_VARIABLE} is "${value ?? ''}", the engine's address is ${publicUrl}`,
            mend: AGAIN,
          },
    );
  } catch (error) {
    found(refusal('application', error));
  }
}

/** Pure. */
export function installedState(application: Pick<Application, 'version'> | null, version: string): Finding {
  const check = 'application';
  if (!application) return { check, verdict: 'wrong', words: 'not installed', mend: AGAIN };
  if (!application.version)
    return { check, verdict: 'wrong', words: 'an install stopped half-way', mend: `Run it again, it goes on: ${AGAIN}` };
  const difference = compareVersions(application.version, version);
  if (difference === 0) return { check, verdict: 'ok', words: `version ${version}` };
  if (difference > 0)
    return {
      check,
      verdict: 'wrong',
      words: `version ${application.version} is newer than this Patchbay's, ${version}`,
      mend: 'Use the newer Patchbay.',
    };
  return {
    check,
    verdict: 'warn',
    words: `version ${application.version}; this Patchbay brings ${version}`,
    mend: `${COMMAND} upgrade twenty`,
  };
}

async function checkObjects(twenty: Conversation, server: Server, bundle: Bundle, publicUrl: string, found: Found): Promise<void> {
  const check = 'objects';
  try {
    const actions = await sync(twenty, withPublicUrl(adaptManifest(bundle.manifest, server.version), publicUrl), true);
    const missing = actions.filter(({ type }) => type === 'create').length;
    if (actions.length === 0)
      return found({ check, verdict: 'ok', words: `all ${bundle.manifest.objects.length} complete, with fields, views and roles` });
    found({
      check,
      verdict: missing > 0 ? 'wrong' : 'warn',
      words: `${actions.length} things differ from what this Patchbay installs${missing > 0 ? `, ${missing} of them are missing` : ''}`,
      mend: `See them: ${COMMAND} plan twenty\nPut them right: ${COMMAND} upgrade twenty`,
    });
  } catch (error) {
    if (error instanceof HostFailure && error.kind === 'LIMITED')
      return found({ check, verdict: 'skip', words: 'not looked at: Twenty takes 30 such calls in 30 s; try again in half a minute' });
    found(refusal(check, error));
  }
}

async function checkWebhook(
  twenty: Conversation,
  key: KeyFacts,
  saved: SavedConnection | null,
  publicUrl: string,
  found: Found,
): Promise<void> {
  const check = 'webhook';
  if (key.missing.includes('webhooks')) return found({ check, verdict: 'skip', words: 'the key may not look at webhooks' });
  const target = targetOf(publicUrl);
  try {
    const ours = (await listWebhooks(twenty)).filter((webhook) => isOurs(webhook, target));
    const wrong = (words: string): void => found({ check, verdict: 'wrong', words, mend: AGAIN });
    const [first] = ours;
    if (!first) return wrong('there is none: the engine hears of changes late');
    if (ours.length > 1) return wrong(`there are ${ours.length} of ours; one is right`);
    if (first.targetUrl !== target) return wrong(`it goes to ${first.targetUrl} instead of ${target}`);
    if (saved && first.secret !== saved.webhookSecret) return wrong('its secret is not ours: the engine refuses what it brings');
    if (!isAsWished(first, { target, secret: first.secret })) return wrong('it does not tell of everything the engine needs');
    found({ check, verdict: 'ok', words: `to ${target}` });
  } catch (error) {
    found(refusal(check, error));
  }
}

async function checkEngine(publicUrl: string, found: Found): Promise<void> {
  const check = 'engine';
  const mend = `Is it running (${START})? Is ${publicUrl} its address? Another one: ${COMMAND} install twenty --public-url …`;
  try {
    const response = await fetch(`${publicUrl}/health`, { redirect: 'manual', signal: AbortSignal.timeout(ENGINE_MS) });
    const text = await response.text();
    if (response.status === 503)
      return found({ check, verdict: 'wrong', words: `runs at ${publicUrl}, without its database`, mend: 'Look into its log.' });
    if (response.ok && /"status"\s*:\s*"ok"/.test(text)) return found({ check, verdict: 'ok', words: `answers at ${publicUrl}` });
    found({ check, verdict: 'wrong', words: `something else answers at ${publicUrl} (${response.status})`, mend });
  } catch {
    found({ check, verdict: 'wrong', words: `does not answer at ${publicUrl}`, mend });
  }
}

/** Whether Twenty, and a browser that shows Twenty, get from there to the engine. */
function checkWay(url: string, publicUrl: string, found: Found): void {
  for (const finding of wayBack(url, publicUrl)) found(finding);
}

/** Pure. */
export function wayBack(url: string, publicUrl: string): Finding[] {
  const check = 'way back';
  const [there, here] = [reachOf(url), reachOf(publicUrl)];
  const other = `${COMMAND} install twenty --public-url https://patchbay.example.org`;
  if (here === 'loopback' && there !== 'loopback')
    return [
      {
        check,
        verdict: 'wrong',
        words: `${publicUrl} means this machine only; neither Twenty nor its users reach it`,
        mend: `Give an address that they reach: ${other}`,
      },
    ];
  if (url.startsWith('https:') && publicUrl.startsWith('http:') && here !== 'loopback')
    return [
      {
        check,
        verdict: 'wrong',
        words: 'browsers do not let a page of https call an engine of http',
        mend: `Put a proxy with TLS in front of the engine: ${other}`,
      },
    ];
  if (here === 'public') return [{ check, verdict: 'ok', words: `${publicUrl} is a public address` }];
  return [
    {
      check,
      verdict: 'warn',
      words: `${publicUrl} is a private address; Twenty delivers there only if it is told that it may`,
      mend: SAFE_MODE,
    },
  ];
}

/** The state that the running engine left in the database. */
function checkState(saved: SavedConnection, waiting: Waiting[], now: Date, found: Found): void {
  found(lastContact(saved, now));
  found(deliveries(saved, now));
  const total = waiting.reduce((sum, { count }) => sum + count, 0);
  const kinds = waiting.map(({ kind, count }) => `${count.toLocaleString('en')} ${kind.toLowerCase().replaceAll('_', ' ')}`).join(', ');
  found({
    check: 'backlog',
    verdict: total > 1_000 ? 'warn' : 'ok',
    words: total === 0 ? 'Twenty has been told everything' : `to tell Twenty: ${kinds}`,
  });
}

/** Pure. */
export function deliveries({ reachedAt, deliveredAt }: Pick<SavedConnection, 'reachedAt' | 'deliveredAt'>, now: Date): Finding {
  const check = 'deliveries';
  if (deliveredAt)
    return { check, verdict: 'ok', words: `the last one came ${span(Math.round((now.getTime() - deliveredAt.getTime()) / 1_000))} ago` };
  if (!reachedAt) return { check, verdict: 'skip', words: 'none yet: the engine has not reached Twenty' };
  return {
    check,
    verdict: 'warn',
    words: `none has come: the engine asks Twenty every ${LOOK_EVERY_MS / 1_000} s what people have edited instead`,
    mend: SAFE_MODE,
  };
}

/** Pure. */
export function lastContact({ reachedAt, problem }: Pick<SavedConnection, 'reachedAt' | 'problem'>, now: Date): Finding {
  const check = 'last contact';
  const ago = reachedAt ? Math.round((now.getTime() - reachedAt.getTime()) / 1_000) : null;
  if (problem)
    return {
      check,
      verdict: 'wrong',
      words: problem,
      mend: ago === null ? 'The engine has not reached Twenty yet.' : `Last good contact ${span(ago)} ago.`,
    };
  if (ago === null) return { check, verdict: 'warn', words: 'the engine has not reached Twenty yet', mend: `Start it: ${START}` };
  const verdict: Verdict = ago * 1_000 > SILENT_MS ? 'warn' : 'ok';
  return { check, verdict, words: `${span(ago)} ago`, ...(verdict === 'warn' && { mend: `Is the engine running? ${START}` }) };
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} hours` : `${Math.round(seconds / 86_400)} days`;
}
