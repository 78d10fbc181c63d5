/**
 * The origins whose pages may show ours in a frame: those of the configuration, and those that a domain learns of while the engine
 * runs. The domains come here to say so; nothing here knows them.
 */
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from './config.js';

type Source = () => Promise<readonly string[]>;

/** For so long an answer is good: a CRM that was connected just now may frame the pages after that. */
const FRESH_MS = 2_000;
/** A page does not wait longer for it than that; then the origins known before count. */
const PATIENCE_MS = 500;

@Injectable()
export class Embedding {
  private readonly sources: Source[] = [];
  private learned: readonly string[] = [];
  private askedAt = -Infinity;
  private asking: Promise<void> | null = null;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @param source called from time to time for origins such as https://crm.example.org; may fail: then its last answer stays */
  learnFrom(source: Source): void {
    this.sources.push(source);
  }

  origins(): readonly string[] {
    return [...new Set([...this.config.EMBEDDING_ORIGINS, ...this.learned])];
  }

  /** Asks the sources where their answers are old. Never rejects. */
  async refresh(): Promise<void> {
    if (performance.now() - this.askedAt < FRESH_MS) return;
    this.asking ??= this.ask();
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([this.asking, new Promise<void>((done) => (timer = setTimeout(done, PATIENCE_MS)))]);
    clearTimeout(timer);
  }

  private async ask(): Promise<void> {
    try {
      this.learned = (await Promise.all(this.sources.map((source) => source()))).flat();
    } catch {
      // The database is away: the pages stay framed by whom they were before.
    }
    this.askedAt = performance.now();
    this.asking = null;
  }
}
