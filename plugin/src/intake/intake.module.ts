/** Where work comes in from outside: mail both ways, signed requests, and the files that came with mail. */
import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/agents.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { InteractionsModule } from '../interactions/interactions.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { AttachmentsController } from './attachments.controller.js';
import { IntakeResolver } from './intake.resolver.js';
import { MailParserService } from './mail-parser.service.js';
import { OriginalsController } from './originals.controller.js';
import { OutgoingService } from './outgoing.service.js';
import { ReceiveService } from './receive.service.js';
import { SignedController } from './signed.controller.js';
import { SignedService } from './signed.service.js';
import { SmtpService } from './smtp.service.js';
import { SourcesService } from './sources.service.js';

@Module({
  imports: [AgentsModule, ConsentsModule, InteractionsModule, QueuesModule],
  controllers: [SignedController, AttachmentsController, OriginalsController],
  providers: [MailParserService, ReceiveService, SmtpService, OutgoingService, SourcesService, SignedService, IntakeResolver],
  exports: [SmtpService],
})
export class IntakeModule {}
