/** Ends the console inside the CRM for whoever is no administrator of the CRM any more. */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { TokensService } from '../access/tokens.service.js';
import { Loop } from '../platform/loop.js';
import { CrmConnectionService } from './connection.service.js';
import { HostFailure } from './host.js';
import { CRM } from './sign-in.service.js';

/** With the answer of a slow CRM, somebody who lost the role is out within a minute. */
const CHECK_MS = 15_000;

@Injectable()
export class AdministratorsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    private readonly connections: CrmConnectionService,
    private readonly tokens: TokensService,
  ) {
    // At each engine, and without a lease: a command that works on the CRM holds that one, and the check must not wait for it.
    this.loop = new Loop('check of the CRM administrators', () => this.check(), new Logger('crm'));
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** @returns the time until the next check, in ms */
  async check(): Promise<number> {
    const tokens = await this.tokens.inCrm();
    if (tokens.length === 0) return CHECK_MS;
    const administrators = await this.administrators();
    const over = administrators ? tokens.filter(({ crmUserId }) => !administrators.has(crmUserId ?? '')) : [];
    for (const { id } of over) await this.tokens.revoke(CRM, id);
    return CHECK_MS;
  }

  /** Null while the CRM does not say: then a token lasts no longer than it was given for. */
  private async administrators(): Promise<ReadonlySet<string> | null> {
    const connection = await this.connections.get();
    if (!connection) return new Set();
    try {
      return await this.connections.host(connection).administrators();
    } catch (error) {
      if (error instanceof HostFailure) return null;
      throw error;
    }
  }
}
