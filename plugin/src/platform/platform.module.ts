/** Services that no domain owns, for all of them. */
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Access } from './access.js';
import { Clock } from './clock.js';
import { Commands } from './commands.js';
import { CONFIG, type Config } from './config.js';
import { Database } from './database.js';
import { Embedding } from './embedding.js';
import { EventReaders } from './event-reader.js';
import { EventTail } from './event-tail.js';
import { HealthController } from './health.controller.js';
import { HttpErrors } from './http-errors.filter.js';
import { Jobs } from './jobs.js';
import { Leases } from './leases.js';
import { Limits } from './limits.js';
import { Mailer } from './mailer.js';
import { Seal } from './seal.js';

@Global()
@Module({})
export class PlatformModule {
  static with(config: Config): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: CONFIG, useValue: config },
        Clock,
        Database,
        Embedding,
        Leases,
        EventTail,
        EventReaders,
        Jobs,
        Commands,
        Limits,
        Mailer,
        Access,
        Seal,
        { provide: APP_FILTER, useClass: HttpErrors },
      ],
      exports: [CONFIG, Clock, Database, Embedding, EventTail, EventReaders, Leases, Jobs, Commands, Limits, Mailer, Access, Seal],
    };
  }
}
