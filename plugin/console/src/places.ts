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

const LEADS: readonly Role[] = ['ADMIN', 'SUPERVISOR'];

export const PLACES: readonly Place[] = [
  {
    path: 'queues',
    title: () => t('Queues'),
    icon: 'queue',
    group: 'work',
    roles: LEADS,
    page: () => import('./pages/Queues'),
    record: () => import('./pages/Queue'),
  },
];

export const groupTitle = (group: Place['group']): string => ({ now: t('Now'), work: t('Set-up'), access: t('Access') })[group];
