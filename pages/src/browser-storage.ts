/**
 * What a page keeps in its browser. A browser may deny that: in a sandboxed frame, by a setting, with a full disk. Then the
 * page keeps it for as long as it lives, and goes on.
 */

export interface Kept {
  /** Null where nothing is kept. */
  read(): string | null;
  /** False where the browser does not take it: it lasts as long as this page. */
  write(text: string): boolean;
  forget(): void;
}

/** @param storage is asked at each use, and may throw or be null */
export function kept(name: string, storage: () => Storage | null | undefined): Kept {
  /** Undefined where the browser has the word. */
  let here: string | null | undefined;
  return {
    read: () => {
      if (here !== undefined) return here;
      try {
        return storage()?.getItem(name) ?? null;
      } catch {
        return null;
      }
    },
    write: (text) => {
      here = text;
      try {
        const place = storage();
        if (!place) return false;
        place.setItem(name, text);
        here = undefined;
        return true;
      } catch {
        return false;
      }
    },
    forget: () => {
      here = null;
      try {
        storage()?.removeItem(name);
      } catch {
        // What cannot be reached cannot be read either.
      }
    },
  };
}

/** Until the tab is closed. */
export const keptInTab = (name: string): Kept => kept(name, () => window.sessionStorage);

/** Until somebody clears it. */
export const keptInBrowser = (name: string): Kept => kept(name, () => window.localStorage);

const trial = (storage: () => Storage): boolean => {
  const word = kept('patchbay.trial', storage);
  const taken = word.write('1');
  word.forget();
  return taken;
};

/** Whether anything is kept at all: what asks for a token says so beforehand. */
export const keepsInTab = (): boolean => trial(() => window.sessionStorage);
export const keepsInBrowser = (): boolean => trial(() => window.localStorage);
