import { Module } from '@nestjs/common';
import { SlaModule } from '../sla/sla.module.js';
import { CustomerCandidatesResolver, CustomersResolver } from './customers.resolver.js';
import { CustomersService } from './customers.service.js';
import { CustomerImports } from './imports.service.js';

@Module({
  imports: [SlaModule],
  providers: [CustomersService, CustomerImports, CustomersResolver, CustomerCandidatesResolver],
  exports: [CustomersService, CustomerImports],
})
export class CustomersModule {}
