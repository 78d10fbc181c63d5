import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { RouterService } from './router.service.js';
import { RoutingResolver } from './routing.resolver.js';
import { WorkService } from './work.service.js';
import { WorldService } from './world.service.js';

@Module({
  imports: [AgentsModule, QueuesModule, InteractionsModule],
  providers: [WorldService, RouterService, WorkService, RoutingResolver],
  exports: [WorldService, RouterService],
})
export class RoutingModule {}
