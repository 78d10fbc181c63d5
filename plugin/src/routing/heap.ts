/** A heap for entries that come and go all the time. */

export interface HeapEntry {
  /** Decides among equals. */
  readonly id: string;
  /** Kept by the heap; -1 while outside. One entry is in one heap at most. */
  place: number;
}

/** Entries right below one another: four make a flatter heap than two, and lie together in memory. */
export const FANOUT = 4;
const FANOUT_BITS = 2;

/** Numbers kept for each entry: three to order by, smallest first, and a tag that says something about the entry. */
const ORDERED = 3;
const STRIDE = ORDERED + 1;

/**
 * Entries know their place, so that any of them can be moved or removed. The numbers stand side by side and not in the
 * entries: with tens of thousands of them, most of the time would be spent waiting for memory.
 */
export class Heap<T extends HeapEntry> {
  protected readonly entries: T[] = [];
  protected readonly numbers: number[] = [];

  get size(): number {
    return this.entries.length;
  }

  get first(): T | undefined {
    return this.entries[0];
  }

  /** In no order. */
  all(): readonly T[] {
    return this.entries;
  }

  /** Puts the entry in, or moves it to where it belongs now. */
  put(entry: T, a: number, b: number, c: number, tag = 0): void {
    const { entries, numbers } = this;
    if (entry.place < 0) {
      entries.push(entry);
      numbers.push(a, b, c, tag);
      this.settle(entries.length - 1, entry, a, b, c, tag);
    } else {
      this.settle(entry.place, entry, a, b, c, tag);
    }
  }

  remove(entry: T): void {
    const { entries, numbers } = this;
    const hole = entry.place;
    if (hole < 0) return;
    entry.place = -1;
    const last = entries.pop() as T;
    const tag = numbers.pop() as number;
    const c = numbers.pop() as number;
    const b = numbers.pop() as number;
    const a = numbers.pop() as number;
    if (last !== entry) this.settle(hole, last, a, b, c, tag);
  }

  /** Whether these numbers, and then this id, come before the entry at that place. */
  protected isBefore(a: number, b: number, c: number, id: string, place: number): boolean {
    const { numbers } = this;
    const at = place * STRIDE;
    const otherA = numbers[at] as number;
    if (a !== otherA) return a < otherA;
    const otherB = numbers[at + 1] as number;
    if (b !== otherB) return b < otherB;
    const otherC = numbers[at + 2] as number;
    return c !== otherC ? c < otherC : id < (this.entries[place] as T).id;
  }

  protected tagAt(place: number): number {
    return this.numbers[place * STRIDE + 3] as number;
  }

  /** Finds the place for an entry, up or down from a hole. */
  private settle(hole: number, entry: T, a: number, b: number, c: number, tag: number): void {
    const { id } = entry;
    let at = hole;
    while (at > 0) {
      const above = (at - 1) >> FANOUT_BITS;
      if (!this.isBefore(a, b, c, id, above)) break;
      this.move(above, at);
      at = above;
    }
    if (at === hole) {
      for (let below = this.firstBelow(at); below !== -1; below = this.firstBelow(at)) {
        if (this.isBefore(a, b, c, id, below)) break;
        this.move(below, at);
        at = below;
      }
    }
    this.entries[at] = entry;
    entry.place = at;
    const to = at * STRIDE;
    this.numbers[to] = a;
    this.numbers[to + 1] = b;
    this.numbers[to + 2] = c;
    this.numbers[to + 3] = tag;
  }

  /** The first in order of the entries right below a place; -1 for none. */
  private firstBelow(place: number): number {
    const from = place * FANOUT + 1;
    const to = Math.min(from + FANOUT, this.entries.length);
    if (from >= to) return -1;
    let first = from;
    for (let other = from + 1; other < to; other++) if (this.comesFirst(other, first)) first = other;
    return first;
  }

  /** The ids are far away in memory, and are looked at only when they decide. */
  private comesFirst(place: number, other: number): boolean {
    const { numbers, entries } = this;
    const at = place * STRIDE;
    const otherAt = other * STRIDE;
    for (let i = 0; i < ORDERED; i++) {
      const number = numbers[at + i] as number;
      const otherNumber = numbers[otherAt + i] as number;
      if (number !== otherNumber) return number < otherNumber;
    }
    return (entries[place] as T).id < (entries[other] as T).id;
  }

  private move(from: number, to: number): void {
    const { entries, numbers } = this;
    const entry = entries[from] as T;
    entries[to] = entry;
    entry.place = to;
    const source = from * STRIDE;
    const target = to * STRIDE;
    numbers[target] = numbers[source] as number;
    numbers[target + 1] = numbers[source + 1] as number;
    numbers[target + 2] = numbers[source + 2] as number;
    numbers[target + 3] = numbers[source + 3] as number;
  }
}
