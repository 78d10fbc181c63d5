/**
 * The steps that an interaction takes: each changes its row, its ringing offer, its holder, its clocks and the log together, on the
 * condition that the row is the one that was read.
 */
import { Injectable } from '@nestjs/common';
import { noteReleased } from '../agents/idle-since.sql.js';
import { Commands, eventRows, needsTransaction, type Actor, type Command, type NewEvent } from '../platform/commands.js';
import { StaleRead } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { InteractionCommand, OfferState } from '../platform/generated/graphql.js';
import { Prisma, type Interaction } from '../platform/generated/prisma/client.js';
import { asModel } from '../platform/models.js';
import { QueuesService, type QueueRow } from '../queues/queues.service.js';
import { PAUSABLE } from '../sla/policy.js';
import { SlaService } from '../sla/sla.service.js';
import { stopClocks, type Stopping } from '../sla/stop-clocks.sql.js';
import { interactionEvent, queuedEvent, type QueuedBecause } from './interaction-events.js';
import { HOLDING, next } from './lifecycle.js';
import { mayNameStanding, withStanding, type Standing } from './late-refusals.js';
import { standingOf, type StandingRow } from './late-refusals.sql.js';
import { NO_PREFERENCE, sticky } from './preference.js';
import { answerOffer, takeStep, type Along, type Columns } from './step.sql.js';
import { WrapUpsService } from './wrap-ups.service.js';
import { settleWrapUp } from './wrap-ups.sql.js';

/** Whoever served the customer longer ago than this is no familiar voice any more. */
const STICKY_MEMORY_DAYS = 30;

export interface Change {
  set?: Columns;
  /** What becomes of a ringing offer; WITHDRAWN unless told otherwise. */
  offer?: OfferState;
  declineReason?: string;
  /** What else must still be true, beside the row being the one that was read. */
  only?: Prisma.Sql;
  stopping?: Stopping;
  /** What else is written with it. */
  along?: Along[];
  events: NewEvent[];
}

@Injectable()
export class StepsService {
  constructor(
    private readonly commands: Commands,
    private readonly queues: QueuesService,
    private readonly sla: SlaService,
    private readonly wrapUps: WrapUpsService,
  ) {}

  /** Reads the row a command is about to change. */
  async read({ rows }: Pick<Command, 'rows'>, id: string, what = 'interaction'): Promise<Interaction> {
    const [row] = await rows(Prisma.sql`SELECT * FROM interactions WHERE id = ${id}::uuid`);
    if (!row) throw notFound(what, id);
    return asModel<Interaction>(row);
  }

  /** The same for a command that changes what hangs on it: until the command ends, nobody else takes a step of it. */
  async lock(command: Command, id: string): Promise<Interaction> {
    const [row] = await command.tx.$queryRaw<object[]>(Prisma.sql`SELECT * FROM interactions WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
    if (!row) throw notFound('interaction', id);
    return asModel<Interaction>(row);
  }

  /** Both, in one order everywhere, so that two commands about the same two never wait for each other in a circle. */
  async lockBoth(command: Command, oneId: string, otherId: string): Promise<[one: Interaction, other: Interaction]> {
    const ids = [oneId, otherId].sort();
    const rows = [await this.lock(command, ids[0]!), await this.lock(command, ids[1]!)];
    return [rows.find(({ id }) => id === oneId)!, rows.find(({ id }) => id === otherId)!];
  }

  /** The one that an interaction was merged into, and that one, and so on; itself where it was not merged. */
  async survivor(command: Pick<Command, 'tx'>, id: string): Promise<string> {
    const [row] = await command.tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      WITH RECURSIVE chain AS (
        SELECT id, merged_into_id FROM interactions WHERE id = ${id}::uuid
        UNION SELECT i.id, i.merged_into_id FROM interactions i JOIN chain c ON i.id = c.merged_into_id
      ) SELECT id::text AS id FROM chain WHERE merged_into_id IS NULL`);
    return row?.id ?? id;
  }

  /** What is said to an interaction that was merged is said to the one that goes on. */
  async lockSurvivor(command: Command, id: string): Promise<Interaction> {
    const row = await this.lock(command, id);
    return row.mergedIntoId === null ? row : this.lock(command, await this.survivor(command, row.mergedIntoId));
  }

  /** Whoever is refused something about this interaction is told who has it now and what was done to it last. */
  async explained<T>(command: Command, { id }: Pick<Interaction, 'id'>, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!mayNameStanding(error)) throw error;
      const [row] = await command.rows<StandingRow>(standingOf(id));
      throw row ? withStanding(error, asStanding(row)) : error;
    }
  }

  change(by: Actor | Command, id: string, work: (command: Command, row: Interaction) => Promise<Interaction>): Promise<Interaction> {
    return this.commands.run(by, async (command) => {
      const row = await this.read(command, id);
      return this.explained(command, row, () => work(command, row));
    });
  }

  /** A verb that is one step, unless it says otherwise. @param also what is read along with the row `i` */
  step<T = null>(
    by: Actor | Command,
    id: string,
    also: Prisma.Sql | null,
    work: (command: Command, row: Interaction, also: T) => Promise<Interaction>,
  ): Promise<Interaction> {
    return this.commands.step(by, async (command) => {
      const [found] = await command.rows<{ also: T }>(
        Prisma.sql`SELECT i.*, ${also ?? Prisma.sql`null`} AS also FROM interactions i WHERE i.id = ${id}::uuid`,
      );
      if (!found) throw notFound('interaction', id);
      const { also: told, ...columns } = found;
      const row = asModel<Interaction>(columns);
      return this.explained(command, row, () => work(command, row, told));
    });
  }

  /** Takes one step of the life cycle: the state, the ringing offer, the holder, the clocks and the log change together. */
  apply(command: Command, row: Interaction, verb: InteractionCommand, change: Change): Promise<Interaction> {
    const state = next(row.state, verb, row.mergedIntoId !== null);
    const holds = HOLDING.includes(state) || state === 'CLOSED';
    return this.write(command, row, { ...change, set: { state, ...(!holds && { agentId: null }), ...change.set } });
  }

  /** @throws StaleRead when the row has changed since it was read */
  async write(
    command: Command,
    row: Interaction,
    { set = {}, offer = 'WITHDRAWN', declineReason, only, stopping, along = [], events }: Change,
  ): Promise<Interaction> {
    const { state: from, agentId } = row;
    const to = set.state ?? from;
    const leaves = HOLDING.includes(from) && !HOLDING.includes(to);
    const pauses = from !== to && (PAUSABLE.includes(to) || PAUSABLE.includes(from));
    if (pauses) needsTransaction(command);
    const { at } = command;
    const [after] = await command.rows(
      takeStep(row, {
        set,
        only: only ?? null,
        along: [
          ...(from === 'OFFERED' && set.state ? [answerOffer(row.id, offer, declineReason ?? null, at)] : []),
          ...(leaves && agentId ? [(taken: Prisma.Sql) => noteReleased(agentId, at, taken)] : []),
          ...(leaves && from === 'WRAP_UP' ? [(taken: Prisma.Sql) => settleWrapUp(row.id, at, taken)] : []),
          ...(stopping ? [(taken: Prisma.Sql) => stopClocks(row.id, stopping, at, taken)] : []),
          ...along,
        ],
        events: eventRows(command, events),
      }),
    );
    if (!after) throw new StaleRead();
    if (pauses) await this.sla.stateChanged(command, row.id, to);
    return asModel<Interaction>(after);
  }

  /** What hangs on it has changed: the log says so, and whoever looks at it sees it. */
  touched(command: Command, row: Interaction, type: string, facts: Record<string, unknown>): Promise<Interaction> {
    return this.write(command, row, { events: [interactionEvent(type, row, facts)] });
  }

  async intoQueue(
    command: Command,
    row: Interaction,
    verb: InteractionCommand,
    queueId: string,
    because: QueuedBecause,
    before: NewEvent[],
    set: Columns = {},
  ): Promise<Interaction> {
    const queue = await this.queues.usable(command, queueId);
    const isNew = because === 'OPENED' || because === 'REOPENED';
    const after = await this.apply(command, row, verb, {
      set: {
        ...NO_PREFERENCE,
        queueId: queue.id,
        queuedAt: command.at,
        ...(isNew && { arrivedAt: command.at }),
        offerRound: row.offerRound + 1,
        ...set,
      },
      events: [...before, queuedEvent({ ...row, queueId: queue.id }, because)],
    });
    const isHandedOn = because === 'TRANSFERRED' || because === 'ESCALATED';
    // What others take from whoever holds it, they need not write up.
    if (isHandedOn && row.agentId && command.actor.agentId === row.agentId) await this.wrapUps.afterTransfer(command, row);
    await this.sla.follow(command, [row.id]);
    return after;
  }

  /** Whoever last served this customer is asked first, where the queue wants it. */
  async stickyAgent(command: Command, { stickySeconds }: QueueRow, customerId: string | null) {
    if (!customerId || stickySeconds === 0) return {};
    const since = new Date(command.at.getTime() - STICKY_MEMORY_DAYS * 86_400_000);
    const [last] = await command.rows<{ agentId: string }>(Prisma.sql`
      SELECT agent_id::text AS "agentId" FROM interactions
      WHERE customer_id = ${customerId}::uuid AND agent_id IS NOT NULL AND accepted_at > ${since} ORDER BY accepted_at DESC LIMIT 1`);
    if (!last) return {};
    return sticky(last.agentId, command.at, stickySeconds);
  }
}

const asStanding = (row: StandingRow): Standing => ({
  state: row.state,
  queue: row.queue,
  agent: row.agent_id !== null && row.agent !== null ? { id: row.agent_id, name: row.agent } : null,
  offerId: row.offer_id,
  last: row.last_type !== null && row.last_at && row.last_by !== null ? { type: row.last_type, at: row.last_at, by: row.last_by } : null,
});
