/** The frames of one subscriber, between the stream that shares them and the connection that pulls them. */
import type { BoardFrame } from '../platform/generated/graphql.js';

/** Frames kept for a subscriber that does not keep up: ten seconds of a busy board. */
export const MOST_BEHIND = 40;

type Result = IteratorResult<BoardFrame, undefined>;

/**
 * A subscriber starts behind, so that the first pull gives the snapshot. One that falls further behind than `MOST_BEHIND` loses the
 * frames that are kept, and its next pull gives a fresh snapshot: so memory stays bounded.
 */
export class FrameQueue implements AsyncIterableIterator<BoardFrame> {
  private kept: BoardFrame[] = [];
  private behind = true;
  private ended = false;
  private readonly pulls: ((result: Result) => void)[] = [];

  /**
   * @param snapshot gives the present state, with the number of the last frame that was pushed
   * @param onEnd called once, when the subscriber leaves or the stream ends
   */
  constructor(
    private readonly snapshot: () => BoardFrame,
    private readonly onEnd: (queue: FrameQueue) => void,
  ) {}

  push(frame: BoardFrame): void {
    const pull = this.pulls.shift();
    if (pull) {
      pull({ done: false, value: frame });
    } else if (!this.behind && !this.ended) {
      this.kept.push(frame);
      if (this.kept.length <= MOST_BEHIND) return;
      this.kept = [];
      this.behind = true;
    }
  }

  async next(): Promise<Result> {
    if (this.ended) return { done: true, value: undefined };
    if (this.behind) {
      this.behind = false;
      return { done: false, value: this.snapshot() };
    }
    const value = this.kept.shift();
    if (value) return { done: false, value };
    return new Promise((resolve) => this.pulls.push(resolve));
  }

  async return(): Promise<Result> {
    if (!this.ended) {
      this.ended = true;
      this.kept = [];
      for (const pull of this.pulls.splice(0)) pull({ done: true, value: undefined });
      this.onEnd(this);
    }
    return { done: true, value: undefined };
  }

  async throw(error: unknown): Promise<Result> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
