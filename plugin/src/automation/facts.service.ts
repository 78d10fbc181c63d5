/** Reads the facts that conditions and templates see: about interactions as they are now, and about the event. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database, type Rows } from '../platform/database.js';
import type { LogEvent } from '../platform/event-tail.js';
import type { Channel, Direction, InteractionState } from '../platform/generated/graphql.js';
import { factsOf, type FactsRow } from './facts.sql.js';
import type { Facts } from './facts.js';

/** Facts without an event, which is put in for each. */
export type Standing = Omit<Facts, 'event'>;

@Injectable()
export class FactsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Of those interactions that there are, by id.
   *
   * @param rows runs the statement inside somebody's transaction; on its own without it
   */
  async of(ids: string[], rows: Rows = (sql) => this.database.statement(sql)): Promise<Map<string, Standing>> {
    if (ids.length === 0) return new Map();
    const now = this.clock.now();
    return new Map((await rows<FactsRow>(factsOf(ids))).map((row) => [row.id, standing(row, now)]));
  }

  /** For an event that is about no interaction. */
  blank(): Standing {
    return { ...BLANK, now: this.clock.now() };
  }
}

/** What happened, as a condition sees it. */
export const eventFacts = ({ type, actorKind, actorName, facts }: LogEvent): Facts['event'] => ({
  type,
  actor: { kind: actorKind, name: actorName },
  facts,
});

const WAITING = ['QUEUED', 'OFFERED'];

const secondsSince = (then: Date, now: Date): number => Math.max(0, Math.floor((now.getTime() - then.getTime()) / 1_000));

function standing(row: FactsRow, now: Date): Standing {
  return {
    interaction: {
      id: row.id,
      number: row.number,
      channel: row.channel,
      direction: row.direction,
      state: row.state,
      subject: row.subject ?? '',
      description: row.description ?? '',
      priority: row.priority,
      skills: row.skills ?? [],
      agent: row.agent ?? '',
      customerAddress: row.customer_address ?? '',
      entryAddress: row.entry_address ?? '',
      escalationLevel: row.escalation_level,
      transferCount: row.transfer_count,
      reopenCount: row.reopen_count,
      ageSeconds: secondsSince(row.created_at, now),
      waitingSeconds: WAITING.includes(row.state) ? secondsSince(row.queued_at ?? row.created_at, now) : 0,
      slaPolicy: row.sla_policy ?? '',
      atRisk: row.at_risk,
      breached: row.breached,
      disposition: row.disposition ?? '',
      parentId: row.parent_id ?? '',
      createdAt: row.created_at,
    },
    customer: {
      known: row.customer_id !== null,
      id: row.customer_id ?? '',
      name: row.customer_name ?? '',
      tier: row.tier ?? '',
      language: row.language ?? '',
      company: row.company ?? '',
    },
    queue: { name: row.queue_name ?? '', department: row.department ?? '', priority: row.queue_priority ?? 0 },
    now,
  };
}

const BLANK: Omit<Standing, 'now'> = {
  interaction: {
    id: '',
    number: 0,
    // No value of these closed sets: what compares them finds nothing equal.
    channel: '' as Channel,
    direction: '' as Direction,
    state: '' as InteractionState,
    subject: '',
    description: '',
    priority: 0,
    skills: [],
    agent: '',
    customerAddress: '',
    entryAddress: '',
    escalationLevel: 0,
    transferCount: 0,
    reopenCount: 0,
    ageSeconds: 0,
    waitingSeconds: 0,
    slaPolicy: '',
    atRisk: false,
    breached: false,
    disposition: '',
    parentId: '',
    createdAt: new Date(0),
  },
  customer: { known: false, id: '', name: '', tier: '', language: '', company: '' },
  queue: { name: '', department: '', priority: 0 },
};
