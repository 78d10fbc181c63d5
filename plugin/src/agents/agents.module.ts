import { Module } from '@nestjs/common';
import { AGENT_FIELDS, AgentsResolver } from './agents.resolver.js';
import { AgentsService } from './agents.service.js';
import { ConnectionsService } from './connections.service.js';
import { DraftsResolver } from './drafts.resolver.js';
import { DraftsService } from './drafts.service.js';
import { PresenceTimesResolver } from './presence-times.resolver.js';
import { PresenceTimesService } from './presence-times.service.js';

@Module({
  providers: [
    AgentsService,
    AgentsResolver,
    ConnectionsService,
    DraftsService,
    DraftsResolver,
    PresenceTimesService,
    PresenceTimesResolver,
    ...AGENT_FIELDS,
  ],
  exports: [AgentsService, ConnectionsService],
})
export class AgentsModule {}
