/** A loop that can be woken, survives failures, and stops only after the step in hand. */
import type { Logger } from '@nestjs/common';
import { kindOf } from './errors.js';

const FAILURE_PAUSE_MS = 1_000;

export class Loop {
  private running: Promise<void> | null = null;
  private stopping = false;
  private woken = false;
  private rouse: () => void = () => undefined;
  private inHand: Promise<unknown> = Promise.resolve();

  /** @param step does some work and returns how many milliseconds to wait before the next, unless woken earlier */
  constructor(
    private readonly name: string,
    private readonly step: () => Promise<number>,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  /** The next step begins at once, or right after the one in hand. */
  wake(): void {
    this.woken = true;
    this.rouse();
  }

  /** Resolves when the step in hand has ended; no further one begins. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.rouse();
    await this.running;
    this.running = null;
  }

  /** Resolves when the step in hand has ended; others follow. */
  async rest(): Promise<void> {
    await this.inHand.catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      let wait: number;
      try {
        const step = this.step();
        this.inHand = step;
        wait = await step;
      } catch (error) {
        this.log.warn(`The ${this.name} failed (${kindOf(error)}); trying again.`);
        wait = FAILURE_PAUSE_MS;
      }
      if (!this.woken && !this.stopping) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, wait);
          this.rouse = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
    }
  }
}
