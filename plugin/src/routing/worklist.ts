/** Nodes that have to be looked at, in the order in which they were added, each once. */

export interface Listable {
  /** Kept by the list; one thing is on one list at most. */
  listed: boolean;
}

/** For entries that come and go with each decision: a Set costs more, most of all when it is emptied. */
export class Worklist<T extends Listable> {
  private readonly entries: T[] = [];

  constructor(private readonly look: (entry: T) => void) {}

  get size(): number {
    return this.entries.length;
  }

  add(entry: T): void {
    if (entry.listed) return;
    entry.listed = true;
    this.entries.push(entry);
  }

  /** It is not looked at any more. */
  remove(entry: T): void {
    entry.listed = false;
  }

  /** Looks at all, those included that come in meanwhile, and is empty then. */
  drain(): void {
    const { entries } = this;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i] as T;
      if (!entry.listed) continue;
      entry.listed = false;
      this.look(entry);
    }
    entries.length = 0;
  }
}
