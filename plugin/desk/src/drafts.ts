/** What was typed and not sent yet, kept in memory by name, so that nothing is lost when its form or panel closes. */
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';

export class Drafts {
  private readonly texts = new Map<string, string>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Undefined where nothing was typed; an emptied text is a draft too. */
  get(name: string): string | undefined {
    return this.texts.get(name);
  }

  set(name: string, text: string | undefined): void {
    if (text === undefined) this.texts.delete(name);
    else this.texts.set(name, text);
    for (const listener of this.listeners) listener();
  }
}

export const DraftsContext = createContext(new Drafts());

/**
 * Like useState for a text that outlives its component.
 *
 * @param saved what stands there while nothing was typed; typing it again is no draft
 */
export function useDraft(name: string, saved = ''): [text: string, set: (text: string) => void] {
  const drafts = useContext(DraftsContext);
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.get(name)) ?? saved;
  return [text, useCallback((next) => drafts.set(name, next === saved ? undefined : next), [drafts, name, saved])];
}
