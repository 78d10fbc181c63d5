/** Looks at everything that an installation needs, and says in plain words what is wrong and how to mend it. */
import { COMMAND, START } from '../../../platform/command.js';
import type { ToldCode } from '../../../platform/generated/graphql.js';
import { told, type Told } from '../../../platform/told.js';
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

const says = (code: ToldCode, words: string, facts?: Told['facts']): Pick<Finding, 'words' | 'told'> => ({
  words,
  told: told(code, facts),
});

const AGAIN = `${COMMAND} install twenty`;
const SAFE_MODE = `Twenty calls no private addresses unless its server has OUTBOUND_HTTP_SAFE_MODE_ENABLED=false. Without it edits made there are in force after about ${LOOK_EVERY_MS / 1_000} s instead of one, and each minute 20 of the 100 calls go into asking for them.`;
const ENGINE_MS = 5_000;
const SKEW_MS = 30_000;
/** The engine says so every few seconds while it runs. */
const SILENT_MS = 5 * 60_000;

export async function doctor(request: Request, store: ConnectionStore | null, found: Found): Promise<void> {
  const saved = store ? await store.read() : null;
  if (store && !saved)
    found({
      check: 'connection',
      verdict: 'wrong',
      ...says('CHECK_NOT_CONNECTED', 'none is saved: Patchbay is not installed, or not to the end'),
      mend: AGAIN,
    });
  const publicUrl = publicUrlOf(request, saved);
  let which: { url: string; apiKey: string };
  try {
    which = whichTwenty(request, saved);
  } catch (error) {
    return found(refusal('server', error));
  }
  const server = await checkServer(which.url, found);
  if (!server)
    found({
      check: 'key',
      verdict: 'skip',
      ...says('CHECK_SERVER_FIRST', 'not looked at: the server comes first; nor is anything else in Twenty'),
    });
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
  const by = error instanceof HostFailure ? error.told : told('CRM_FAILED', { kind: 'INVALID', message: words });
  return { check, verdict: 'wrong', words, told: by, ...(rest.length > 0 && { mend: rest.join('\n') }) };
}

async function checkServer(url: string, found: Found): Promise<Server | null> {
  try {
    const server = await findServer(url);
    found({ check: 'server', verdict: 'ok', ...says('CHECK_SERVER', `Twenty answers at ${server.url}`, { url: server.url }) });
    try {
      mustBeRecent(server.version);
      found({ check: 'version', verdict: 'ok', ...says('CHECK_VERSION', `Twenty ${server.version}`, { version: server.version }) });
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
  if (aheadMs === null) return { check: 'clock', verdict: 'skip', ...says('CHECK_CLOCK_UNTOLD', 'the server does not tell its time') };
  if (Math.abs(aheadMs) <= SKEW_MS) return { check: 'clock', verdict: 'ok', ...says('CHECK_CLOCK', 'the same here and there') };
  return {
    check: 'clock',
    verdict: 'wrong',
    ...says(
      'CHECK_CLOCK_DIFFERS',
      `Twenty's is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} this machine's`,
      { aheadSeconds: Math.round(aheadMs / 1_000) },
    ),
    mend: 'Set both by NTP: deliveries older than the engine believes are refused.',
  };
}

async function checkKey(twenty: Conversation, apiKey: string, saved: SavedConnection | null, found: Found): Promise<KeyFacts | null> {
  try {
    const key = await examineKey(twenty, apiKey, new Date());
    mustBeSame(key, saved);
    found(expiry(key, new Date()));
    const rights = key.missing.map((right) => RIGHT_NAMES[right]);
    found(
      key.missing.length > 0
        ? {
            check: 'rights',
            verdict: 'wrong',
            ...says('CHECK_RIGHTS_LACK', `the key's role${key.role ? `, ${key.role},` : ''} lacks: ${rights.join(', ')}`, {
              role: key.role,
              rights,
            }),
            mend: `In Twenty: ${ROLES_MENU}, switch these on, or give the key the role Admin.`,
          }
        : {
            check: 'rights',
            verdict: 'ok',
            ...says('CHECK_RIGHTS', key.role ? `role ${key.role}` : 'enough, as far as can be seen', { role: key.role }),
          },
    );
    return key;
  } catch (error) {
    found(refusal('key', error));
    return null;
  }
}

function expiry({ expiresAt, workspace }: KeyFacts, now: Date): Finding {
  const days = expiresAt ? Math.floor((expiresAt.getTime() - now.getTime()) / 86_400_000) : null;
  const until = expiresAt?.toISOString() ?? null;
  const words = says('CHECK_KEY', `valid for workspace ${workspace.name}${until ? `, until ${until.slice(0, 10)}` : ''}`, {
    workspace: workspace.name,
    until,
  });
  if (days === null || days >= 30) return { check: 'key', verdict: 'ok', ...words };
  return {
    check: 'key',
    verdict: 'warn',
    ...words,
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
    found({
      check: 'records',
      verdict: 'ok',
      ...says('CHECK_RECORDS', `${count('people')} people and ${count('companies')} companies can be read`, {
        people: answer.people.totalCount,
        companies: answer.companies.totalCount,
      }),
    });
    found({ check: 'limit', verdict: 'ok', ...says('CHECK_LIMIT', 'Twenty takes calls now') });
  } catch (error) {
    if (!(error instanceof HostFailure) || error.kind !== 'LIMITED') return found(refusal('records', error));
    found({
      check: 'limit',
      verdict: 'wrong',
      ...says('CRM_LIMITED', 'reached: Twenty takes no more calls for the moment (100 a minute unless its operator has changed it)'),
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
    return found({ check: 'application', verdict: 'skip', ...says('CHECK_NOT_ALLOWED', 'the key may not look at applications') });
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
        ? {
            check: 'setting',
            verdict: 'ok',
            ...says('CHECK_SETTING', `${URL_VARIABLE} is ${publicUrl}`, { name: URL_VARIABLE, value: publicUrl }),
          }
        : {
            check: 'setting',
            verdict: 'wrong',
            ...says('CHECK_SETTING_DIFFERS', `${URL_VARIABLE} is "${value ?? ''}", the engine's address is ${publicUrl}`, {
              name: URL_VARIABLE,
              value: value ?? '',
              url: publicUrl,
            }),
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
  if (!application) return { check, verdict: 'wrong', ...says('CHECK_NOT_INSTALLED', 'not installed'), mend: AGAIN };
  if (!application.version)
    return {
      check,
      verdict: 'wrong',
      ...says('CHECK_HALF_INSTALLED', 'an install stopped half-way'),
      mend: `Run it again, it goes on: ${AGAIN}`,
    };
  const difference = compareVersions(application.version, version);
  if (difference === 0) return { check, verdict: 'ok', ...says('CHECK_INSTALLED', `version ${version}`, { version }) };
  if (difference > 0)
    return {
      check,
      verdict: 'wrong',
      ...says('CHECK_NEWER', `version ${application.version} is newer than this Patchbay's, ${version}`, {
        version: application.version,
        ours: version,
      }),
      mend: 'Use the newer Patchbay.',
    };
  return {
    check,
    verdict: 'warn',
    ...says('CHECK_OLDER', `version ${application.version}; this Patchbay brings ${version}`, {
      version: application.version,
      ours: version,
    }),
    mend: `${COMMAND} upgrade twenty`,
  };
}

async function checkObjects(twenty: Conversation, server: Server, bundle: Bundle, publicUrl: string, found: Found): Promise<void> {
  const check = 'objects';
  try {
    const actions = await sync(twenty, withPublicUrl(adaptManifest(bundle.manifest, server.version), publicUrl), true);
    const missing = actions.filter(({ type }) => type === 'create').length;
    if (actions.length === 0)
      return found({
        check,
        verdict: 'ok',
        ...says('CHECK_OBJECTS', `all ${bundle.manifest.objects.length} complete, with fields, views and roles`, {
          count: bundle.manifest.objects.length,
        }),
      });
    found({
      check,
      verdict: missing > 0 ? 'wrong' : 'warn',
      ...says(
        'CHECK_OBJECTS_DIFFER',
        `${actions.length} things differ from what this Patchbay installs${missing > 0 ? `, ${missing} of them are missing` : ''}`,
        { count: actions.length, missing },
      ),
      mend: `See them: ${COMMAND} plan twenty\nPut them right: ${COMMAND} upgrade twenty`,
    });
  } catch (error) {
    if (error instanceof HostFailure && error.kind === 'LIMITED')
      return found({
        check,
        verdict: 'skip',
        ...says('CHECK_LATER', 'not looked at: Twenty takes 30 such calls in 30 s; try again in half a minute'),
      });
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
  if (key.missing.includes('webhooks'))
    return found({ check, verdict: 'skip', ...says('CHECK_NOT_ALLOWED', 'the key may not look at webhooks') });
  const target = targetOf(publicUrl);
  try {
    const ours = (await listWebhooks(twenty)).filter((webhook) => isOurs(webhook, target));
    const wrong = (as: ToldCode, words: string, facts?: Told['facts']): void =>
      found({ check, verdict: 'wrong', ...says(as, words, facts), mend: AGAIN });
    const [first] = ours;
    if (!first) return wrong('CHECK_NO_WEBHOOK', 'there is none: the engine hears of changes late');
    if (ours.length > 1) return wrong('CHECK_WEBHOOKS', `there are ${ours.length} of ours; one is right`, { count: ours.length });
    if (first.targetUrl !== target)
      return wrong('CHECK_WEBHOOK_ELSEWHERE', `it goes to ${first.targetUrl} instead of ${target}`, { to: first.targetUrl, url: target });
    if (saved && first.secret !== saved.webhookSecret)
      return wrong('CHECK_WEBHOOK_SECRET', 'its secret is not ours: the engine refuses what it brings');
    if (!isAsWished(first, { target, secret: first.secret }))
      return wrong('CHECK_WEBHOOK_PARTIAL', 'it does not tell of everything the engine needs');
    found({ check, verdict: 'ok', ...says('CHECK_WEBHOOK', `to ${target}`, { url: target }) });
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
      return found({
        check,
        verdict: 'wrong',
        ...says('CHECK_ENGINE_NO_DATABASE', `runs at ${publicUrl}, without its database`, { url: publicUrl }),
        mend: 'Look into its log.',
      });
    if (response.ok && /"status"\s*:\s*"ok"/.test(text))
      return found({ check, verdict: 'ok', ...says('CHECK_ENGINE', `answers at ${publicUrl}`, { url: publicUrl }) });
    found({
      check,
      verdict: 'wrong',
      ...says('CHECK_ENGINE_OTHER', `something else answers at ${publicUrl} (${response.status})`, {
        url: publicUrl,
        status: response.status,
      }),
      mend,
    });
  } catch {
    found({ check, verdict: 'wrong', ...says('CHECK_ENGINE_SILENT', `does not answer at ${publicUrl}`, { url: publicUrl }), mend });
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
        ...says('CHECK_WAY_HERE_ONLY', `${publicUrl} means this machine only; neither Twenty nor its users reach it`, { url: publicUrl }),
        mend: `Give an address that they reach: ${other}`,
      },
    ];
  if (url.startsWith('https:') && publicUrl.startsWith('http:') && here !== 'loopback')
    return [
      {
        check,
        verdict: 'wrong',
        ...says('CHECK_WAY_NO_HTTPS', 'browsers do not let a page of https call an engine of http'),
        mend: `Put a proxy with TLS in front of the engine: ${other}`,
      },
    ];
  if (here === 'public') return [{ check, verdict: 'ok', ...says('CHECK_WAY', `${publicUrl} is a public address`, { url: publicUrl }) }];
  return [
    {
      check,
      verdict: 'warn',
      ...says('CHECK_WAY_PRIVATE', `${publicUrl} is a private address; Twenty delivers there only if it is told that it may`, {
        url: publicUrl,
      }),
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
    ...says('CHECK_BACKLOG', total === 0 ? 'Twenty has been told everything' : `to tell Twenty: ${kinds}`, { waiting }),
  });
}

/** Pure. */
export function deliveries({ reachedAt, deliveredAt }: Pick<SavedConnection, 'reachedAt' | 'deliveredAt'>, now: Date): Finding {
  const check = 'deliveries';
  const seconds = deliveredAt ? Math.round((now.getTime() - deliveredAt.getTime()) / 1_000) : 0;
  if (deliveredAt) return { check, verdict: 'ok', ...says('CHECK_DELIVERED', `the last one came ${span(seconds)} ago`, { seconds }) };
  if (!reachedAt) return { check, verdict: 'skip', ...says('CHECK_NOT_REACHED', 'none yet: the engine has not reached Twenty') };
  return {
    check,
    verdict: 'warn',
    ...says('CHECK_NO_DELIVERY', `none has come: the engine asks Twenty every ${LOOK_EVERY_MS / 1_000} s what people have edited instead`, {
      seconds: LOOK_EVERY_MS / 1_000,
    }),
    mend: SAFE_MODE,
  };
}

type Contact = Pick<SavedConnection, 'reachedAt' | 'problem'> & Partial<Pick<SavedConnection, 'problemTold'>>;

/** Pure. */
export function lastContact({ reachedAt, problem, problemTold }: Contact, now: Date): Finding {
  const check = 'last contact';
  const ago = reachedAt ? Math.round((now.getTime() - reachedAt.getTime()) / 1_000) : null;
  if (problem)
    return {
      check,
      verdict: 'wrong',
      words: problem,
      told: problemTold ?? told('CRM_FAILED', { kind: 'UNREACHABLE', message: problem }),
      mend: ago === null ? 'The engine has not reached Twenty yet.' : `Last good contact ${span(ago)} ago.`,
    };
  if (ago === null)
    return { check, verdict: 'warn', ...says('CHECK_NOT_REACHED', 'the engine has not reached Twenty yet'), mend: `Start it: ${START}` };
  const verdict: Verdict = ago * 1_000 > SILENT_MS ? 'warn' : 'ok';
  return {
    check,
    verdict,
    ...says('CHECK_CONTACT', `${span(ago)} ago`, { seconds: ago }),
    ...(verdict === 'warn' && { mend: `Is the engine running? ${START}` }),
  };
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} hours` : `${Math.round(seconds / 86_400)} days`;
}
