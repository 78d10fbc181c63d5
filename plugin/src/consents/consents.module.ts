import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { CustomersModule } from '../customers/customers.module.js';
import { CustomerConsentsResolver } from './consents.resolver.js';
import { ConsentsService } from './consents.service.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { UnsubscribeService } from './unsubscribe.service.js';

@Module({
  imports: [AccessModule, CustomersModule],
  controllers: [UnsubscribeController],
  providers: [ConsentsService, UnsubscribeService, CustomerConsentsResolver],
  exports: [ConsentsService, UnsubscribeService],
})
export class ConsentsModule {}
