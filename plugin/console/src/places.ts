/** Every page of the console: where it is, what it is called, and who may open it. Navigation, routes and palette follow. */
import type { ComponentType } from 'react';
import type { Role } from './generated/operations';
import type { IconName } from './parts/Icon';
import { t } from './language';

type Load = () => Promise<{ default: ComponentType }>;

export interface Place {
  /** Under /console/; empty for the first page. */
  path: string;
  title: () => string;
  icon: IconName;
  group: 'now' | 'work' | 'access';
  roles: readonly Role[];
  page: Load;
  /** One record, at the same path and its id, or `new`. */
  record?: Load;
}

const SUPERVISORS: readonly Role[] = ['ADMIN', 'SUPERVISOR'];
const LEADS: readonly Role[] = [...SUPERVISORS, 'TEAM_LEAD'];
const ADMINS: readonly Role[] = ['ADMIN'];

export const PLACES: readonly Place[] = [
  { path: '', title: () => t('Home'), icon: 'home', group: 'now', roles: SUPERVISORS, page: () => import('./pages/Home') },
  {
    path: 'interactions',
    title: () => t('Interactions'),
    icon: 'interaction',
    group: 'now',
    roles: LEADS,
    page: () => import('./pages/Interactions'),
    record: () => import('./pages/Interaction'),
  },
  {
    path: 'customers',
    title: () => t('Customers'),
    icon: 'customer',
    group: 'now',
    roles: LEADS,
    page: () => import('./pages/Customers'),
    record: () => import('./pages/Customer'),
  },
  {
    path: 'queues',
    title: () => t('Queues'),
    icon: 'queue',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Queues'),
    record: () => import('./pages/Queue'),
  },
  {
    path: 'agents',
    title: () => t('Agents'),
    icon: 'agent',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Agents'),
    record: () => import('./pages/Agent'),
  },
  {
    path: 'teams',
    title: () => t('Teams'),
    icon: 'team',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Teams'),
    record: () => import('./pages/Team'),
  },
  {
    path: 'skills',
    title: () => t('Skills'),
    icon: 'skill',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Skills'),
    record: () => import('./pages/Skill'),
  },
  {
    path: 'presence',
    title: () => t('Presence statuses'),
    icon: 'presence',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/PresenceStatuses'),
    record: () => import('./pages/PresenceStatus'),
  },
  {
    path: 'dispositions',
    title: () => t('Dispositions'),
    icon: 'disposition',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Dispositions'),
    record: () => import('./pages/Disposition'),
  },
  {
    path: 'policies',
    title: () => t('SLA policies'),
    icon: 'policy',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Policies'),
    record: () => import('./pages/Policy'),
  },
  {
    path: 'calendars',
    title: () => t('Calendars'),
    icon: 'calendar',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Calendars'),
    record: () => import('./pages/Calendar'),
  },
  {
    path: 'entry-points',
    title: () => t('Entry points'),
    icon: 'entry',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/EntryPoints'),
    record: () => import('./pages/EntryPoint'),
  },
  {
    path: 'channels',
    title: () => t('Channels'),
    icon: 'channel',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Channels'),
    record: () => import('./pages/Channel'),
  },
  {
    path: 'rules',
    title: () => t('Rules'),
    icon: 'rule',
    group: 'work',
    roles: SUPERVISORS,
    page: () => import('./pages/Rules'),
    record: () => import('./pages/Rule'),
  },
  {
    path: 'rule-runs',
    title: () => t('Rule log'),
    icon: 'log',
    group: 'work',
    roles: SUPERVISORS,
    page: () => import('./pages/RuleRuns'),
    record: () => import('./pages/RuleRun'),
  },
  {
    path: 'people',
    title: () => t('People'),
    icon: 'people',
    group: 'access',
    roles: ADMINS,
    page: () => import('./pages/People'),
    record: () => import('./pages/Person'),
  },
  {
    path: 'access',
    title: () => t('Sign-in'),
    icon: 'lock',
    group: 'access',
    roles: ADMINS,
    page: () => import('./pages/SignInSettings'),
  },
  {
    path: 'tokens',
    title: () => t('API tokens'),
    icon: 'token',
    group: 'access',
    roles: ADMINS,
    page: () => import('./pages/Tokens'),
    record: () => import('./pages/Token'),
  },
  {
    path: 'audit',
    title: () => t('Audit'),
    icon: 'audit',
    group: 'access',
    roles: SUPERVISORS,
    page: () => import('./pages/Audit'),
  },
  {
    path: 'intake-sources',
    title: () => t('Intake sources'),
    icon: 'source',
    group: 'access',
    roles: ADMINS,
    page: () => import('./pages/IntakeSources'),
    record: () => import('./pages/IntakeSource'),
  },
  { path: 'crm', title: () => t('CRM'), icon: 'crm', group: 'access', roles: ADMINS, page: () => import('./pages/Crm') },
  {
    path: 'webhooks',
    title: () => t('Webhooks'),
    icon: 'webhook',
    group: 'access',
    roles: ADMINS,
    page: () => import('./pages/Webhooks'),
    record: () => import('./pages/Webhook'),
  },
];

export const groupTitle = (group: Place['group']): string => ({ now: t('Now'), work: t('Set-up'), access: t('Access') })[group];
