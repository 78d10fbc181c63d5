/**
 * "I forgot my password": a link by mail. Whoever asks learns nothing of who is here: the answer comes before anybody is looked
 * for, which a job does.
 */
import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Commands, type Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { kindOf, PatchbayError } from '../platform/errors.js';
import type { User } from '../platform/generated/prisma/client.js';
import { Jobs, type Attempt, type JobQueue } from '../platform/jobs.js';
import { LinksService, type NewLink } from './links.service.js';
import type { Place } from './sessions.service.js';
import type { MailKind, MailLanguage } from './sign-in-mails.js';
import { SignInMailsService } from './sign-in-mails.service.js';
import { addressOf, UsersService } from './users.service.js';

const HOUR_S = 3_600;
const ASKED_FROM_ONE_ADDRESS = 30;
/** No more than stay good at once: whoever gets no further mail has links that work. */
const MAILS_PER_HOUR = 3;
const MAILS_PER_DAY = 10;
const ATTEMPTS = 4;
const CONCURRENCY = 2;
const FIRST_BACKOFF_MS = 2_000;

const SIGN_IN: Actor = { kind: 'CLIENT', role: 'ADMIN', id: null, agentId: null, name: 'sign-in' };

interface Asked {
  email: string;
  /** The network address. */
  from: string;
  language: MailLanguage | null;
}

@Injectable()
export class ForgottenPasswordsService implements OnApplicationBootstrap {
  private readonly log = new Logger('sign-in');
  private readonly sources = new RateLimiterMemory({ keyPrefix: 'asked', points: ASKED_FROM_ONE_ADDRESS, duration: HOUR_S });
  private readonly mailsPerHour = new RateLimiterMemory({ keyPrefix: 'hour', points: MAILS_PER_HOUR, duration: HOUR_S });
  private readonly mailsPerDay = new RateLimiterMemory({ keyPrefix: 'day', points: MAILS_PER_DAY, duration: 24 * HOUR_S });
  private queue!: JobQueue<Asked>;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly jobs: Jobs,
    private readonly users: UsersService,
    private readonly links: LinksService,
    private readonly mails: SignInMailsService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.queue = await this.jobs.open<Asked>({
      name: 'forgotten-passwords',
      attempts: ATTEMPTS,
      concurrency: CONCURRENCY,
      // 2 s, 20 s, 200 s.
      backoffMs: (attemptsMade) => FIRST_BACKOFF_MS * 10 ** (attemptsMade - 1),
      handle: (attempt) => this.answer(attempt),
    });
  }

  /**
   * @throws PatchbayError REFUSED where no mail can be sent, LIMIT_EXCEEDED with `retryAfterSeconds` from a network address that
   *   asked too often
   */
  async ask(email: string, { address, language }: Place): Promise<void> {
    await this.mails.mustBeOn();
    await this.sources.consume(address).catch((spent: unknown) => {
      if (!(spent instanceof RateLimiterRes)) throw spent;
      const retryAfterSeconds = Math.max(1, Math.ceil(spent.msBeforeNext / 1_000));
      throw new PatchbayError('LIMIT_EXCEEDED', `Too many links were asked for; try again in ${retryAfterSeconds} s.`, {
        retryAfterSeconds,
      });
    });
    await this.queue.add(randomUUID(), { email: addressOf(email), from: address, language });
  }

  private async answer({ data: { email, from, language }, number, last }: Attempt<Asked>): Promise<void> {
    const user = await this.database.prisma.user.findUnique({ where: { email } });
    if (!user?.active) return;
    if (number === 1 && !(await this.mayMail(user, from))) return;
    const [kind, link] = await this.prepare(user, from);
    try {
      await this.mails.send(user, kind, link, language);
    } catch (error) {
      // Nobody got it, and the next attempt makes another: only a hash of it is kept.
      if (link) await this.database.prisma.accessLink.deleteMany({ where: { id: link.id } });
      if (last) return this.log.warn(`A link for a new password could not be mailed (${kindOf(error)}).`);
      throw error;
    }
  }

  /** Where the person was signed in before, nobody's asking from elsewhere counts. */
  private async mayMail({ id, email }: User, from: string): Promise<boolean> {
    const session = await this.database.prisma.session.findFirst({ where: { userId: id, address: from }, select: { id: true } });
    const key = `${email} ${session ? from : 'strangers'}`;
    const spent = (error: unknown): false => {
      if (!(error instanceof RateLimiterRes)) throw error;
      return false;
    };
    return (await this.mailsPerHour.consume(key).catch(spent)) !== false && (await this.mailsPerDay.consume(key).catch(spent)) !== false;
  }

  /** Links that were made before stay good, so that nobody takes a colleague's away by asking. */
  private prepare({ id }: User, from: string): Promise<[MailKind, NewLink | null]> {
    return this.commands.run<[MailKind, NewLink | null]>(SIGN_IN, async (command) => {
      const user = await this.users.lock(command, id);
      if (await this.users.isProviders(command, user)) return ['PROVIDER', null];
      // Whoever was shut out, or let an invitation run out, comes in again by an administrator only.
      if (user.passwordHash === null) return ['NO_PASSWORD', null];
      return ['FORGOTTEN', await this.links.make(command, 'PASSWORD_RESET', id, from)];
    });
  }
}
