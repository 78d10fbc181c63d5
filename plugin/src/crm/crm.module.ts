import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AgentsModule } from '../agents/agents.module.js';
import { AutomationModule } from '../automation/automation.module.js';
import { ConfigurationModule } from '../configuration/configuration.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { AgentEditsService } from './agent-edits.service.js';
import { AdministratorsService } from './administrators.service.js';
import { CrmAgendaService } from './agenda.service.js';
import { CrmConnectionService } from './connection.service.js';
import { CrmResolver, CustomerInCrmResolver, InteractionInCrmResolver } from './crm.resolver.js';
import { DefinitionsService } from './definitions.service.js';
import { DeliveriesController } from './deliveries.controller.js';
import { EditsService } from './edits.service.js';
import { FramingService } from './framing.service.js';
import { InteractionEditsService } from './interaction-edits.service.js';
import { CrmLinksService } from './links.service.js';
import { MemberEditsService } from './member-edits.service.js';
import { CrmPeopleService } from './people.service.js';
import { PolicyEditsService } from './policy-edits.service.js';
import { ProjectionsService } from './projections.service.js';
import { PullService } from './pull.service.js';
import { PushPeopleService } from './push-people.service.js';
import { PushService } from './push.service.js';
import { QueueEditsService } from './queue-edits.service.js';
import { CrmProblemsService } from './problems.service.js';
import { CrmRecordsService } from './records.service.js';
import { RuleEditsService } from './rule-edits.service.js';
import { SignInService } from './sign-in.service.js';
import { SyncService } from './sync.service.js';
import { CrmTasksService } from './tasks.service.js';

@Module({
  imports: [
    AccessModule,
    AgentsModule,
    AutomationModule,
    ConfigurationModule,
    CustomersModule,
    InteractionsModule,
    QueuesModule,
    SlaModule,
  ],
  controllers: [DeliveriesController],
  providers: [
    CrmConnectionService,
    FramingService,
    CrmRecordsService,
    CrmAgendaService,
    CrmPeopleService,
    ProjectionsService,
    DefinitionsService,
    AgentEditsService,
    InteractionEditsService,
    MemberEditsService,
    PolicyEditsService,
    QueueEditsService,
    RuleEditsService,
    EditsService,
    PullService,
    PushPeopleService,
    PushService,
    SyncService,
    SignInService,
    AdministratorsService,
    CrmLinksService,
    CrmProblemsService,
    CrmTasksService,
    CrmResolver,
    CustomerInCrmResolver,
    InteractionInCrmResolver,
  ],
  exports: [CrmConnectionService],
})
export class CrmModule {}
