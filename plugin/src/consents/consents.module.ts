import { Module } from '@nestjs/common';
import { CustomersModule } from '../customers/customers.module.js';
import { CustomerConsentsResolver } from './consents.resolver.js';
import { ConsentsService } from './consents.service.js';

@Module({
  imports: [CustomersModule],
  providers: [ConsentsService, CustomerConsentsResolver],
  exports: [ConsentsService],
})
export class ConsentsModule {}
