import { Module } from '@nestjs/common';
import { SlaModule } from '../sla/sla.module.js';
import { EntryPointsResolver } from './entry-points.resolver.js';
import { EntryPointsService } from './entry-points.service.js';
import { ChannelSettingsResolver, MembershipResolver, QueuesResolver, SlaTargetResolver } from './queues.resolver.js';
import { QueuesService } from './queues.service.js';

@Module({
  imports: [SlaModule],
  providers: [
    QueuesService,
    EntryPointsService,
    QueuesResolver,
    ChannelSettingsResolver,
    MembershipResolver,
    SlaTargetResolver,
    EntryPointsResolver,
  ],
  exports: [QueuesService, EntryPointsService],
})
export class QueuesModule {}
