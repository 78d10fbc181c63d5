/** The lanes of a queue and channel, by what waits first in them. */
import { isAdmitted } from './eligibility.js';
import { FANOUT, Heap } from './heap.js';
import { meets } from './serving.js';
import type { Lane, Member, Ticket } from './state.js';

/** Membership levels fit into so many bits of a tag. */
const LEVEL_BITS = 10;
const LEVEL_MASK = (1 << LEVEL_BITS) - 1;
/** Tag of a lane that has to be looked at itself, as some were asked already. */
const LOOK = -1;

export class Ranking extends Heap<Lane> {
  /** Puts the lane in, or moves it to where its new head belongs. */
  rank(lane: Lane): void {
    const { head, levels, requirement, asked } = lane;
    const tag = asked.length > 0 ? LOOK : requirement.index * (LEVEL_MASK + 1) + levels;
    this.put(lane, -head.priority, head.dueAt, head.queuedAt, tag);
  }

  /**
   * The first head of a lane that the member may serve, if it comes before `best`; or else `best`. Goes down from the
   * top no further than to such lanes, as what lies below one comes later.
   */
  best(best: Ticket | null, member: Member, place = 0): Ticket | null {
    if (place >= this.size) return best;
    if (best !== null && this.isBefore(-best.priority, best.dueAt, best.queuedAt, best.id, place)) return best;
    if (this.isServedBy(member, place)) return (this.entries[place] as Lane).head;
    let found = best;
    const below = place * FANOUT + 1;
    for (let next = below; next < below + FANOUT; next++) found = this.best(found, member, next);
    return found;
  }

  private isServedBy(member: Member, place: number): boolean {
    const tag = this.tagAt(place);
    const lane = this.entries[place] as Lane;
    if (tag === LOOK && lane.asked.includes(member.agent.id)) return false;
    const levels = tag === LOOK ? lane.levels : tag % (LEVEL_MASK + 1);
    if (!isAdmitted(member.level, levels)) return false;
    const known = tag === LOOK ? undefined : member.meets[Math.floor(tag / (LEVEL_MASK + 1))];
    return known ?? meets(member, lane.requirement);
  }
}
