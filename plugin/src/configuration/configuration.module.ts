/** Calendars, policies and rules as one file beside the code. */
import { Module } from '@nestjs/common';
import { AutomationModule } from '../automation/automation.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { ConfigurationResolver } from './configuration.resolver.js';
import { ConfigurationService } from './configuration.service.js';
import { EntriesService } from './entries.service.js';
import { UsesService } from './uses.service.js';

@Module({
  imports: [AutomationModule, SlaModule],
  providers: [ConfigurationService, EntriesService, UsesService, ConfigurationResolver],
  exports: [EntriesService],
})
export class ConfigurationModule {}
