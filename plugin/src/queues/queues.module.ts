import { Module } from '@nestjs/common';
import { SlaModule } from '../sla/sla.module.js';
import { MembershipResolver, QueuesResolver } from './queues.resolver.js';
import { QueuesService } from './queues.service.js';

@Module({ imports: [SlaModule], providers: [QueuesService, QueuesResolver, MembershipResolver], exports: [QueuesService] })
export class QueuesModule {}
