/** Rules, ladders and what they do. Their actions stand in the domains that they change: see rule-action.ts. */
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AgentsModule } from '../agents/agents.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { AutomationResolver, NotificationsResolver, RuleActionResolver, WorkNotificationsResolver } from './automation.resolver.js';
import { DryRunMissResolver, DryRunResolver } from './dry-run.resolver.js';
import { DryRunService } from './dry-run.service.js';
import { FactsService } from './facts.service.js';
import { HousekeepingService } from './housekeeping.service.js';
import { NotificationsService } from './notifications.service.js';
import { ReferencesService } from './references.service.js';
import { RegistryService } from './registry.service.js';
import { InteractionRulesResolver, RuleRunsResolver, RuleSkipsResolver, StoryRulesResolver } from './rule-runs.resolver.js';
import { RulebookService } from './rulebook.service.js';
import { RulesService } from './rules.service.js';
import { RunListsService } from './run-lists.service.js';
import { RunPastService } from './run-past.service.js';
import { RunnerService } from './runner.service.js';
import { RunsService } from './runs.service.js';
import { ScheduleService } from './schedule.service.js';
import { WebhookCaller } from './webhook-call.service.js';
import { WebhooksResolver } from './webhooks.resolver.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [DiscoveryModule, AgentsModule, InteractionsModule, SlaModule],
  providers: [
    FactsService,
    ReferencesService,
    RegistryService,
    RulesService,
    RulebookService,
    RunsService,
    RunListsService,
    RunPastService,
    RunnerService,
    ScheduleService,
    DryRunService,
    HousekeepingService,
    NotificationsService,
    WebhookCaller,
    WebhooksService,
    AutomationResolver,
    DryRunResolver,
    DryRunMissResolver,
    RuleActionResolver,
    RuleRunsResolver,
    RuleSkipsResolver,
    InteractionRulesResolver,
    StoryRulesResolver,
    NotificationsResolver,
    WorkNotificationsResolver,
    WebhooksResolver,
  ],
  exports: [FactsService, NotificationsService, ReferencesService, RegistryService, RulesService, RunListsService, WebhooksService],
})
export class AutomationModule {}
