/** The changes of interactions for whoever follows them, in the order of the log, without a gap over a reconnect. */
import { Injectable } from '@nestjs/common';
import { Repeater } from '@repeaterjs/repeater';
import { InteractionListsService } from './interaction-lists.service.js';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import { invalid, PatchbayError } from '../platform/errors.js';
import { EventTail, type LogEvent } from '../platform/event-tail.js';
import type { SubscriptionInteractionChangesArgs } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';

/** How far back a client may resume, and how far it may fall behind. */
const MOST = 10_000;

export interface InteractionChange {
  seq: string;
  type: string;
  interaction: Interaction;
}

@Injectable()
export class InteractionChangesService {
  constructor(
    private readonly tail: EventTail,
    private readonly lists: InteractionListsService,
  ) {}

  async follow(
    actor: Actor,
    part: Part | null,
    { queueId, interactionId, after }: SubscriptionInteractionChangesArgs,
  ): Promise<AsyncGenerator<InteractionChange>> {
    if (after && !/^\d{1,18}$/.test(after)) throw invalid('after', 'Pass the seq of the last change you saw, or leave it out.');
    const position = await this.tail.horizon();
    const from = after ? BigInt(after) : position;
    if (position - from > BigInt(MOST)) throw tooFar();

    return new Repeater<InteractionChange>(async (push, stop) => {
      const backlog: LogEvent[] = [];
      let failure: PatchbayError | null = null;
      let ended = false;
      let wake: () => void = () => undefined;
      const unfollow = await this.tail.follow(from, (events) => {
        backlog.push(
          ...events.filter(
            ({ type, subjectId, facts }) =>
              /^(interaction|sla)\./.test(type) &&
              (!interactionId || subjectId === interactionId) &&
              (!queueId || facts.queueId === queueId || facts.fromQueueId === queueId),
          ),
        );
        if (backlog.length > MOST) failure = tooFar();
        wake();
      });
      void stop.then(() => {
        ended = true;
        unfollow();
        wake();
      });
      while (!ended) {
        if (failure) return stop(failure);
        const batch = backlog.splice(0, 100);
        if (batch.length === 0) {
          await new Promise<void>((resolve) => (wake = resolve));
          continue;
        }
        const rows = new Map((await this.lists.byIds([...new Set(batch.map(({ subjectId }) => subjectId))])).map((row) => [row.id, row]));
        for (const { seq, type, subjectId, facts } of batch) {
          const interaction = rows.get(subjectId);
          const visible = !actor.agentId || facts.agentId === actor.agentId || interaction?.agentId === actor.agentId;
          const isInside = !part || part.has('queue', interaction?.queueId ?? '') || part.has('holder', interaction?.agentId ?? '');
          if (interaction && visible && isInside && !ended) await push({ seq: String(seq), type, interaction });
        }
      }
    }) as unknown as AsyncGenerator<InteractionChange>;
  }
}

const tooFar = (): PatchbayError =>
  new PatchbayError(
    'LIMIT_EXCEEDED',
    `More than ${MOST} events lie between; read the present state first, then subscribe without "after".`,
  );
