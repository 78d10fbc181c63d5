/** The frames of one board, computed and numbered once for all its watchers, and paced. Time is passed in, in milliseconds. */
import type { BoardFrame } from '../platform/generated/graphql.js';
import { diff, isEmpty, snapshot, type Board, type Changes } from './board.js';
import { FrameQueue } from './frame-queue.js';

/** At most four frames a second: a change is on the wall within 300 ms. */
const LEAST_APART_MS = 250;
/** At least one frame a second: the rest of that second is left for a late timer. */
const MOST_APART_MS = 950;

/**
 * The stream has one running number. A snapshot carries the number of the last frame, so that the next frame has the following
 * number for every watcher, whenever they came.
 */
export class BoardStream {
  private readonly watchers = new Set<FrameQueue>();
  private board: Board;
  private present: BoardFrame | null = null;
  private sequence = 1;
  private dirty = false;
  private lookedAt: number;
  private sentAt: number;

  /**
   * @param look builds the board as it is now
   * @param onEnd called when the last watcher has left
   */
  constructor(
    private readonly look: () => Board,
    private readonly onEnd: () => void,
    now: number,
  ) {
    this.board = look();
    this.lookedAt = now;
    this.sentAt = now;
  }

  /** The time at which `tick` is next to be called. */
  get dueAt(): number {
    const heartbeat = this.sentAt + MOST_APART_MS;
    return this.dirty ? Math.min(heartbeat, this.lookedAt + LEAST_APART_MS) : heartbeat;
  }

  /** The board may have changed. */
  touch(): void {
    this.dirty = true;
  }

  /** Looks, and sends the changes; an empty frame only where a sign of life is due. */
  tick(now: number): void {
    const next = this.look();
    const changes = diff(this.board, next);
    this.board = next;
    this.lookedAt = now;
    this.dirty = false;
    if (isEmpty(changes) && now - this.sentAt < MOST_APART_MS) return;
    this.sequence += 1;
    this.sentAt = now;
    this.present = null;
    const sent = this.frame('CHANGES', changes);
    for (const watcher of this.watchers) watcher.push(sent);
  }

  watch(now: number): FrameQueue {
    this.refresh(now);
    const watcher = new FrameQueue(
      () => this.snapshot(),
      (left) => {
        this.watchers.delete(left);
        if (this.watchers.size === 0) this.onEnd();
      },
    );
    this.watchers.add(watcher);
    return watcher;
  }

  /** The board, no older than the pace allows. */
  snapshotAt(now: number): BoardFrame {
    this.refresh(now);
    return this.snapshot();
  }

  async end(): Promise<void> {
    for (const watcher of [...this.watchers]) await watcher.return();
  }

  private refresh(now: number): void {
    if (now - this.lookedAt >= LEAST_APART_MS) this.tick(now);
  }

  /** The snapshot is made once a frame, so that a thousand screens that come back together share it. */
  private snapshot(): BoardFrame {
    return (this.present ??= this.frame('SNAPSHOT', snapshot(this.board)));
  }

  private frame(kind: BoardFrame['kind'], changes: Changes): BoardFrame {
    return { kind, sequence: this.sequence, at: this.board.at, ...changes };
  }
}
