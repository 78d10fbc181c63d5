/** What was typed and not sent yet, kept by name, so that nothing is lost when its form, panel or page closes. */
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';

export class Drafts {
  private readonly texts = new Map<string, string>();
  private readonly listeners = new Set<() => void>();
  private readonly writers = new Set<(name: string, text: string) => void>();
  /** False while what is typed could not be saved: it is lost with this page. */
  private safe = true;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells of what is typed here, with an empty text for what is not to be kept any more. */
  onTyped(writer: (name: string, text: string) => void): () => void {
    this.writers.add(writer);
    return () => this.writers.delete(writer);
  }

  /** Undefined where nothing was typed; an emptied text is a draft too. */
  get(name: string): string | undefined {
    return this.texts.get(name);
  }

  set(name: string, text: string | undefined): void {
    if (this.texts.get(name) === text) return;
    if (text === undefined) this.texts.delete(name);
    else this.texts.set(name, text);
    for (const writer of this.writers) writer(name, text ?? '');
    this.changed();
  }

  /** What was kept elsewhere; nobody typed it here. */
  bring(name: string, text: string): void {
    this.texts.set(name, text);
    this.changed();
  }

  clear(): void {
    this.texts.clear();
    this.changed();
  }

  readonly areSafe = (): boolean => this.safe;

  setSafe(safe: boolean): void {
    if (this.safe === safe) return;
    this.safe = safe;
    this.changed();
  }

  private changed(): void {
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

/** Whether what is typed would still be there after this page. */
export function useDraftsSafe(): boolean {
  const drafts = useContext(DraftsContext);
  return useSyncExternalStore(drafts.subscribe, drafts.areSafe);
}
