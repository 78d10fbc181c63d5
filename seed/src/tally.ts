/** Counts what happens in the simulation, and says it in one line an hour. */
import { timeOfDay } from './sim-clock.js';

export type Count =
  | 'arrived'
  | 'accepted'
  | 'declined'
  | 'unanswered'
  | 'abandoned'
  | 'closed'
  | 'cases'
  | 'transferred'
  | 'escalated'
  | 'refused'
  | 'failed';

/** What an agent is doing: working, available without work, or neither. */
export type Activity = 'BUSY' | 'IDLE' | 'AWAY';

export class Tally {
  private counts = new Map<Count, number>();
  private readonly agents = new Map<string, { activity: Activity; since: number }>();
  private seconds = { BUSY: 0, IDLE: 0, AWAY: 0 };

  /** @param now simulated seconds */
  constructor(private readonly now: () => number) {}

  count(what: Count): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  of(what: Count): number {
    return this.counts.get(what) ?? 0;
  }

  doing(agentId: string, activity: Activity): void {
    this.settle(agentId);
    this.agents.set(agentId, { activity, since: this.now() });
  }

  /** Share of the available agents' time spent on work, 0 to 1, since the last line; null without any. */
  occupancy(): number | null {
    for (const agentId of this.agents.keys()) this.settle(agentId);
    const { BUSY, IDLE } = this.seconds;
    return BUSY + IDLE > 0 ? BUSY / (BUSY + IDLE) : null;
  }

  /**
   * What happened since the last line, in one line; counting begins anew.
   *
   * @param at the time to say, simulated seconds
   */
  line(at: number): string {
    const occupancy = this.occupancy();
    const working = [...this.agents.values()].filter(({ activity }) => activity !== 'AWAY').length;
    const counts = [...this.counts].map(([what, count]) => `${count} ${what}`).join(', ');
    this.counts = new Map();
    this.seconds = { BUSY: 0, IDLE: 0, AWAY: 0 };
    return `${timeOfDay(at)}  ${counts || 'nothing happened'}; ${working} agents at work${occupancy === null ? '' : `, ${Math.round(occupancy * 100)} % occupied`}`;
  }

  private settle(agentId: string): void {
    const agent = this.agents.get(agentId);
    if (!agent) return;
    const now = this.now();
    this.seconds[agent.activity] += now - agent.since;
    agent.since = now;
  }
}
