/**
 * Reads mails in a worker thread with a time limit, one at a time, so that a mail made to be slow cannot hold up the router or the
 * pages. A mail that cannot be read in time is reported as such, and the caller keeps it unread.
 */
import { Worker } from 'node:worker_threads';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ParsedMail } from './mail.js';

/** An honest mail of 25 MB takes two seconds, and five on a busy machine; a mail that takes longer than this was made to be slow. */
const LIMIT_MS = 30_000;
const MEMORY_MB = 768;

interface Answer {
  id: number;
  mail?: ParsedMail;
  error?: string;
}

export class Unreadable extends Error {}

@Injectable()
export class MailParserService implements OnApplicationShutdown {
  private worker: Worker | null = null;
  private inHand: Promise<unknown> = Promise.resolve();
  private count = 0;

  /**
   * @param limitMs how long it may take, once its turn has come
   * @throws Unreadable when the mail cannot be parsed, or not in time, or not in memory
   */
  parse(raw: Uint8Array, limitMs = LIMIT_MS): Promise<ParsedMail> {
    const turn = this.inHand.then(() => this.ask(raw, limitMs));
    this.inHand = turn.catch(() => undefined);
    return turn;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.inHand;
    await this.worker?.terminate();
    this.worker = null;
  }

  private ask(raw: Uint8Array, limitMs: number): Promise<ParsedMail> {
    const worker = (this.worker ??= this.start());
    const id = (this.count += 1);
    return new Promise<ParsedMail>((resolve, reject) => {
      const end = (error: Error | null, mail?: ParsedMail): void => {
        clearTimeout(timer);
        worker.off('message', answered).off('error', died).off('exit', died);
        if (mail) resolve(mail);
        else reject(new Unreadable(error?.message ?? 'The parser gave no answer.', { cause: error }));
      };
      const answered = (answer: Answer): void => {
        if (answer.id === id) end(answer.mail ? null : new Error(answer.error), answer.mail);
      };
      const died = (reason: Error | number): void => {
        if (this.worker === worker) this.worker = null;
        end(reason instanceof Error ? reason : new Error('The parser ran out of memory.'));
      };
      const timer = setTimeout(() => {
        if (this.worker === worker) this.worker = null;
        void worker.terminate();
        end(new Error(`It could not be read within ${limitMs / 1_000} s.`));
      }, limitMs);
      worker.on('message', answered).once('error', died).once('exit', died);
      worker.postMessage({ id, raw });
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL('./mail-worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      stderr: true,
    });
    // An error after the answer must not end the engine; an idle parser must not keep it alive.
    worker.on('error', () => {
      if (this.worker === worker) this.worker = null;
    });
    worker.unref();
    return worker;
  }
}
