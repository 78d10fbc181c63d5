import { Module } from '@nestjs/common';
import { QueuesModule } from '../queues/queues.module.js';
import { RoutingModule } from '../routing/routing.module.js';
import { LiveResolver } from './live.resolver.js';
import { LiveService } from './live.service.js';

@Module({ imports: [QueuesModule, RoutingModule], providers: [LiveService, LiveResolver] })
export class LiveModule {}
