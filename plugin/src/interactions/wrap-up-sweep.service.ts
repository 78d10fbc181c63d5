/**
 * Ends the wrap-ups whose time is over. The row says when; ending it, closing what it was about and the log are one
 * transaction, so a crash leaves the wrap-up as it was, and the engine that sweeps next ends it.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Commands, TIMER } from '../platform/commands.js';
import type { WrapUp } from '../platform/generated/prisma/client.js';
import { Leases } from '../platform/leases.js';
import type { Loop } from '../platform/loop.js';
import { asModel } from '../platform/models.js';
import { InteractionsService } from './interactions.service.js';
import { WrapUpsService } from './wrap-ups.service.js';
import { dueWrapUp } from './wrap-ups.sql.js';

const EVERY_MS = 250;

@Injectable()
export class WrapUpSweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    private readonly commands: Commands,
    private readonly interactions: InteractionsService,
    private readonly wrapUps: WrapUpsService,
    leases: Leases,
  ) {
    this.loop = leases.loop('wrap-up-sweep', 'wrap-up sweep', () => this.step(), new Logger('wrap-up'));
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Ends the one that was over first; false where none is. */
  sweep(): Promise<boolean> {
    return this.commands.run(TIMER, async (command) => {
      const [row] = await command.tx.$queryRaw<object[]>(dueWrapUp(command.at));
      if (!row) return false;
      const one = asModel<WrapUp>(row);
      if (!one.afterTransfer) await this.interactions.closeAfterWrapUp(command, one.interactionId, one.agentId);
      await this.wrapUps.over(command, one);
      return true;
    });
  }

  private async step(): Promise<number> {
    return (await this.sweep()) ? 0 : EVERY_MS;
  }
}
