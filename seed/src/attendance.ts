/** When a simulated agent is there: goes by the plan of `staffing.ts`, and comes back after an offer lapsed. */
import type { Engine } from './engine-api.js';
import { SetPresenceDocument, type WorkFragment } from './generated/operations.js';
import type { Channel } from './generated/channels.js';
import type { Random } from './random.js';
import { channelsToday, type PresencePeriod } from './staffing.js';
import { attempt, type Workplace } from './workplace.js';

type AgentState = WorkFragment['agent'];

export class Attendance {
  private period: PresencePeriod | null = null;
  private state: AgentState | null = null;
  private talking = false;
  /** The shift is over, the call is not. */
  private leaving = false;
  private returning = false;

  /**
   * @param periods the agent's presence from now on, without end
   */
  constructor(
    private readonly agent: { id: string; name: string },
    private readonly api: Engine,
    private readonly place: Workplace,
    private readonly random: Random,
    private readonly periods: Iterator<PresencePeriod, never>,
  ) {}

  start(): void {
    const { value } = this.periods.next();
    this.period = value;
    this.place.clock.after(value.until - this.place.clock.now(), () => this.start());
    if (this.state) void this.enter(value);
  }

  /** The engine's word on the agent, and whether they are in a conversation that cannot be left. */
  observe(state: AgentState, talking: boolean): void {
    const first = this.state === null;
    this.state = state;
    this.talking = talking;
    if (first || (this.leaving && !talking)) void this.enter(this.period);
    if (state.notRespondingSince !== null) this.comeBack();
  }

  /** By the presence that the engine last told, which a person may have set. */
  get availability(): 'AVAILABLE' | 'AWAY' | 'OFFLINE' | undefined {
    return this.place.center.presenceStatuses.find(({ name }) => name === this.state?.presence.status.name)?.availability;
  }

  private async enter(period: PresencePeriod | null): Promise<void> {
    if (!period) return;
    // Nobody goes home in the middle of a call: until it is over the agent takes no more.
    this.leaving = period.status === 'Offline' && this.talking;
    const status = this.leaving ? 'Break' : period.status;
    const reason = this.leaving ? 'Screen break' : period.reason;
    const fromOffline = this.availability === 'OFFLINE';
    if (!(await this.set(status, reason)) || !fromOffline || status !== 'Available') return;
    const usual = this.state?.channels ?? [];
    const today = channelsToday(this.random, usual);
    if (today.length < usual.length) await this.set(status, reason, today);
  }

  /** Let an offer lapse, and notices after a minute or so. */
  private comeBack(): void {
    if (this.returning) return;
    this.returning = true;
    this.place.clock.after(this.random.logNormal(60, 0.5), async () => {
      this.returning = false;
      if (this.state?.notRespondingSince != null) await this.enter(this.period);
    });
  }

  private async set(name: string, reason: string | null, channels?: Channel[]): Promise<boolean> {
    const { presenceStatuses } = this.place.center;
    const availability = name === 'Available' ? 'AVAILABLE' : name === 'Offline' ? 'OFFLINE' : 'AWAY';
    const status =
      presenceStatuses.find((each) => each.name === name) ?? presenceStatuses.find((each) => each.availability === availability);
    if (!status) return false;
    const fits = status.reasons.find((each) => each === reason) ?? status.reasons[0];
    const input = { agentId: this.agent.id, statusId: status.id, reason: fits, channels };
    return (await attempt(this.place, this.agent.name, () => this.api.call(SetPresenceDocument, { input }))) !== null;
  }
}
