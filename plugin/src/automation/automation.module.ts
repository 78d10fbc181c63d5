/** Rules, ladders and what they do. A later domain brings actions of its own: see action.ts. */
import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AgentsModule } from '../agents/agents.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { AssignAction } from './actions/assign.action.js';
import { CallWebhookAction } from './actions/call-webhook.action.js';
import { CreateInteractionAction } from './actions/create-interaction.action.js';
import { CreateTaskAction } from './actions/create-task.action.js';
import { NotifyAction } from './actions/notify.action.js';
import { ReplyAction } from './actions/reply.action.js';
import { SetFieldsAction } from './actions/set-fields.action.js';
import { SetPriorityAction } from './actions/set-priority.action.js';
import { SetQueueAction } from './actions/set-queue.action.js';
import { SetSkillsAction } from './actions/set-skills.action.js';
import { SetSlaPolicyAction } from './actions/set-sla-policy.action.js';
import { AutomationResolver, NotificationsResolver, RuleActionResolver, WorkNotificationsResolver } from './automation.resolver.js';
import { DryRunResolver } from './dry-run.resolver.js';
import { DryRunService } from './dry-run.service.js';
import { FactsService } from './facts.service.js';
import { HousekeepingService } from './housekeeping.service.js';
import { NotificationsService } from './notifications.service.js';
import { ReferencesService } from './references.service.js';
import { RegistryService } from './registry.service.js';
import { InteractionRulesResolver, RuleRunsResolver, RuleSkipsResolver } from './rule-runs.resolver.js';
import { RulebookService } from './rulebook.service.js';
import { RulesService } from './rules.service.js';
import { RunListsService } from './run-lists.service.js';
import { RunnerService } from './runner.service.js';
import { RunsService } from './runs.service.js';
import { ScheduleService } from './schedule.service.js';
import { WebhookCaller } from './webhook-call.service.js';
import { WebhooksService } from './webhooks.service.js';

const ACTIONS = [
  AssignAction,
  CallWebhookAction,
  CreateInteractionAction,
  CreateTaskAction,
  NotifyAction,
  ReplyAction,
  SetFieldsAction,
  SetPriorityAction,
  SetQueueAction,
  SetSkillsAction,
  SetSlaPolicyAction,
];

@Module({
  imports: [DiscoveryModule, AgentsModule, InteractionsModule, SlaModule],
  providers: [
    ...ACTIONS,
    FactsService,
    ReferencesService,
    RegistryService,
    RulesService,
    RulebookService,
    RunsService,
    RunListsService,
    RunnerService,
    ScheduleService,
    DryRunService,
    HousekeepingService,
    NotificationsService,
    WebhookCaller,
    WebhooksService,
    AutomationResolver,
    DryRunResolver,
    RuleActionResolver,
    RuleRunsResolver,
    RuleSkipsResolver,
    InteractionRulesResolver,
    NotificationsResolver,
    WorkNotificationsResolver,
  ],
  exports: [FactsService, NotificationsService, ReferencesService, RegistryService, RulesService, RunListsService, WebhooksService],
})
export class AutomationModule {}
