/** How long agents had each presence, read from the log. */
import { Injectable } from '@nestjs/common';
import { DateTime, IANAZone } from 'luxon';
import type { Actor } from '../platform/commands.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { forbidden, invalid, notFound } from '../platform/errors.js';
import type { QueryPresenceTimesArgs } from '../platform/generated/graphql.js';
import { Prisma } from '../platform/generated/prisma/client.js';
import { AgentsService } from './agents.service.js';
import { daysOf, presenceDays, type PresenceChoice, type PresenceDay } from './presence-times.js';

const MOST_DAYS = 62;
const MOST_AGENTS = 200;

interface Row extends PresenceChoice {
  agentId: string;
}

@Injectable()
export class PresenceTimesService {
  constructor(
    private readonly database: Database,
    private readonly agents: AgentsService,
    private readonly clock: Clock,
  ) {}

  /** @throws PatchbayError FORBIDDEN where an agent asks for another one, INVALID for days or a zone that cannot be */
  async of(
    actor: Actor,
    { agentIds, from, to, timeZone }: QueryPresenceTimesArgs,
  ): Promise<{ agentId: string; days: (Omit<PresenceDay, 'presences'> & { presences: object[] })[] }[]> {
    const wanted = [...new Set(agentIds ?? (actor.agentId ? [actor.agentId] : []))];
    if (wanted.length === 0) throw invalid('agentIds', 'Name at least one agent.');
    if (wanted.length > MOST_AGENTS) throw invalid('agentIds', `At most ${MOST_AGENTS} agents can be asked for at once.`);
    if (actor.agentId && wanted.some((id) => id !== actor.agentId))
      throw forbidden('An agent may read only their own presence times; leave agentIds out.');
    const days = checkedDays(from, to ?? from, timeZone);
    const found = await this.agents.byIds(wanted);
    for (const id of wanted) if (!found.some((agent) => agent.id === id)) throw notFound('agent', id);
    const rows = await this.choices(wanted, new Date(days[0]?.start ?? 0), new Date(days.at(-1)?.end ?? 0));
    const now = this.clock.now();
    return wanted.map((agentId) => ({
      agentId,
      days: presenceDays(
        rows.filter((row) => row.agentId === agentId),
        days,
        now,
      ).map(({ date, presences }) => ({
        date,
        presences: presences.map(({ milliseconds, ...time }) => ({ ...time, seconds: Math.round(milliseconds / 1_000) })),
      })),
    }));
  }

  /** What was chosen in that time, and what each had at its beginning: two scans of an index of choices alone. */
  private choices(agentIds: string[], from: Date, to: Date): Promise<Row[]> {
    return this.database.models<Row>(choicesOf(agentIds, from, to));
  }
}

export const choicesOf = (agentIds: string[], from: Date, to: Date): Prisma.Sql => Prisma.sql`
  SELECT e.subject_id::text AS agent_id, e.at, e.facts->>'status' AS status, e.facts->>'availability' AS availability,
    e.facts->>'reason' AS reason
  FROM unnest(${agentIds}::uuid[]) AS wanted (id)
  CROSS JOIN LATERAL (
    (SELECT subject_id, seq, at, facts FROM events
     WHERE subject_id = wanted.id AND type = 'agent.presence_set' AND at < ${from} ORDER BY at DESC, seq DESC LIMIT 1)
    UNION ALL
    (SELECT subject_id, seq, at, facts FROM events
     WHERE subject_id = wanted.id AND type = 'agent.presence_set' AND at >= ${from} AND at < ${to})
  ) e
  ORDER BY e.at, e.seq`;

function checkedDays(from: string, to: string, timeZone: string): ReturnType<typeof daysOf> {
  if (!/^[A-Za-z]/.test(timeZone) || !IANAZone.isValidZone(timeZone))
    throw invalid('timeZone', `"${timeZone}" is no IANA time zone; write it like Europe/Prague.`);
  for (const [field, date] of [
    ['from', from],
    ['to', to],
  ] as const)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !DateTime.fromISO(date).isValid)
      throw invalid(field, `"${date}" is no date; write it like 2026-01-31.`);
  const count = DateTime.fromISO(to, { zone: 'UTC' }).diff(DateTime.fromISO(from, { zone: 'UTC' }), 'days').days + 1;
  if (count < 1) throw invalid('to', 'The last day is before the first one.');
  if (count > MOST_DAYS) throw invalid('to', `At most ${MOST_DAYS} days can be asked for at once.`);
  return daysOf(from, to, timeZone);
}
