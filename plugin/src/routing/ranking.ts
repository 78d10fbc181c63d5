/** Lanes of a queue that take the same channel and the same membership levels, by the first interaction of each. */
import { FANOUT, Heap } from './heap.js';
import { obstacleInLane } from './obstacles.js';
import type { ChannelNode, Lane, Member, Ticket } from './nodes.js';

/** Tag of a lane that has to be looked at itself, as some agents declined its interactions. */
const LOOK = -1;

export class Ranking extends Heap<Lane> {
  /** @param levels membership levels above 1 that help, as `admittedLevels` gives them */
  constructor(
    readonly channel: ChannelNode,
    readonly levels: number,
  ) {
    super();
  }

  /** Puts the lane in, or moves it to where its new head belongs. */
  rank(lane: Lane): void {
    const { head, requirement, declinedBy } = lane;
    this.put(lane, -head.priority, head.dueAt, head.since, declinedBy.length > 0 ? LOOK : requirement.index);
  }

  /**
   * The first head of a lane that the member, whose level helps, may serve, if it comes before `best`; or else `best`.
   * Goes down from the top no further than to such lanes, as all that lies below one comes later.
   */
  best(best: Ticket | null, member: Member, place = 0): Ticket | null {
    if (place >= this.size) return best;
    if (best !== null && this.isBefore(-best.priority, best.dueAt, best.since, best.id, place)) return best;
    if (this.isServedBy(member, place)) return (this.entries[place] as Lane).head;
    let found = best;
    const from = place * FANOUT + 1;
    const to = Math.min(from + FANOUT, this.size);
    for (let below = from; below < to; below++) found = this.best(found, member, below);
    return found;
  }

  private isServedBy(member: Member, place: number): boolean {
    // Where nobody declined, skills alone decide among lanes that a member is admitted to.
    const tag = this.tagAt(place);
    const known = tag === LOOK ? undefined : member.meets[tag];
    return known ?? obstacleInLane(member, this.entries[place] as Lane) === null;
  }
}
