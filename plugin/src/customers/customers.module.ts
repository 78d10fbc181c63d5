import { Module } from '@nestjs/common';
import { CustomersResolver } from './customers.resolver.js';
import { CustomersService } from './customers.service.js';
import { CustomerImports } from './imports.service.js';

@Module({ providers: [CustomersService, CustomerImports, CustomersResolver], exports: [CustomersService, CustomerImports] })
export class CustomersModule {}
