/**
 * Keeps drafts in the engine: a moment after the last letter, one after the other, again where it failed, and at the
 * page's end. Typing never waits for it.
 */
import type { Drafts } from './drafts';

export interface DraftStore {
  load(): Promise<readonly { name: string; text: string }[]>;
  /** Rejects with an `Unsavable` where trying again is of no use. */
  save(name: string, text: string): Promise<void>;
  /** Sends it on its way while the page ends; nobody hears the answer. */
  saveAtEnd(name: string, text: string): void;
}

export class Unsavable extends Error {}

const PAUSE_MS = 400;
const AGAIN_MS = 5_000;
/** Over within the minute: an offer that is declined is gone. */
const FLEETING = /^decline:/;
// What the engine takes in no text; it comes along when something is pasted.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

export class DraftKeeper {
  private agentId: string | null = null;
  private store: DraftStore | null = null;
  private readonly unsaved = new Map<string, string>();
  /** On its way to the engine, and not yet known to have arrived. */
  private sending: { name: string; text: string } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly drafts: Drafts) {
    drafts.onTyped((name, text) => {
      if (FLEETING.test(name)) return;
      this.unsaved.set(name, text.replace(CONTROL, ''));
      this.later(PAUSE_MS);
    });
  }

  /** Somebody is signed in: brings what they kept, and goes on keeping. Another agent's words are dropped first. */
  async attach(agentId: string, store: DraftStore): Promise<void> {
    if (this.agentId !== null && this.agentId !== agentId) {
      this.unsaved.clear();
      this.drafts.clear();
    }
    this.agentId = agentId;
    this.store = store;
    this.later(0);
    try {
      const kept = await store.load();
      if (this.store !== store) return;
      // What is typed here is newer than what was kept.
      for (const { name, text } of kept) if (this.drafts.get(name) === undefined && !this.unsaved.has(name)) this.drafts.bring(name, text);
    } catch {
      if (this.store === store) setTimeout(() => void (this.store === store && this.attach(agentId, store)), AGAIN_MS);
    }
  }

  detach(): void {
    this.store = null;
    clearTimeout(this.timer);
  }

  /** The page ends: what has not arrived is sent without waiting. */
  atEnd(): void {
    if (!this.store) return;
    const left = new Map(this.unsaved);
    if (this.sending && !left.has(this.sending.name)) left.set(this.sending.name, this.sending.text);
    for (const [name, text] of left) this.store.saveAtEnd(name, text);
  }

  private later(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.saveAll(), ms);
  }

  private async saveAll(): Promise<void> {
    // One at a time: two saves of one draft that overtake each other would keep the older words.
    if (this.sending !== null) return;
    const { store } = this;
    for (let next = first(this.unsaved); next && store && store === this.store; next = first(this.unsaved)) {
      const [name, text] = next;
      this.unsaved.delete(name);
      this.sending = { name, text };
      try {
        await store.save(name, text);
        this.drafts.setSafe(true);
      } catch (error) {
        this.drafts.setSafe(false);
        // What was typed meanwhile is newer.
        if (!(error instanceof Unsavable) && !this.unsaved.has(name)) this.unsaved.set(name, text);
        this.later(AGAIN_MS);
        return;
      } finally {
        this.sending = null;
      }
    }
  }
}

const first = (texts: ReadonlyMap<string, string>): [string, string] | undefined => texts.entries().next().value;
