/** The order of a list that is sorted here, by its columns' texts. */
import { speech } from '../language';
import type { ListColumn } from './List';
import type { ListState } from './list-state';

/** By the column that the address names, else by the first; numbers within a text by their value. */
export function byColumn<T>(columns: readonly ListColumn<T>[], { sort }: ListState): (a: T, b: T) => number {
  const { compare } = new Intl.Collator(speech(), { numeric: true });
  const text = (columns.find(({ id }) => id === sort?.column) ?? columns[0])?.text ?? (() => '');
  const sign = sort?.descending ? -1 : 1;
  return (a, b) => sign * compare(text(a), text(b));
}

/** Whether one of the texts contains what is searched for; all rows where nothing is. */
export const matches = (state: ListState, ...texts: string[]): boolean => {
  const wanted = state.get('search').toLocaleLowerCase(speech());
  return texts.some((text) => text.toLocaleLowerCase(speech()).includes(wanted));
};
