/** What the page's address may say: which queues, which formula, and once, in the fragment, the token. */
import { listed } from '@patchbay/pages/formats';
import type { ServiceLevelFormula } from './generated/operations';
import { DEFAULT_FORMULA, FORMULAS } from './words';
import { t } from './language';

export interface BoardAddress {
  /** Null: the whole contact center. */
  queueIds: string[] | null;
  formula: ServiceLevelFormula;
  /** What in the address was not understood, in sentences for the screen. */
  notices: string[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isFormula = (name: string): name is ServiceLevelFormula => Object.hasOwn(FORMULAS, name);

/** @param search the address's query, such as `?formula=SHORT_ABANDONS_MET&queues=…,…` */
export function readAddress(search: string): BoardAddress {
  const query = new URLSearchParams(search);
  const notices: string[] = [];

  const wanted = (query.get('queues') ?? '')
    .split(',')
    .map((id) => id.trim().toLowerCase())
    .filter(Boolean);
  const queueIds = [...new Set(wanted.filter((id) => UUID.test(id)))];
  if (queueIds.length < new Set(wanted).size) {
    notices.push(
      queueIds.length
        ? t('The address names queues that are not ids; they are left out.')
        : t('The address names queues that are not ids; all queues are shown.'),
    );
  }

  const formula = query.get('formula') ?? DEFAULT_FORMULA;
  if (isFormula(formula)) return { queueIds: queueIds.length ? queueIds : null, formula, notices };
  notices.push(t('“{{name}}” is no formula; use one of {{list}}.', { name: formula.slice(0, 40), list: listed(Object.keys(FORMULAS)) }));
  return { queueIds: queueIds.length ? queueIds : null, formula: DEFAULT_FORMULA, notices };
}

/** @param hash the address's fragment, such as `#token=…` */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')?.trim() || null;
}
