/**
 * The one way to change something: a command runs in one transaction, knows its actor, its time, and because of which
 * earlier event, and writes what happened into the log before it commits. After the commit comes the wake-up, nothing
 * else.
 */
import { Injectable } from '@nestjs/common';
import { auditKindOf, type Change } from './audited.js';
import { Clock } from './clock.js';
import { Database, type Rows, type Tx } from './database.js';
import { EventTail } from './event-tail.js';
import { Prisma } from './generated/prisma/client.js';
import type { ActorKind, AuditKind, ChangeSource, Role } from './generated/graphql.js';

export interface Actor {
  kind: ActorKind;
  /** Null for the engine's own timers and router. */
  role: Role | null;
  /** The agent's id for AGENT, the token's or intake source's otherwise; null for the engine itself. */
  id: string | null;
  /** Set where the actor is an agent. */
  agentId: string | null;
  name: string;
  /** Where it was said, other than by a call of the API. */
  source?: ChangeSource;
}

export const TIMER: Actor = { kind: 'TIMER', role: null, id: null, agentId: null, name: 'timer' };
export const ROUTER: Actor = { kind: 'ROUTER', role: null, id: null, agentId: null, name: 'router' };

export interface Command {
  /** Prisma inside the command's transaction. A step has none: asking for it there has the step run again, in one. */
  readonly tx: Tx;
  /** Runs a statement of plain SQL as a part of the command. */
  readonly rows: Rows;
  readonly actor: Actor;
  readonly at: Date;
  /** The event that led to this command; null where a person or a program did. */
  readonly causeSeq: bigint | null;
  /** Set where events are written: there is something to wake readers for. */
  wrote: boolean;
  /**
   * Set for a part of a long command: its events are gathered here, and the command records them at its end. From the
   * first event that it writes on, an open transaction holds back every reader of the log.
   */
  readonly kept?: NewEvent[];
}

export interface NewEvent {
  /** Subject and verb, such as `interaction.queued`. */
  type: string;
  subjectId: string;
  facts: Record<string, unknown>;
  /** What changed, see `recordChange`; null where this event is no news to who asks who changed what. */
  audit?: { name: string; changes: Change[] } | null;
}

/** Appends to the log inside the command's transaction; returns the numbers given, in order; none where events are kept. */
export async function record(command: Command, events: NewEvent[]): Promise<bigint[]> {
  if (events.length === 0) return [];
  if (command.kept) {
    command.kept.push(...events);
    return [];
  }
  const written = await command.tx.$queryRaw<{ seq: bigint }[]>(
    Prisma.sql`SELECT seq FROM append_events(${eventRows(command, events)}::jsonb)`,
  );
  return written.map((row) => row.seq);
}

/** For a step that is more than its one statement: said before that statement, it is run again in a transaction. */
export const needsTransaction = (command: Command): void => void command.tx;

class NeedsTransaction extends Error {}

/** The argument of `append_events`, for a statement that writes its events along with the change. */
export function eventRows(command: Command, events: NewEvent[]): string {
  command.wrote = true;
  return JSON.stringify(
    events.map((event) => ({
      at: command.at,
      type: event.type,
      subject_id: event.subjectId,
      actor_kind: command.actor.kind,
      actor_id: command.actor.id,
      actor_name: command.actor.name,
      cause_seq: command.causeSeq === null ? null : String(command.causeSeq),
      facts: event.facts,
      ...auditOf(command, event),
    })),
  );
}

function auditOf({ actor: { source } }: Command, { type, audit }: NewEvent): { audit_kind?: AuditKind; audit?: object } {
  const kind = audit === null ? null : auditKindOf(type);
  if (kind === null) return {};
  return { audit_kind: kind, ...((audit || source) && { audit: { ...audit, ...(source && { source }) } }) };
}

@Injectable()
export class Commands {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tail: EventTail,
  ) {}

  /**
   * Runs `work` as one command of `by`; may run it again on fresh rows, so it must have no other effects.
   *
   * @param by the actor, or a command that is open already: then `work` is a part of it and commits with it
   */
  async run<T>(by: Actor | Command, work: (command: Command) => Promise<T>, causeSeq: bigint | null = null): Promise<T> {
    if ('tx' in by) return work(by);
    let wrote = false;
    const result = await this.database.transaction(async (tx) => {
      const command: Command = { tx, rows: (sql) => tx.$queryRaw(sql), actor: by, at: this.clock.now(), causeSeq, wrote: false };
      const outcome = await work(command);
      wrote = command.wrote;
      return outcome;
    });
    if (wrote) this.tail.wake();
    return result;
  }

  /**
   * Runs `work` as a command that needs no transaction: it reads, decides, and writes by one statement, with its events and on
   * the condition that what it read still stands (or else throws StaleRead). That is a third of the round trips. Work that turns
   * out to need more asks for `tx` before it writes, and is run again in a transaction.
   */
  async step<T>(by: Actor | Command, work: (command: Command) => Promise<T>): Promise<T> {
    if ('tx' in by) return work(by);
    let wrote = false;
    try {
      const result = await this.database.persistently(async () => {
        const command = new Step(by, this.clock.now(), this.database.rows);
        const outcome = await work(command);
        wrote = command.wrote;
        return outcome;
      });
      if (wrote) this.tail.wake();
      return result;
    } catch (error) {
      if (error instanceof NeedsTransaction) return this.run(by, work);
      throw error;
    }
  }

  /** A command that is one statement and appends its events itself, none where it returns no row: one round trip instead of five. */
  async runStatement<T extends object>(statement: (at: Date) => Prisma.Sql): Promise<T[]> {
    const rows = await this.database.statement<T>(statement(this.clock.now()));
    if (rows.length > 0) this.tail.wake();
    return rows;
  }
}

class Step implements Command {
  readonly causeSeq = null;
  wrote = false;

  constructor(
    readonly actor: Actor,
    readonly at: Date,
    readonly rows: Rows,
  ) {}

  get tx(): Tx {
    // Run again, it would repeat writes that are committed already.
    if (this.wrote) throw new Error('A step that has written asks for a transaction too late.');
    throw new NeedsTransaction();
  }
}
