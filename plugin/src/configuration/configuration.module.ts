/** Calendars, policies and rules as one file beside the code. */
import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { AutomationModule } from '../automation/automation.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { ConfigurationResolver } from './configuration.resolver.js';
import { ConfigurationService } from './configuration.service.js';
import { EntriesService } from './entries.service.js';
import { StarterService } from './starter.service.js';
import { UsesService } from './uses.service.js';

@Module({
  imports: [AgentsModule, AutomationModule, InteractionsModule, SlaModule],
  providers: [ConfigurationService, EntriesService, StarterService, UsesService, ConfigurationResolver],
  exports: [EntriesService],
})
export class ConfigurationModule {}
