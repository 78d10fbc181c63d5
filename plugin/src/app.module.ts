/** The engine: every domain, on one platform. */
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AgentsModule } from './agents/agents.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AutomationModule } from './automation/automation.module.js';
import type { Action } from './automation/rule-action.js';
import { ConfigurationModule } from './configuration/configuration.module.js';
import { ConsentsModule } from './consents/consents.module.js';
import { CrmModule } from './crm/crm.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { InteractionsModule } from './interactions/interactions.module.js';
import { HealthModule } from './health/health.module.js';
import type { Config } from './platform/config.js';
import { LiveModule } from './live/live.module.js';
import { ApiModule } from './platform/graphql.js';
import { PlatformModule } from './platform/platform.module.js';
import { QueuesModule } from './queues/queues.module.js';
import { RoutingModule } from './routing/routing.module.js';
import { SlaModule } from './sla/sla.module.js';

@Module({})
export class AppModule {
  /** @param actions of rules; here, above all domains, each gets the services of whatever domain it needs */
  static with(config: Config, actions: Type<Action>[]): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config),
        ApiModule,
        AccessModule,
        AgentsModule,
        QueuesModule,
        CustomersModule,
        ConsentsModule,
        InteractionsModule,
        SlaModule,
        RoutingModule,
        LiveModule,
        IntakeModule,
        AutomationModule,
        ConfigurationModule,
        CrmModule,
        HealthModule,
        AuditModule,
      ],
      providers: actions,
    };
  }
}
