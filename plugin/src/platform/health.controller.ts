/** Answers monitors whether the engine is up and reaches its database. */
import { setTimeout } from 'node:timers/promises';
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Database } from './database.js';

const ANSWER_MS = 2_000;

@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get()
  async health(): Promise<{ status: 'ok' }> {
    const answer = this.database.prisma.$queryRaw`SELECT 1`;
    // A watcher gives up early: a database that says nothing counts as one that is not there.
    const late = setTimeout(ANSWER_MS, null, { ref: false }).then(() => Promise.reject(new Error('no answer')));
    await Promise.race([answer, late]).catch(() => {
      throw new ServiceUnavailableException({ status: 'database unreachable' });
    });
    return { status: 'ok' };
  }
}
