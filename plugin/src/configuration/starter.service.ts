/** Gives a new center its first presence statuses and dispositions. */
import { Injectable } from '@nestjs/common';
import { AgentsService } from '../agents/agents.service.js';
import { DispositionsService } from '../interactions/dispositions.service.js';
import { FIRST_START } from '../platform/actor-names.js';
import { Commands, type Actor } from '../platform/commands.js';
import { starterOf, type Language } from './starter.js';

const START: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: FIRST_START };

@Injectable()
export class StarterService {
  constructor(
    private readonly commands: Commands,
    private readonly agents: AgentsService,
    private readonly dispositions: DispositionsService,
  ) {}

  /**
   * Makes what there is none of; a center that has a single status or disposition keeps to its own. All or nothing, and
   * once, however many engines start.
   */
  async fill(language: Language): Promise<{ statuses: number; dispositions: number }> {
    const { statuses, dispositions } = starterOf(language);
    return this.commands.run(START, async (command) => {
      await command.tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtext('starter'))::text`;
      const hasStatuses = (await command.tx.presenceStatus.count()) > 0;
      const hasDispositions = (await command.tx.disposition.count()) > 0;
      if (!hasStatuses)
        for (const status of statuses)
          await this.agents.createStatus(command, { ...status, reasons: [], idempotencyKey: `starter-status-${status.name}` });
      if (!hasDispositions)
        for (const disposition of dispositions)
          await this.dispositions.create(command, { ...disposition, idempotencyKey: `starter-disposition-${disposition.name}` });
      return { statuses: hasStatuses ? 0 : statuses.length, dispositions: hasDispositions ? 0 : dispositions.length };
    });
  }
}
