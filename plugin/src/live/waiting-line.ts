/**
 * The interactions that wait in one queue, ordered by when they entered it: gives the longest wait and how many have waited beyond the
 * queue's threshold without walking the line. Times in milliseconds since the epoch.
 */
import { LazyHeap } from './lazy-heap.js';

/** The place of one interaction, which `leave` takes. */
export interface Place {
  readonly since: number;
  /** Null once it has left. */
  heap: LazyHeap<Place> | null;
}

const oldestFirst = (a: Place, b: Place): number => a.since - b.since;
const isWaiting = (place: Place): boolean => place.heap !== null;
const heap = (): LazyHeap<Place> => new LazyHeap<Place>(oldestFirst, isWaiting);

export class WaitingLine {
  /** A place moves from here to `late` once it is found to have waited beyond the threshold. */
  private fresh = heap();
  private late = heap();
  private thresholdMs: number | null = null;

  get size(): number {
    return this.fresh.size + this.late.size;
  }

  /** When the longest waiting interaction entered; null when none waits. */
  get longestSince(): number | null {
    const first = Math.min(this.fresh.peek()?.since ?? Infinity, this.late.peek()?.since ?? Infinity);
    return first === Infinity ? null : first;
  }

  enter(since: number): Place {
    const place: Place = { since, heap: this.fresh };
    this.fresh.push(place);
    return place;
  }

  leave(place: Place): void {
    const { heap: left } = place;
    place.heap = null;
    left?.died();
  }

  /** How many have waited longer than the threshold at `now`; 0 without a threshold. */
  beyondThreshold(now: number): number {
    if (this.thresholdMs === null) return 0;
    for (let next = this.fresh.peek(); next && now - next.since > this.thresholdMs; next = this.fresh.peek()) {
      this.fresh.pop();
      next.heap = this.late;
      this.late.push(next);
    }
    return this.late.size;
  }

  /** A changed threshold makes the line be walked once. */
  setThreshold(thresholdMs: number | null): void {
    if (thresholdMs === this.thresholdMs) return;
    this.thresholdMs = thresholdMs;
    const places = [...this.fresh.living(), ...this.late.living()];
    this.fresh = heap();
    this.late = heap();
    for (const place of places) {
      place.heap = this.fresh;
      this.fresh.push(place);
    }
  }
}
