/** Webhooks as Twenty 2.21 sends them: one POST a record, signed, in no order, five seconds, once. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { Refusal, refuse } from './errors.js';
import type { RecordEvent } from './records.js';
import { isUuid } from './values.js';

export interface Webhook {
  id: string;
  targetUrl: string;
  operations: string[];
  description: string | null;
  secret: string;
  applicationId: string;
  createdAt: string;
  updatedAt: string;
  deletedAt: string | null;
}

/** What was sent, or would have been, and what came of it. */
export interface Delivery {
  webhookId: string;
  eventName: string;
  recordId: string;
  outcome: 'answered' | 'failed' | 'lost';
  status: number | null;
}

export interface WebhookOptions {
  workspaceId: string;
  applicationId: string;
  now: () => number;
  /** From 0 to below 1; decides the order of delivery. */
  random: () => number;
  timeoutMs: number;
}

export class Webhooks {
  readonly all = new Map<string, Webhook>();
  readonly deliveries: Delivery[] = [];
  lose = false;
  private readonly inFlight = new Set<Promise<void>>();

  constructor(private readonly options: WebhookOptions) {}

  /** @throws Refusal METADATA_VALIDATION_FAILED for a target that is no URL */
  create(input: { id?: string; targetUrl: string; operations: string[]; description?: string; secret?: string }): Webhook {
    const at = new Date(this.options.now()).toISOString();
    const webhook: Webhook = {
      id: input.id ?? randomUUID(),
      targetUrl: checkedTarget(input.targetUrl, 'creating', 'create'),
      operations: input.operations,
      description: input.description ?? null,
      secret: input.secret ?? randomBytes(32).toString('hex'),
      applicationId: this.options.applicationId,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
    };
    this.all.set(webhook.id, webhook);
    return webhook;
  }

  /** @throws Refusal NOT_FOUND */
  update(id: string, changes: { targetUrl?: string; operations?: string[]; description?: string; secret?: string }): Webhook {
    const webhook = this.get(id);
    if (changes.targetUrl !== undefined) checkedTarget(changes.targetUrl, 'updating', 'update');
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined && value !== null));
    return Object.assign(webhook, given, { updatedAt: new Date(this.options.now()).toISOString() });
  }

  /** @throws Refusal NOT_FOUND */
  delete(id: string): Webhook {
    const webhook = this.get(id);
    this.all.delete(id);
    return webhook;
  }

  private get(id: string): Webhook {
    const webhook = isUuid(id) ? this.all.get(id) : undefined;
    if (!webhook) throw refuse('Webhook not found', 'WEBHOOK_NOT_FOUND', 'Webhook not found.', 'NOT_FOUND');
    return webhook;
  }

  /** Starts the POSTs of one batch in a random order; timeline activities never come. */
  send(events: RecordEvent[]): void {
    const calls = events
      .filter(({ entity }) => entity.nameSingular !== 'timelineActivity')
      .flatMap((event) => this.listening(event).map((webhook) => ({ event, webhook, place: this.options.random() })))
      .sort((left, right) => left.place - right.place);
    for (const { event, webhook } of calls) {
      const call = this.post(event, { ...webhook }).finally(() => this.inFlight.delete(call));
      this.inFlight.add(call);
    }
  }

  private listening({ entity, kind }: RecordEvent): Webhook[] {
    const wanted = [`${entity.nameSingular}.${kind}`, `*.${kind}`, `${entity.nameSingular}.*`, '*.*'];
    return [...this.all.values()].filter(({ operations }) => wanted.some((each) => operations.includes(each)));
  }

  private async post(event: RecordEvent, webhook: Webhook): Promise<void> {
    const { entity, kind, record, updatedFields, actor } = event;
    const body = JSON.stringify({
      targetUrl: webhook.targetUrl,
      eventName: `${entity.nameSingular}.${kind}`,
      objectMetadata: { id: entity.id, nameSingular: entity.nameSingular },
      workspaceId: this.options.workspaceId,
      webhookId: webhook.id,
      eventDate: new Date(this.options.now()).toISOString(),
      userId: actor.userId,
      workspaceMemberId: actor.workspaceMemberId,
      record,
      ...(updatedFields && { updatedFields }),
    });
    const delivery: Delivery = {
      webhookId: webhook.id,
      eventName: `${entity.nameSingular}.${kind}`,
      recordId: String(record.id),
      outcome: 'lost',
      status: null,
    };
    this.deliveries.push(delivery);
    if (this.lose) return;
    const timestamp = String(this.options.now());
    try {
      delivery.status = await post(webhook.targetUrl, this.options.timeoutMs, body, {
        accept: 'application/json, text/plain, */*',
        'content-type': 'application/json',
        ...(webhook.secret && {
          'x-twenty-webhook-timestamp': timestamp,
          'x-twenty-webhook-signature': createHmac('sha256', webhook.secret).update(`${timestamp}:${body}`).digest('hex'),
          'x-twenty-webhook-nonce': randomBytes(16).toString('hex'),
        }),
      });
      delivery.outcome = 'answered';
    } catch {
      delivery.outcome = 'failed';
    }
  }

  /** Resolves when no POST is under way. */
  async settled(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }
}

function checkedTarget(targetUrl: string, doing: string, type: string): string {
  try {
    const { protocol } = new URL(targetUrl);
    if (protocol.startsWith('http')) return targetUrl;
  } catch {
    // Falls through to the refusal.
  }
  const friendly = 'Please provide a valid HTTP or HTTPS URL';
  throw new Refusal(`Multiple validation errors occurred while ${doing} webhook`, {
    code: 'METADATA_VALIDATION_FAILED',
    errors: {
      webhook: [
        {
          status: 'fail',
          errors: [{ code: 'INVALID_TARGET_URL', message: 'Invalid target URL provided', userFriendlyMessage: friendly }],
          flatEntityMinimalInformation: { targetUrl },
          metadataName: 'webhook',
          type,
        },
      ],
    },
    summary: { totalErrors: 1, webhook: 1 },
    userFriendlyMessage: friendly,
    message: 'Validation failed for 1 webhook',
  });
}

/** The status answered. A connection of its own for each, as nothing may tie their order. */
function post(url: string, timeoutMs: number, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = (url.startsWith('https:') ? secureRequest : request)(
      url,
      {
        method: 'POST',
        agent: false,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        response.on('error', reject).on('end', () => resolve(response.statusCode ?? 0));
        response.resume();
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
