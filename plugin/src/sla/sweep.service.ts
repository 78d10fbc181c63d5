/**
 * Fires what is due: one sweep over one index, in order, exactly once, also after a crash, because the row that says
 * "due" and the event that says "fired" change in one statement. One engine sweeps at a time.
 */
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Commands } from '../platform/commands.js';
import { Leases } from '../platform/leases.js';
import type { Loop } from '../platform/loop.js';
import { fireDue, type FiredRow } from './sweep.sql.js';

const BATCH = 500;
const EVERY_MS = 250;

@Injectable()
export class SweepService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: Loop;

  constructor(
    private readonly commands: Commands,
    leases: Leases,
  ) {
    this.loop = leases.loop('sla-sweep', 'sla sweep', () => this.step(), new Logger('sla'));
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** Fires at most one batch; returns how many clocks fired. */
  async sweep(): Promise<number> {
    const [row] = await this.commands.runStatement<FiredRow>((at) => fireDue(at, BATCH));
    return row?.fired ?? 0;
  }

  private async step(): Promise<number> {
    return (await this.sweep()) === BATCH ? 0 : EVERY_MS;
  }
}
