/**
 * Sends webhooks by the rules of Standard Webhooks (standardwebhooks.com). A rule that wants one sent writes a row in the same
 * transaction; the event log says that there is something to send, a job sends it: at least once, and each attempt carries
 * the same id, so that a receiver which took it twice can tell. Neither the body nor the secret is ever logged.
 */
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Commands, record, TIMER, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { EventReaders } from '../platform/event-reader.js';
import { notFound, refused } from '../platform/errors.js';
import type { WebhookDeliveryFilter } from '../platform/generated/graphql.js';
import { Prisma, type WebhookDelivery } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { Jobs, type Attempt, type JobQueue } from '../platform/jobs.js';
import { idOf, page, type Connection } from '../platform/paging.js';
import { said } from '../platform/told.js';
import { toldColumn } from '../platform/told-column.js';
import { ATTEMPTS, waitMs, type Verdict } from './webhook-answer.js';
import { WebhookCaller } from './webhook-call.service.js';
import { secretKey, signedHeaders } from './webhook-signature.js';

export interface NewWebhook {
  url: string;
  /** See `checkSecret`. */
  secret: string;
  body: Record<string, unknown>;
  ruleId: string | null;
  /** What it is about, such as the interaction's id. */
  subjectId: string;
}

const CONCURRENCY = 16;
const PAGE = 500;
const SENDER: Actor = { ...TIMER, name: 'webhook' };

/** Thrown to be tried again. */
class TryAgain extends Error {
  constructor(readonly retryAfterMs: number | undefined) {
    super('The webhook was not taken.');
  }
}

@Injectable()
export class WebhooksService implements OnApplicationBootstrap {
  private readonly log = new Logger('webhooks');

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly readers: EventReaders,
    private readonly caller: WebhookCaller,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const queue = await this.jobs.open<null>({
      name: 'webhook',
      attempts: ATTEMPTS,
      concurrency: CONCURRENCY,
      backoffMs: (attemptsMade, error) => waitMs(attemptsMade, error instanceof TryAgain ? error.retryAfterMs : undefined),
      handle: (attempt) => this.send(attempt),
    });
    await this.resume(queue);
    await this.readers.start({
      name: 'webhook',
      types: ['webhook.queued'],
      handle: async (events) => {
        for (const { facts } of events) if (typeof facts.deliveryId === 'string') await queue.add(facts.deliveryId, null);
      },
    });
  }

  /** Has it sent once the command commits, and not at all where it does not; returns the delivery's id. */
  async enqueue(command: Command, { url, secret, body, ruleId, subjectId }: NewWebhook): Promise<string> {
    const id = uuidv7();
    await command.tx.webhookDelivery.create({
      data: { id, ruleId, subjectId, url, secret, body: body as Prisma.InputJsonValue, state: 'PENDING', createdAt: command.at },
    });
    await record(command, [{ type: 'webhook.queued', subjectId, facts: { deliveryId: id, ruleId } }]);
    return id;
  }

  /** Newest first. */
  async list(
    { states, ruleId }: WebhookDeliveryFilter,
    first: number,
    after: string | null | undefined,
  ): Promise<Connection<WebhookDelivery>> {
    const rows = await this.database.prisma.webhookDelivery.findMany({
      where: { id: { lt: idOf(after) }, ...(states && { state: { in: states } }), ...(ruleId && { ruleId }) },
      orderBy: { id: 'desc' },
      take: first + 1,
    });
    return page(rows.map(shown), first, ({ id }) => id);
  }

  async get(id: string): Promise<WebhookDelivery> {
    const row = await this.database.prisma.webhookDelivery.findUnique({ where: { id } });
    if (!row) throw notFound('webhook delivery', id);
    return shown(row);
  }

  /** @throws PatchbayError REFUSED for one that is on its way */
  async resend(actor: Actor, id: string): Promise<WebhookDelivery> {
    await this.commands.run(actor, async (command) => {
      const { count } = await command.tx.webhookDelivery.updateMany({
        where: { id, state: { not: 'PENDING' } },
        data: { state: 'PENDING', attempts: 0, status: null, error: null, told: toldColumn(null), sentAt: null, nextAt: null },
      });
      const row = await command.tx.webhookDelivery.findUnique({ where: { id } });
      if (!row) throw notFound('webhook delivery', id);
      if (count === 0) throw refused('This webhook is on its way: it is tried again by itself.');
      await record(command, [{ type: 'webhook.queued', subjectId: row.subjectId, facts: { deliveryId: id, ruleId: row.ruleId } }]);
    });
    return this.get(id);
  }

  /** What was written while the jobs' backend was away, or whose jobs were lost with it. */
  private async resume(queue: JobQueue<null>): Promise<void> {
    let after: string | undefined;
    for (;;) {
      const rows = await this.database.prisma.webhookDelivery.findMany({
        where: { state: 'PENDING', ...(after && { id: { gt: after } }) },
        orderBy: { id: 'asc' },
        take: PAGE,
        select: { id: true },
      });
      for (const { id } of rows) await queue.add(id, null);
      if (rows.length < PAGE) return;
      after = rows.at(-1)?.id;
    }
  }

  private async send({ id, last }: Attempt<null>): Promise<void> {
    const row = await this.database.prisma.webhookDelivery.findUnique({ where: { id } });
    if (row?.state !== 'PENDING') return;
    const verdict = await this.attempt(row);
    // A job that was made anew begins to count anew; the row knows better.
    const givenUp = verdict.outcome === 'again' && (last || row.attempts + 1 >= ATTEMPTS);
    const state = verdict.outcome === 'sent' ? 'SENT' : verdict.outcome === 'failed' || givenUp ? 'FAILED' : 'PENDING';
    const nextMs = state === 'PENDING' ? waitMs(row.attempts + 1, verdict.retryAfterMs) : null;
    await this.settle(row, state, verdict, nextMs);
    if (state === 'FAILED') this.log.warn(`The webhook ${id} is given up (${verdict.status ?? 'no answer'}).`);
    if (state === 'PENDING') throw new TryAgain(verdict.retryAfterMs);
  }

  private async attempt({ id, url, secret, body }: WebhookDelivery): Promise<Verdict> {
    const key = secretKey(secret);
    if (!key)
      return {
        outcome: 'failed',
        status: null,
        error: said('WEBHOOK_SECRET_UNUSABLE', 'The secret of this webhook cannot be used: write a new one into the rule.'),
      };
    const text = JSON.stringify(body);
    const at = this.clock.now();
    return this.caller.post(
      url,
      {
        'content-type': 'application/json',
        'user-agent': 'Patchbay',
        ...signedHeaders(key, id, at, text),
      },
      text,
    );
  }

  /** Writes down how an attempt went; says so in the log where it was the last one. */
  private async settle(
    row: WebhookDelivery,
    state: WebhookDelivery['state'],
    { status, error }: Verdict,
    nextMs: number | null,
  ): Promise<void> {
    await this.commands.run(SENDER, async (command) => {
      const attempts = row.attempts + 1;
      const { count } = await command.tx.webhookDelivery.updateMany({
        where: { id: row.id, state: 'PENDING' },
        data: {
          state,
          status,
          error: error?.text ?? null,
          told: toldColumn(error?.told),
          attempts,
          nextAt: nextMs === null ? null : new Date(command.at.getTime() + nextMs),
          ...(state === 'SENT' && { sentAt: command.at }),
        },
      });
      if (count === 0 || state === 'PENDING') return;
      const facts = { deliveryId: row.id, ruleId: row.ruleId, attempts, status, ...(error && { error: error.text }) };
      await record(command, [{ type: state === 'SENT' ? 'webhook.sent' : 'webhook.failed', subjectId: row.subjectId, facts }]);
    });
  }
}

/** The query may hold a key. */
const shown = (row: WebhookDelivery): WebhookDelivery => ({ ...row, url: row.url.replace(/[?#].*$/, '') });
