/**
 * What the desk needs of the place it runs in, beyond the API. A page has all of it (browser.ts); a front component
 * inside the CRM has little, and does nothing where it has nothing.
 */
import { createContext, useContext } from 'react';

export interface Preferences {
  /** A short sound when work rings. */
  sound: boolean;
  /** A notification of the operating system when work rings and the desk is not in front. */
  notices: boolean;
  /** Shortcuts of a single letter. */
  letters: boolean;
}

/** A key pressed while nothing of the desk had the focus. */
export interface StrayKey {
  key: string;
  modified: boolean;
  preventDefault(): void;
}

export interface Edge {
  preferences(): Preferences;
  prefer(change: Partial<Preferences>): void;
  /** Tells what rings now; null when nothing does. */
  ring(words: string | null): void;
  /** Moves the focus to the element with this id, after the present update is drawn. */
  focus(id: string): void;
  /** Scrolls the element with this id into view, if it is not. */
  reveal(id: string): void;
  onStrayKey(listener: (press: StrayKey) => void): () => void;
  /** Fetches a file of the engine with the bearer token and hands it to the agent; rejects when it cannot. */
  openFile(file: { path: string; fileName: string; contentType: string }): Promise<void>;
  /** Null where the CRM signs in and out. */
  signOut: (() => void) | null;
  /** Names the frame of the CRM that the page stands in, where the CRM around it shows records that it names; else null. */
  frame: string | null;
  /** Whether notifications of the operating system can come from here. */
  mayNotify: boolean;
}

/** Nothing around the desk: what a front component starts from. */
export const noEdge: Edge = {
  preferences: () => ({ sound: false, notices: false, letters: true }),
  prefer: () => undefined,
  ring: () => undefined,
  focus: () => undefined,
  reveal: () => undefined,
  onStrayKey: () => () => undefined,
  openFile: () => Promise.reject(new Error('Files cannot be opened here.')),
  signOut: null,
  frame: null,
  mayNotify: false,
};

export const EdgeContext = createContext<Edge>(noEdge);

export const useEdge = (): Edge => useContext(EdgeContext);
