/** Lets the connected CRM show our pages in a frame: that it was connected is permission enough. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Embedding } from '../platform/embedding.js';
import { CrmConnectionService } from './connection.service.js';

@Injectable()
export class FramingService implements OnModuleInit {
  constructor(
    private readonly connections: CrmConnectionService,
    private readonly embedding: Embedding,
  ) {}

  onModuleInit(): void {
    this.embedding.learnFrom(async () => {
      const connection = await this.connections.get();
      if (!connection || !URL.canParse(connection.url)) return [];
      const { origin } = new URL(connection.url);
      return /^https?:/.test(origin) ? [origin] : [];
    });
  }
}
