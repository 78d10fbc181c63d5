/** A priority queue whose entries may die inside it, which is cheaper than finding and removing them. */
import TinyQueue from 'tinyqueue';

/** Below this size the dead are not swept out: it would cost more than it saves. */
const SWEEP_FROM = 32;

/**
 * The dead are dropped when they surface, and swept out together once they are more than half of all entries, so that memory and
 * depth stay in proportion to the living. An entry's order must not change while it is inside.
 */
export class LazyHeap<T> {
  private heap: TinyQueue<T>;
  private dead = 0;

  /** @param compare negative when `a` comes first */
  constructor(
    private readonly compare: (a: T, b: T) => number,
    private readonly isAlive: (entry: T) => boolean,
  ) {
    this.heap = new TinyQueue<T>([], compare);
  }

  /** Living entries. */
  get size(): number {
    return this.heap.length - this.dead;
  }

  push(entry: T): void {
    this.heap.push(entry);
  }

  /** The first living entry. */
  peek(): T | undefined {
    for (;;) {
      const first = this.heap.peek();
      if (first === undefined || this.isAlive(first)) return first;
      this.heap.pop();
      this.dead--;
    }
  }

  pop(): T | undefined {
    const first = this.peek();
    if (first !== undefined) this.heap.pop();
    return first;
  }

  /** To be called once for each entry that died inside. */
  died(): void {
    this.dead++;
    if (this.heap.length < SWEEP_FROM || this.dead * 2 <= this.heap.length) return;
    this.heap = new TinyQueue<T>(this.living(), this.compare);
    this.dead = 0;
  }

  /** All living entries, in no order. */
  living(): T[] {
    return this.heap.data.filter(this.isAlive);
  }
}
