import { Module } from '@nestjs/common';
import { CalendarsResolver } from './calendars.resolver.js';
import { CalendarsService } from './calendars.service.js';
import { ClocksResolver } from './clocks.resolver.js';
import { MigrationService } from './migration.service.js';
import { PoliciesService } from './policies.service.js';
import { RetargetingService } from './retargeting.service.js';
import { SlaResolver } from './sla.resolver.js';
import { SlaService } from './sla.service.js';
import { SwitchOffService } from './switch-off.service.js';
import { SweepService } from './sweep.service.js';
import { TrialsService } from './trials.service.js';

@Module({
  providers: [
    SlaService,
    PoliciesService,
    CalendarsService,
    TrialsService,
    MigrationService,
    SweepService,
    RetargetingService,
    SwitchOffService,
    SlaResolver,
    CalendarsResolver,
    ClocksResolver,
  ],
  exports: [SlaService, PoliciesService, CalendarsService, MigrationService],
})
export class SlaModule {}
