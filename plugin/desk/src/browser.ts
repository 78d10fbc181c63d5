/** The desk's edge in a browser's page: token, title, sound, notifications, focus, files. Nothing else touches them. */
import type { Edge, Preferences, StrayKey } from './edge';

const TOKEN = 'patchbay.desk.token';
const PREFERENCES = 'patchbay.desk.preferences';

/** A token handed over in the fragment, removed at once from the address bar, else the one of this tab's session. */
export function storedToken(): string | null {
  const given = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    history.replaceState(null, '', location.pathname + location.search);
    sessionStorage.setItem(TOKEN, decodeURIComponent(given));
  }
  return sessionStorage.getItem(TOKEN);
}

export const storeToken = (token: string): void => sessionStorage.setItem(TOKEN, token);
export const forgetToken = (): void => sessionStorage.removeItem(TOKEN);

function readPreferences(): Preferences {
  const stored = JSON.parse(localStorage.getItem(PREFERENCES) ?? '{}') as Partial<Preferences>;
  return { sound: true, notices: false, letters: true, ...stored };
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

/** Types a browser shows without running anything in them; all others are saved, never opened on our origin. */
const HARMLESS = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export function browserEdge(origin: string, token: string, signOut: () => void): Edge {
  const title = document.title;
  let preferences = readPreferences();
  let ringing: string | null = null;
  let flash: ReturnType<typeof setInterval> | undefined;
  let notice: Notification | undefined;

  return {
    preferences: () => preferences,
    prefer: (change) => {
      preferences = { ...preferences, ...change };
      localStorage.setItem(PREFERENCES, JSON.stringify(preferences));
      if (change.notices === true && 'Notification' in window) void Notification.requestPermission();
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
      if (preferences.sound) chime();
      if (preferences.notices && document.hidden && 'Notification' in window && Notification.permission === 'granted') {
        notice = new Notification('Patchbay', { body: words, tag: 'patchbay-offer' });
        notice.onclick = () => window.focus();
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
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`The engine answered with ${answer.status}.`);
      const shown = HARMLESS.includes(contentType);
      const file = new Blob([await answer.arrayBuffer()], { type: shown ? contentType : 'application/octet-stream' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      if (shown) link.target = '_blank';
      else link.download = fileName;
      link.rel = 'noopener';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
    signOut,
  };
}
