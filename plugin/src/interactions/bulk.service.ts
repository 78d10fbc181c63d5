/**
 * One command for many interactions, each by itself: what is refused for one is done for the others. What is outside of a
 * bounded caller's part is answered for as what does not exist.
 */
import { Injectable } from '@nestjs/common';
import type { Part } from '../platform/bounds.js';
import type { Actor } from '../platform/commands.js';
import { invalid, notFound, PatchbayError } from '../platform/errors.js';
import type { CloseInteractionsInput, SetInteractionPrioritiesInput, TransferInteractionsInput } from '../platform/generated/graphql.js';
import type { Interaction } from '../platform/generated/prisma/client.js';
import { InteractionsService } from './interactions.service.js';

const MOST = 100;

export interface Outcome {
  id: string;
  /** As it is after the command; null where that was refused. */
  interaction: Interaction | null;
  refusal: Pick<PatchbayError, 'code' | 'message' | 'facts'> | null;
}

@Injectable()
export class BulkService {
  constructor(private readonly interactions: InteractionsService) {}

  transfer(actor: Actor, part: Part | null, { ids, ...input }: TransferInteractionsInput): Promise<Outcome[]> {
    if (Boolean(input.queueId) === Boolean(input.agentId)) throw invalid('queueId', 'Name either a queue or an agent to transfer to.');
    return this.each(ids, part, (id) => this.interactions.transfer(actor, { id, ...input }));
  }

  setPriority(actor: Actor, part: Part | null, { ids, priority }: SetInteractionPrioritiesInput): Promise<Outcome[]> {
    return this.each(ids, part, (id) => this.interactions.setPriority(actor, { id, priority }));
  }

  close(actor: Actor, part: Part | null, { ids, ...input }: CloseInteractionsInput): Promise<Outcome[]> {
    return this.each(ids, part, (id) => this.interactions.close(actor, { id, ...input }));
  }

  /** One after the other, so that many at once leave the database to others too; an id that is given twice counts once. */
  private async each(ids: string[], part: Part | null, command: (id: string) => Promise<Interaction>): Promise<Outcome[]> {
    if (ids.length === 0 || ids.length > MOST) throw invalid('ids', `Name 1 to ${MOST} interactions at once.`);
    const inside = part && new Set(await part.among('INTERACTION', ids));
    const outcomes: Outcome[] = [];
    for (const id of new Set(ids)) {
      try {
        if (inside && !inside.has(id)) throw notFound('interaction', id);
        outcomes.push({ id, interaction: await command(id), refusal: null });
      } catch (error) {
        // A defect is told as one; what was done before it is in each interaction's log.
        if (!(error instanceof PatchbayError)) throw error;
        const { code, message, facts } = error;
        outcomes.push({ id, interaction: null, refusal: { code, message, facts } });
      }
    }
    return outcomes;
  }
}
