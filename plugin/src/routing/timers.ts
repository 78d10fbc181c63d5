/** What becomes due by time alone: at most one moment for each interaction and each agent. */
import { Heap } from './heap.js';
import type { AgentState, InteractionState } from './state.js';

type Subject = InteractionState | AgentState;

export class Timers {
  private readonly heap = new Heap<Subject>();

  /** The earliest moment; null when nothing is due ever. */
  get next(): number | null {
    return this.heap.size === 0 ? null : this.heap.firstNumber;
  }

  /** Replaces the subject's moment; null removes it. */
  arm(subject: Subject, at: number | null): void {
    if (at === null) this.heap.remove(subject);
    else this.heap.put(subject, at, 0, 0);
  }

  /** The subject of the earliest moment that is not after `now`; its timer is gone then. */
  pop(now: number): Subject | null {
    const { first } = this.heap;
    if (first === undefined || this.heap.firstNumber > now) return null;
    this.heap.remove(first);
    return first;
  }
}
