/** The desk's edge in a browser's page: token, title, sound, notifications, focus, files. Nothing else touches them. */
import { keptInBrowser, keptInTab } from '@patchbay/pages/browser-storage';
import { factsOf, type Facts } from '@patchbay/pages/fragment';
import { isFramed } from '@patchbay/pages/frame';
import type { Edge, StrayKey } from './edge';
import { preferencesOf } from './preferences';

const keptToken = keptInTab('patchbay.desk.token');
const keptPreferences = keptInBrowser('patchbay.desk.preferences');

/**
 * A token handed over in the fragment, else the one of this tab's session. In a tab it is removed at once from the
 * address bar and kept for a reload; a frame shows no address, is told its fragment anew, and keeps nothing.
 */
export function startingFacts(): Facts {
  const facts = factsOf(location.hash);
  if (isFramed()) return facts;
  if (facts.token !== null) {
    history.replaceState(null, '', location.pathname + location.search);
    storeToken(facts.token);
  }
  return { ...facts, token: facts.token ?? keptToken.read() };
}

/** Calls `listener` whenever the fragment changes: the page stays as it is. */
export function onFacts(listener: (facts: Facts) => void): void {
  window.addEventListener('hashchange', () => {
    const facts = startingFacts();
    if (location.hash !== '' || facts.token !== null) listener(facts);
  });
}

export function storeToken(token: string): void {
  if (!isFramed()) keptToken.write(token);
}
export const forgetToken = (): void => keptToken.forget();

/** Every colour follows it (roles.css); null: as the browser has it. */
export function showScheme(scheme: Facts['scheme']): void {
  if (scheme === null) delete document.documentElement.dataset.scheme;
  else document.documentElement.dataset.scheme = scheme;
}

/** Without a token the browser's cookie signs in. */
const bearer = (token: string | null): Record<string, string> => (token === null ? {} : { authorization: `Bearer ${token}` });

/** Sends a draft while the page ends: `keepalive` lets the request outlive it. Its body is small, as browsers demand. */
export function sendAtEnd(origin: string, token: string | null, query: string, variables: Record<string, unknown>): void {
  void fetch(`${origin}/graphql`, {
    method: 'POST',
    keepalive: true,
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ query, variables }),
  }).catch(() => undefined);
}

/** Before the page goes, or is put aside where a telephone may throw it away. */
export function onPageEnd(listener: () => void): void {
  window.addEventListener('pagehide', listener);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && listener());
}

/** Two short tones, made here: no file to fetch. A page nobody has touched yet may not sound; then it stays silent. */
function chime(): void {
  const audio = new AudioContext();
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const from = audio.currentTime + index * 0.18;
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.12, from + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.3);
    tone.connect(volume).connect(audio.destination);
    tone.start(from);
    tone.stop(from + 0.3);
  }
  setTimeout(() => void audio.close(), 1_000);
}

/** What a browser may lack or refuse, such as sound, must not end the page that asked for it. */
function unlessDenied<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Types a browser shows without running anything in them; all others are saved, never opened on our origin. */
const HARMLESS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

interface Place {
  /** Where the engine is. */
  origin: string;
  /** The present token; null for a person who is signed in in this browser. */
  token: () => string | null;
  inCrm: boolean;
  frame: string | null;
  signOut: () => void;
}

export function browserEdge({ origin, token, inCrm, frame, signOut }: Place): Edge {
  const title = document.title;
  let preferences = preferencesOf(keptPreferences.read());
  let ringing: string | null = null;
  let flash: ReturnType<typeof setInterval> | undefined;
  let notice: Notification | undefined;

  return {
    preferences: () => preferences,
    prefer: (change) => {
      preferences = { ...preferences, ...change };
      keptPreferences.write(JSON.stringify(preferences));
      if (change.notices === true && 'Notification' in window) void Notification.requestPermission().catch(() => undefined);
    },
    ring: (words) => {
      if (words === ringing) return;
      ringing = words;
      clearInterval(flash);
      notice?.close();
      document.title = words === null ? title : `● ${words}`;
      if (words === null) return;
      let on = true;
      flash = setInterval(() => {
        on = !on;
        document.title = on ? `● ${words}` : title;
      }, 1_000);
      if (preferences.sound) unlessDenied(chime);
      if (preferences.notices && document.hidden && 'Notification' in window && Notification.permission === 'granted') {
        notice = unlessDenied(() => new Notification('Patchbay', { body: words, tag: 'patchbay-offer' }));
        if (notice) notice.onclick = () => window.focus();
      }
    },
    focus: (id) => void requestAnimationFrame(() => document.getElementById(id)?.focus()),
    reveal: (id) => void requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest' })),
    onStrayKey: (listener) => {
      const hear = (event: KeyboardEvent): void => {
        if (event.target !== document.body) return;
        const press: StrayKey = {
          key: event.key,
          modified: event.ctrlKey || event.altKey || event.metaKey,
          preventDefault: () => event.preventDefault(),
        };
        listener(press);
      };
      document.addEventListener('keydown', hear);
      return () => document.removeEventListener('keydown', hear);
    },
    openFile: async ({ path, fileName, contentType }) => {
      const url = new URL(path, origin);
      // The token goes to the engine and nowhere else.
      if (url.origin !== origin) throw new Error('The file is not on the engine.');
      const answer = await fetch(url, { headers: bearer(token()) });
      if (!answer.ok) throw new Error(`The engine answered with ${answer.status}.`);
      // What a sandboxed frame makes belongs to nobody, so that no other window may show it: there all is saved.
      const shown = HARMLESS.includes(contentType) && window.origin !== 'null';
      const file = new Blob([await answer.arrayBuffer()], { type: shown ? contentType : 'application/octet-stream' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      if (shown) link.target = '_blank';
      else link.download = fileName;
      link.rel = 'noopener';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
    signOut: inCrm ? null : signOut,
    frame,
    mayNotify: !isFramed(),
  };
}
