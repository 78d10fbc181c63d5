import { Module } from '@nestjs/common';
import { AGENT_FIELDS, AgentsResolver } from './agents.resolver.js';
import { AgentsService } from './agents.service.js';
import { ConnectionsService } from './connections.service.js';

@Module({ providers: [AgentsService, AgentsResolver, ConnectionsService, ...AGENT_FIELDS], exports: [AgentsService, ConnectionsService] })
export class AgentsModule {}
