import { Module } from '@nestjs/common';
import { SlaModule } from '../sla/sla.module.js';
import { CustomerCandidatesResolver, CustomersResolver } from './customers.resolver.js';
import { CustomersService } from './customers.service.js';
import { CustomerImports } from './imports.service.js';
import { CustomerMergesResolver, MergesResolver } from './merges.resolver.js';
import { MergesService } from './merges.service.js';

@Module({
  imports: [SlaModule],
  providers: [
    CustomersService,
    CustomerImports,
    CustomersResolver,
    CustomerCandidatesResolver,
    MergesService,
    CustomerMergesResolver,
    MergesResolver,
  ],
  exports: [CustomersService, CustomerImports, MergesService],
})
export class CustomersModule {}
