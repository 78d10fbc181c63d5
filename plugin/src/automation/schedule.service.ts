/** Says in the log when the time of a scheduled rule has come: once, however many times were missed meanwhile. */
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, TIMER } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { Jobs } from '../platform/jobs.js';
import { RulesService } from './rules.service.js';

const MINUTE_MS = 60_000;

@Injectable()
export class ScheduleService implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly rules: RulesService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const minutely = await this.jobs.open<null>({
      name: 'rule-schedule',
      attempts: 1,
      concurrency: 1,
      backoffMs: () => MINUTE_MS,
      handle: () => this.fire(),
    });
    await minutely.every(MINUTE_MS, null);
  }

  /** Of two engines that fire at once, one wins for each rule. */
  async fire(): Promise<void> {
    const due = await this.database.prisma.automationRule.findMany({
      where: { active: true, nextAt: { lte: this.clock.now() } },
      orderBy: [{ nextAt: 'asc' }, { rank: 'asc' }],
    });
    for (const { id, version, nextAt } of due) {
      await this.commands.run(TIMER, async (command) => {
        const definition = await this.rules.definition(command.tx, { id, version });
        const { count } = await command.tx.automationRule.updateMany({
          where: { id, version, nextAt, active: true },
          data: { nextAt: this.rules.due(definition, true, command.at) },
        });
        if (count === 1) await record(command, [{ type: 'rule.due', subjectId: id, facts: { at: nextAt } }]);
      });
    }
  }
}
