/** What an SLA clock shows, spoken in GraphQL. */
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock } from '../platform/clock.js';
import type { SlaClock } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { isAtRisk, isLate } from './at-risk.js';
import { CalendarsService } from './calendars.service.js';
import { PoliciesService } from './policies.service.js';
import { SlaService } from './sla.service.js';

@Resolver('SlaClock')
export class ClocksResolver {
  constructor(
    private readonly sla: SlaService,
    private readonly policies: PoliciesService,
    private readonly calendars: CalendarsService,
    private readonly clock: Clock,
  ) {}

  @ResolveField('policy')
  policy(@Parent() { policyId }: SlaClock, @Context('loaders') loaders: Loaders) {
    return loaders.one('slaPolicy', policyId, (ids) => this.policies.byIds(ids));
  }

  @ResolveField('calendar')
  calendar(@Parent() { calendarId }: SlaClock, @Context('loaders') loaders: Loaders) {
    return loaders.one('businessCalendar', calendarId, (ids) => this.calendars.byIds(ids));
  }

  @ResolveField('matched')
  matched(@Parent() { matched }: SlaClock) {
    return matched || null;
  }

  @ResolveField('targetSeconds')
  targetSeconds(@Parent() { targetMs }: SlaClock) {
    return Number(targetMs) / 1_000;
  }

  @ResolveField('usedSeconds')
  async usedSeconds(@Parent() clock: SlaClock) {
    return Math.floor((await this.sla.usedMs(clock, this.clock.now())) / 1_000);
  }

  @ResolveField('dueAt')
  dueAt(@Parent() { state, breachedAt, dueAt }: SlaClock) {
    return state === 'RUNNING' || breachedAt ? dueAt : null;
  }

  @ResolveField('atRisk')
  atRisk(@Parent() clock: SlaClock) {
    return isAtRisk(clock);
  }

  @ResolveField('late')
  late(@Parent() clock: SlaClock) {
    return isLate(clock);
  }

  @ResolveField('counting')
  async counting(@Parent() clock: SlaClock) {
    return clock.state === 'RUNNING' && (await this.opening(clock)) === null;
  }

  @ResolveField('countsFrom')
  countsFrom(@Parent() clock: SlaClock) {
    return clock.state === 'RUNNING' ? this.opening(clock) : null;
  }

  @ResolveField('rungs')
  async rungs(@Parent() { policyId, policyVersion, kind }: SlaClock) {
    return (await this.policies.milestone(policyId, policyVersion, kind))?.escalation.length ?? 0;
  }

  @ResolveField('nextRungAt')
  nextRungAt(@Parent() { step, warnings, fireAt }: SlaClock) {
    return step > warnings ? fireAt : null;
  }

  /** When its calendar opens next; null while it is open. */
  private async opening(clock: SlaClock): Promise<Date | null> {
    const now = this.clock.now().getTime();
    const next = (await this.calendars.of(clock)).nextOpening(now);
    return next === now || !Number.isFinite(next) ? null : new Date(next);
  }
}
