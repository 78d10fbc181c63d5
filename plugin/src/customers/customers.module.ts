import { Module } from '@nestjs/common';
import { SlaModule } from '../sla/sla.module.js';
import { CustomersResolver } from './customers.resolver.js';
import { CustomersService } from './customers.service.js';
import { CustomerImports } from './imports.service.js';

@Module({
  imports: [SlaModule],
  providers: [CustomersService, CustomerImports, CustomersResolver],
  exports: [CustomersService, CustomerImports],
})
export class CustomersModule {}
