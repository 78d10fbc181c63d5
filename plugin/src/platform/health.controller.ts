/** For whoever watches the engine: is it up, and does it reach its database. */
import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { Database } from './database.js';

@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get()
  async health(): Promise<{ status: 'ok' }> {
    await this.database.prisma.$queryRaw`SELECT 1`.catch(() => {
      throw new ServiceUnavailableException({ status: 'database unreachable' });
    });
    return { status: 'ok' };
  }
}
