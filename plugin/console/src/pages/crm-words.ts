/** What the CRM's page says of the engine's work with it: its steps, its checks, and how what a check finds is mended. */
import type { CrmKind, CrmProblemSide, CrmTaskKind } from '../generated/operations';
import { t } from '../language';

export const kindWord = (kind: CrmKind): string =>
  ({
    PERSON: t('People'),
    COMPANY: t('Companies'),
    USER: t('Users of the CRM'),
    QUEUE: t('Queues'),
    AGENT: t('Agents'),
    QUEUE_MEMBER: t('Members of queues'),
    SLA_POLICY: t('SLA policies'),
    AUTOMATION_RULE: t('Rules'),
    INTERACTION: t('Interactions'),
  })[kind];

export const sideWord = (side: CrmProblemSide): string =>
  ({ PUSH: t('Refused by the CRM'), EDIT: t('Edited there, refused here'), NEW: t('Made there, refused here') })[side];

export const taskWord = (kind: CrmTaskKind): string =>
  ({ PLAN: t('Plan'), APPLY: t('Changes in the CRM'), DOCTOR: t('Examination'), UNINSTALL: t('Removal'), FORGET: t('Forgetting') })[kind];

/** The page of our own record; null where it has none. */
export const ownPath = (kind: CrmKind, id: string | null | undefined): string | null => {
  if (id == null) return null;
  if (kind === 'QUEUE') return `/queues/${id}`;
  if (kind === 'AGENT') return `/agents/${id}`;
  if (kind === 'SLA_POLICY') return `/policies/${id}`;
  if (kind === 'AUTOMATION_RULE') return `/rules/${id}`;
  return kind === 'INTERACTION' ? `/interactions/${id}` : null;
};

/** A step or check in the reader's language; one that a later engine names, in its own word. */
export const checkWord = (name: string): string =>
  (
    ({
      application: t('Application'),
      backlog: t('Backlog'),
      clock: t('Clock'),
      connection: t('Connection'),
      database: t('Database'),
      deliveries: t('Deliveries'),
      'demo people': t('People of the demo'),
      engine: t('Engine'),
      files: t('Files'),
      key: t('Key'),
      'last contact': t('Last contact'),
      limit: t('Limit of calls'),
      objects: t('Objects'),
      plan: t('Plan'),
      records: t('Records'),
      register: t('Registration'),
      rights: t('Rights'),
      schema: t('Tables'),
      server: t('Server'),
      setting: t('Setting'),
      version: t('Version'),
      'way back': t('Way back'),
      webhook: t('Webhook'),
    }) as Readonly<Record<string, string>>
  )[name] ?? name;

/** What a plan changes, in the reader's language; of a kind that a later engine names, in its own word. */
export const groupWord = (name: string): string =>
  (
    ({
      objects: t('Objects'),
      fields: t('Fields'),
      indexes: t('Indexes'),
      roles: t('Roles'),
      'object permissions': t('Rights to objects'),
      'field permissions': t('Rights to fields'),
      'permission flags': t('Rights to settings'),
      'role permission flags': t('Rights of roles to settings'),
      views: t('Views'),
      'view fields': t('Columns of views'),
      'view field groups': t('Column groups of views'),
      'view filters': t('Filters of views'),
      'view filter groups': t('Filter groups of views'),
      'view groups': t('Groups of views'),
      'view sorts': t('Orders of views'),
      'page layouts': t('Page layouts'),
      'page layout tabs': t('Tabs of page layouts'),
      'page layout widgets': t('Parts of page layouts'),
      'menu items': t('Menu items'),
      commands: t('Commands'),
      'front components': t('Components of pages'),
      'logic functions': t('Functions'),
      'search fields': t('Fields of the search'),
      settings: t('Settings'),
    }) as Readonly<Record<string, string>>
  )[name] ?? name;

/** How it is mended from here; null where its own words say all there is. */
export function mendOf(check: string): string | null {
  const plan = t('Show the plan and apply it: it puts in place whatever is missing.');
  const address = t('Look whether the engine can be reached at the address that stands here; another one is given with the plan.');
  const mends: Readonly<Record<string, string>> = {
    application: plan,
    objects: plan,
    setting: plan,
    webhook: plan,
    connection: t('Connect the CRM.'),
    server: t('Look whether the CRM runs, and whether its address is right.'),
    version: t('Upgrade the CRM.'),
    clock: t('Set the clocks of both machines by NTP.'),
    key: t('Make a new key of the role Admin in the CRM, and replace the one here.'),
    rights: t('Give the key the role Admin in the CRM.'),
    limit: t('Another program uses up the CRM’s limit on calls: stop it, or have the CRM’s operator raise the limit.'),
    engine: address,
    'way back': address,
    deliveries: t('Let the CRM call the engine’s address. Until then the engine asks it every few seconds.'),
    'last contact': t('Look whether the CRM runs. Routing goes on meanwhile, and what happens is pushed afterwards.'),
    backlog: t('It is worked off by itself; where it grows, the CRM’s limit on calls is too low.'),
  };
  return mends[check] ?? null;
}
