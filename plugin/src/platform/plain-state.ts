/** A record's state as people would say it: names in place of ids, lists by what their entries are about, no secrets. Pure. */
import { isObject } from './audited.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Of an action's settings. */
const SECRET = /secret|password|token|api_?key|credential|authori[sz]ation/i;
/** An entry of a list is told apart by the first of these that it has. */
const KEYS = ['skill', 'channel', 'kind', 'language'];

/** Every id that a state refers to. */
export function uuidsIn(value: unknown): string[] {
  if (typeof value === 'string') return UUID.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(uuidsIn);
  return isObject(value) ? Object.entries(value).flatMap(([key, inner]) => [...uuidsIn(key), ...uuidsIn(inner)]) : [];
}

/**
 * @param names of the records that it refers to; an id without one stays as it is
 * @returns the state; what is below `hidden` is only to be compared
 */
export function plainState(state: Record<string, unknown>, names: ReadonlyMap<string, string>): Record<string, unknown> {
  const secrets: unknown[] = [];

  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return keyed(value.map(plain));
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => {
        if (SECRET.test(key)) {
          secrets.push(inner);
          return [];
        }
        return [[names.get(key) ?? wordOf(key), plain(inner)]];
      }),
    );
  };

  const { hidden, ...told } = plain(state) as Record<string, unknown>;
  return { ...told, hidden: { ...(hidden as object | undefined), ...(secrets.length > 0 && { secrets }) } };
}

/** `overflow_queue_id` says the same as `overflowQueue`, once it holds a name. */
function wordOf(key: string): string {
  if (!/^[a-z]+(_?[a-zA-Z]+)*$/.test(key)) return key;
  return key
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    .replace(/Ids$/, 's')
    .replace(/Id$/, '');
}

function keyed(list: unknown[]): unknown {
  const key = KEYS.find((one) => list.length > 0 && list.every((entry) => isObject(entry) && typeof entry[one] === 'string'));
  if (key === undefined) return list;
  const entries = (list as Record<string, string>[]).map(({ [key]: name, ...rest }) => [name, rest] as const);
  return new Set(entries.map(([name]) => name)).size === entries.length ? Object.fromEntries(entries) : list;
}
