import { Module } from '@nestjs/common';
import { SlaResolver } from './sla.resolver.js';
import { SlaService } from './sla.service.js';
import { SweepService } from './sweep.service.js';

@Module({ providers: [SlaService, SlaResolver, SweepService], exports: [SlaService] })
export class SlaModule {}
