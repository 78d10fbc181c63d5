/** What the engine says of the CRM and of its work with it: why something failed, what was found, how far it is, what is lost. */
import { duration, listed, moment, number, t } from './language';
import type { CrmKind, ToldCode } from './generated/operations';
import { kindWord } from './pages/crm-words';

type Facts = Readonly<Record<string, unknown>>;
type Code = Extract<ToldCode, `${'CRM' | 'EDIT' | 'CHECK' | 'STEP' | 'LOSS'}_${string}`>;

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const count = (value: unknown): number => (typeof value === 'number' ? value : 0);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const figure = (value: unknown): string => number(count(value));
const time = (seconds: unknown): string => duration(Math.abs(count(seconds)), { most: 1 });
const at = ({ url }: Facts): { url: string } => ({ url: text(url) });
const of = ({ host, error }: Facts): { host: string; error: string } => ({ host: text(host), error: text(error) });

/** What the CRM itself said, or a message for whoever works with the engine, is quoted. */
const FAILED: Readonly<Record<string, (message: string) => string>> = {
  LIMITED: (message) => t('The CRM takes no more calls for now. ({{message}})', { message }),
  UNREACHABLE: (message) => t('The CRM cannot be reached now. ({{message}})', { message }),
  DENIED: (message) => t('The CRM denies it: the key or its rights do not suffice. ({{message}})', { message }),
  INVALID: (message) => t('The CRM does not take it. ({{message}})', { message }),
};

export const CRM_WORDS: Readonly<Record<Code, (facts: Facts) => string>> = {
  CRM_FAILED: ({ kind, message }) => FAILED[text(kind)]?.(text(message)) ?? text(message),
  CRM_SILENT: ({ url, reason }) => t('{{url}} does not answer ({{reason}}).', { url: text(url), reason: text(reason) }),
  CRM_LIMITED: () => t('The CRM takes no more calls for now.'),
  CRM_ANSWERED: ({ status }) => t('The CRM answers with {{status}}.', { status: text(status) }),
  CRM_NOT_ITS_API: ({ status }) => t('What answers there ({{status}}) is not the API of the CRM.', { status: text(status) }),
  CRM_DEMO: () =>
    t(
      'This contact center is the demo: its people are invented, and would appear in the CRM beside the real ones. Connect an empty one, or say that you want the demo there.',
    ),
  CRM_NO_HOST: ({ host }) => t('There is no host {{host}}.', { host: text(host) }),
  CRM_NO_CONNECTION: ({ host }) => t('{{host}} takes no connections there.', { host: text(host) }),
  CRM_NO_ANSWER: ({ host }) => t('{{host}} does not answer.', { host: text(host) }),
  CRM_UNTRUSTED: (facts) => t('The certificate of {{host}} cannot be trusted ({{error}}).', of(facts)),
  CRM_NO_HTTPS: ({ host }) => t('{{host}} does not speak https.', { host: text(host) }),
  CRM_BROKEN_OFF: (facts) => t('{{host}} broke the connection off or answered something that is not HTTP ({{error}}).', of(facts)),
  CRM_UNREACHABLE: (facts) => t('{{host}} cannot be reached ({{error}}).', of(facts)),
  CRM_KEY_REFUSED: ({ why }) => t('The CRM does not accept the API key ({{why}}).', { why: text(why) }),
  CRM_LOCKS_OUT: ({ people }) =>
    t('These would be locked out of the CRM, for their only role goes: {{names}}. Give each another role there first.', {
      names: listed(texts(people)),
    }),
  CRM_TOO_OLD: ({ version, oldest }) =>
    t('The CRM is of version {{version}}; {{oldest}} or newer is needed.', { version: text(version), oldest: text(oldest) }),

  EDIT_FAILED: () => t('The engine failed to take this change over; its log says why.'),
  EDIT_KEPT: ({ emptied }) =>
    emptied === true
      ? t('What was typed is kept there to be mended, and is not in force. Emptied, the field shows again what is.')
      : t('What was typed is kept there to be mended, and is not in force.'),

  CHECK_NOT_CONNECTED: () => t('No connection is kept: the CRM is not connected, or not to the end.'),
  CHECK_SERVER_FIRST: () => t('The server comes first; nothing else in the CRM was looked at.'),
  CHECK_SERVER: (facts) => t('The CRM answers at {{url}}.', at(facts)),
  CHECK_VERSION: ({ version }) => t('Version {{version}}', { version: text(version) }),
  CHECK_CLOCK_UNTOLD: () => t('The CRM does not tell its time.'),
  CHECK_CLOCK: () => t('The same here and there'),
  CHECK_CLOCK_DIFFERS: ({ aheadSeconds }) =>
    count(aheadSeconds) > 0
      ? t('That of the CRM is {{time}} ahead.', { time: time(aheadSeconds) })
      : t('That of the CRM is {{time}} behind.', { time: time(aheadSeconds) }),
  CHECK_RIGHTS_LACK: ({ rights }) => t('The role of the key lacks: {{rights}}', { rights: listed(texts(rights)) }),
  CHECK_RIGHTS: ({ role }) => (typeof role === 'string' ? t('Role {{role}}', { role }) : t('They suffice, as far as can be seen.')),
  CHECK_KEY: ({ workspace, until }) =>
    typeof until === 'string'
      ? t('Valid for the workspace {{workspace}} until {{time}}', { workspace: text(workspace), time: moment(until) })
      : t('Valid for the workspace {{workspace}}', { workspace: text(workspace) }),
  CHECK_RECORDS: ({ people, companies }) =>
    t('They can be read: people {{people}}, companies {{companies}}', { people: figure(people), companies: figure(companies) }),
  CHECK_LIMIT: () => t('The CRM takes calls now.'),
  CHECK_NOT_ALLOWED: () => t('The key may not look at them.'),
  CHECK_SETTING: ({ name, value }) => t('{{name}} is {{value}}', { name: text(name), value: text(value) }),
  CHECK_SETTING_DIFFERS: ({ name, value, url }) =>
    t('{{name}} is “{{value}}”, the address of the engine is {{url}}.', { name: text(name), value: text(value), url: text(url) }),
  CHECK_NOT_INSTALLED: () => t('Not installed'),
  CHECK_HALF_INSTALLED: () => t('An installation stopped half-way here.'),
  CHECK_INSTALLED: ({ version }) => t('Version {{version}}', { version: text(version) }),
  CHECK_NEWER: ({ version, ours }) =>
    t('Version {{version}} is newer than {{ours}}, which this engine brings.', { version: text(version), ours: text(ours) }),
  CHECK_OLDER: ({ version, ours }) => t('Version {{version}}; this engine brings {{ours}}.', { version: text(version), ours: text(ours) }),
  CHECK_OBJECTS: ({ count: all }) => t('All are complete, with fields, views and roles: {{all}}', { all: figure(all) }),
  CHECK_OBJECTS_DIFFER: ({ count: all, missing }) =>
    t('Different from what this engine installs: {{all}}; missing of these: {{missing}}', { all: figure(all), missing: figure(missing) }),
  CHECK_LATER: () => t('The CRM takes no more such calls for now: try again in half a minute.'),
  CHECK_NO_WEBHOOK: () => t('There is none: the engine hears of changes late.'),
  CHECK_WEBHOOKS: ({ count: all }) => t('There are several of ours where one is right: {{all}}', { all: figure(all) }),
  CHECK_WEBHOOK_ELSEWHERE: ({ to, url }) => t('It goes to {{to}} instead of {{url}}.', { to: text(to), url: text(url) }),
  CHECK_WEBHOOK_SECRET: () => t('Its secret is not ours: the engine refuses what it brings.'),
  CHECK_WEBHOOK_PARTIAL: () => t('It does not tell of everything that the engine needs.'),
  CHECK_WEBHOOK: (facts) => t('To {{url}}', at(facts)),
  CHECK_ENGINE_NO_DATABASE: (facts) => t('It runs at {{url}}, without its database.', at(facts)),
  CHECK_ENGINE: (facts) => t('It answers at {{url}}.', at(facts)),
  CHECK_ENGINE_OTHER: ({ url, status }) => t('Something else answers at {{url}} ({{status}}).', { url: text(url), status: text(status) }),
  CHECK_ENGINE_SILENT: (facts) => t('It does not answer at {{url}}.', at(facts)),
  CHECK_WAY_HERE_ONLY: (facts) => t('{{url}} means the engine’s own machine: neither the CRM nor its users reach it.', at(facts)),
  CHECK_WAY_NO_HTTPS: () => t('Browsers do not let a page of https call an engine of http.'),
  CHECK_WAY: (facts) => t('{{url}} is a public address.', at(facts)),
  CHECK_WAY_PRIVATE: (facts) => t('{{url}} is a private address: the CRM delivers there only where it is told that it may.', at(facts)),
  CHECK_BACKLOG: ({ waiting }) => {
    const waits = (Array.isArray(waiting) ? waiting : []) as { kind: CrmKind; count: number }[];
    return waits.length === 0
      ? t('The CRM has been told everything.')
      : t('To be told: {{kinds}}', { kinds: listed(waits.map(({ kind, count: one }) => `${kindWord(kind)} ${number(one)}`)) });
  },
  CHECK_DELIVERED: ({ seconds }) => t('The last one came {{time}} ago.', { time: time(seconds) }),
  CHECK_NOT_REACHED: () => t('The engine has not reached the CRM yet.'),
  CHECK_NO_DELIVERY: ({ seconds }) => t('None has come: the engine asks the CRM every {{time}} instead.', { time: time(seconds) }),
  CHECK_CONTACT: ({ seconds }) => t('The last answer came {{time}} ago.', { time: time(seconds) }),

  STEP_SERVER: ({ version, url }) => t('Version {{version}} at {{url}}', { version: text(version), url: text(url) }),
  STEP_PLAN: (counts) =>
    t('To add: {{add}}, to change: {{change}}, to remove: {{remove}}', {
      add: figure(counts['+']),
      change: figure(counts['~']),
      remove: figure(counts['-']),
    }),
  STEP_SAVED: () => t('Kept'),
  STEP_AS_BEFORE: () => t('As it was'),
  STEP_FORGOTTEN: () => t('Forgotten'),
  STEP_NONE: () => t('There was none.'),
  STEP_REMOVED: () => t('Removed'),
  STEP_OF: (facts) => t('{{read}} of {{total}}', { read: figure(facts['at']), total: figure(facts['of']) }),
  STEP_FILES: ({ count: all }) => t('{{count}} files', { count: count(all) }),
  STEP_CHANGES: ({ count: all }) => t('{{count}} changes', { count: count(all) }),
  STEP_BUILDS: () => t('The application is being built.'),
  STEP_MAKES_TABLES: () => t('The CRM makes its tables; this takes a while.'),
  STEP_DROPS_TABLES: () => t('The CRM drops its tables.'),

  LOSS_OBJECT: ({ name, count: all }) => t('{{name}}: the object and its records, {{all}}', { name: text(name), all: figure(all) }),
  LOSS_FIELD: ({ name, count: all }) =>
    t('{{name}}: the field and what records hold in it, {{all}}', { name: text(name), all: figure(all) }),
  LOSS_OPTIONS: ({ name, options }) => t('{{name}}: the options {{options}}', { name: text(name), options: listed(texts(options)) }),
};
