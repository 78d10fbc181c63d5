import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { SlaModule } from '../sla/sla.module.js';
import { BulkService } from './bulk.service.js';
import { DesksService } from './desks.service.js';
import { DispositionsService } from './dispositions.service.js';
import {
  AgentHoldingResolver,
  BulkResolver,
  ActorResolver,
  CustomerInteractionsResolver,
  EventResolver,
  InteractionConnectionResolver,
  InteractionsResolver,
  LatePromiseResolver,
  SlaMoveResolver,
} from './interactions.resolver.js';
import { InteractionChangesResolver } from './interaction-changes.resolver.js';
import { InteractionChangesService } from './interaction-changes.service.js';
import { InteractionListsService } from './interaction-lists.service.js';
import { InteractionsService } from './interactions.service.js';
import { MergingService } from './merging.service.js';
import { MessagesResolver } from './messages.resolver.js';
import { MessagesService } from './messages.service.js';
import { OffersResolver } from './offers.resolver.js';
import { OffersService } from './offers.service.js';
import { OpeningService } from './opening.service.js';
import { SavedViewsResolver } from './saved-views.resolver.js';
import { SavedViewsService } from './saved-views.service.js';
import { StepsService } from './steps.service.js';
import { InteractionStoryResolver, StoryCauseResolver, StoryLineResolver } from './story.resolver.js';
import { StoryService } from './story.service.js';
import { WrapUpSweepService } from './wrap-up-sweep.service.js';
import { InteractionWrapUpResolver, WrapUpsResolver } from './wrap-ups.resolver.js';
import { WrapUpsService } from './wrap-ups.service.js';

@Module({
  imports: [AgentsModule, ConsentsModule, CustomersModule, QueuesModule, SlaModule],
  providers: [
    StepsService,
    OpeningService,
    InteractionsService,
    BulkService,
    SavedViewsService,
    SavedViewsResolver,
    BulkResolver,
    InteractionListsService,
    InteractionChangesService,
    MessagesService,
    OffersService,
    DesksService,
    MergingService,
    DispositionsService,
    WrapUpsService,
    WrapUpSweepService,
    WrapUpsResolver,
    InteractionWrapUpResolver,
    InteractionsResolver,
    InteractionChangesResolver,
    MessagesResolver,
    OffersResolver,
    LatePromiseResolver,
    SlaMoveResolver,
    EventResolver,
    StoryService,
    InteractionStoryResolver,
    StoryLineResolver,
    StoryCauseResolver,
    InteractionConnectionResolver,
    ActorResolver,
    CustomerInteractionsResolver,
    AgentHoldingResolver,
  ],
  exports: [
    StepsService,
    OpeningService,
    InteractionsService,
    InteractionListsService,
    MessagesService,
    OffersService,
    DesksService,
    MergingService,
    DispositionsService,
    WrapUpsService,
  ],
})
export class InteractionsModule {}
