/** The CRMs that the command line knows, by the word typed for them. */
import type { CrmAdministration } from './administration.js';
import { twentyAdministration } from './twenty/install/administration.js';

export const ADMINISTRATIONS: Readonly<Record<string, CrmAdministration>> = { twenty: twentyAdministration };
