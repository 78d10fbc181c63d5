/** What the audit is about, in the reader's language, and where that is. */
import { channels, type Channel } from './generated/channels';
import type { AuditKind, AuditListQuery, ChangeSource } from './generated/operations';
import { t } from './language';
import { channelTitle } from './words';

export type AuditEntry = AuditListQuery['audit']['edges'][number]['node'];

export const kindWord = (kind: AuditKind): string =>
  ({
    QUEUE: t('Queue'),
    AGENT: t('Agent'),
    TEAM: t('Team'),
    SKILL: t('Skill'),
    PRESENCE_STATUS: t('Presence status'),
    DISPOSITION: t('Disposition'),
    ENTRY_POINT: t('Entry point'),
    CHANNEL: t('Channel'),
    BUSINESS_CALENDAR: t('Business calendar'),
    SLA_POLICY: t('SLA policy'),
    RULE: t('Rule'),
    INTAKE_SOURCE: t('Intake source'),
    CRM: t('CRM connection'),
    TOKEN: t('API token'),
    USER: t('Person'),
    DELEGATION: t('Delegation'),
    SIGN_IN: t('Sign-in'),
    CUSTOMER: t('Customer'),
    CONSENT: t('Consent'),
    INTERACTION: t('Interaction'),
  })[kind];

export const KINDS: readonly AuditKind[] = [
  'QUEUE',
  'AGENT',
  'TEAM',
  'SKILL',
  'PRESENCE_STATUS',
  'DISPOSITION',
  'ENTRY_POINT',
  'CHANNEL',
  'BUSINESS_CALENDAR',
  'SLA_POLICY',
  'RULE',
  'INTAKE_SOURCE',
  'CRM',
  'CUSTOMER',
  'CONSENT',
  'INTERACTION',
];
export const ADMIN_KINDS: readonly AuditKind[] = ['USER', 'TOKEN', 'DELEGATION', 'SIGN_IN'];

export const sourceWord = (source: ChangeSource): string => ({ CRM: t('in the CRM'), FILE: t('from a file') })[source];

const PAGES: Readonly<Partial<Record<AuditKind, string>>> = {
  QUEUE: 'queues',
  AGENT: 'agents',
  TEAM: 'teams',
  SKILL: 'skills',
  PRESENCE_STATUS: 'presence',
  DISPOSITION: 'dispositions',
  ENTRY_POINT: 'entry-points',
  BUSINESS_CALENDAR: 'calendars',
  SLA_POLICY: 'policies',
  RULE: 'rules',
  TOKEN: 'tokens',
  USER: 'people',
  SIGN_IN: 'people',
  INTAKE_SOURCE: 'intake-sources',
  CUSTOMER: 'customers',
  INTERACTION: 'interactions',
};

const GONE = /\.(deleted|removed|disconnected)$/;

/** Its page; where it has none, or is gone, what else the audit has about it. */
export function recordPath({ record: { kind, recordId: id, name }, type }: Pick<AuditEntry, 'record' | 'type'>): string {
  if (kind === 'CRM') return '/crm';
  if (kind === 'CHANNEL' && name && name in channels) return `/channels/${name}`;
  const place = /^(session|sign_in_settings)\./.test(type) ? undefined : PAGES[kind];
  return place && (!GONE.test(type) || type === 'queue.member_removed') ? `/${place}/${id}` : `/audit?record=${id}`;
}

export const recordName = ({ kind, name }: AuditEntry['record']): string =>
  name && name in channels ? channelTitle(name as Channel) : name || kindWord(kind);

const NAMED: Readonly<Partial<Record<AuditKind, string>>> = { QUEUE: 'queue', PRESENCE_STATUS: 'presence', DISPOSITION: 'disposition' };

/**
 * The entry with the names that the reader knows; what has been renamed since is called as it was then.
 *
 * @param tell as useNames has it
 */
export function namedEntry<E extends AuditEntry>(entry: E, tell: <T>(said: T) => T): E {
  const called = <V>(word: string, value: V): V => tell({ [word]: value })[word] as V;
  const { record, changes } = entry;
  return {
    ...entry,
    record: { ...record, name: called(NAMED[record.kind] ?? '', record.name) },
    changes: changes.map((change) => {
      const field = change.path.at(-1) ?? '';
      return { ...change, before: called(field, change.before), after: called(field, change.after) };
    }),
  };
}
