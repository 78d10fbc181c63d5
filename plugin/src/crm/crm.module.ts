import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { AutomationModule } from '../automation/automation.module.js';
import { ConfigurationModule } from '../configuration/configuration.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { CrmChangesService } from './changes.service.js';
import { CrmConnectionService } from './connection.service.js';
import { CrmResolver } from './crm.resolver.js';
import { DefinitionsService } from './definitions.service.js';
import { DeliveriesController } from './deliveries.controller.js';
import { EditsService } from './edits.service.js';
import { FramingService } from './framing.service.js';
import { CrmPeopleService } from './people.service.js';
import { ProjectionsService } from './projections.service.js';
import { CrmRecordsService } from './records.service.js';
import { SignInService } from './sign-in.service.js';
import { SyncService } from './sync.service.js';
import { TakingService } from './taking.service.js';
import { TellingService } from './telling.service.js';

@Module({
  imports: [AgentsModule, AutomationModule, ConfigurationModule, CustomersModule, InteractionsModule, QueuesModule, SlaModule],
  controllers: [DeliveriesController],
  providers: [
    CrmConnectionService,
    FramingService,
    CrmRecordsService,
    CrmChangesService,
    CrmPeopleService,
    ProjectionsService,
    DefinitionsService,
    EditsService,
    TakingService,
    TellingService,
    SyncService,
    SignInService,
    CrmResolver,
  ],
})
export class CrmModule {}
