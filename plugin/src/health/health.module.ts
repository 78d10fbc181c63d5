import { Module } from '@nestjs/common';
import { CrmModule } from '../crm/crm.module.js';
import { IntakeModule } from '../intake/intake.module.js';
import { HealthResolver } from './health.resolver.js';
import { HealthService } from './health.service.js';

@Module({ imports: [CrmModule, IntakeModule], providers: [HealthService, HealthResolver] })
export class HealthModule {}
