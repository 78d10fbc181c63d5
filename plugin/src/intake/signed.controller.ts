/**
 * `POST /intake/v1/interactions`: a system that holds a secret opens and updates interactions by signed requests.
 * signed.ts defines their content, which everybody can read at `GET /intake/v1/schema.json`. A request is signed so:
 *
 *     Content-Type: application/json
 *     X-Patchbay-Source: <id of the intake source>
 *     X-Patchbay-Timestamp: <whole seconds since 1970>
 *     Idempotency-Key: <8 to 100 letters, digits, - _ : ., a new one for each change>
 *     X-Patchbay-Signature: sha256=<hex of HMAC-SHA256(secret, timestamp LF idempotency key LF body)>
 */
import { Body, Controller, Get, Header, Headers, Post, Req, Res, type RawBodyRequest } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock.js';
import { PatchbayError } from '../platform/errors.js';
import { Limits } from '../platform/limits.js';
import { refusal } from '../platform/told.js';
import { readKey, readRequest, requestSchema } from './signed.js';
import { SignedService } from './signed.service.js';
import { verify } from './signature.js';
import { SourcesService } from './sources.service.js';

interface Answer {
  interaction: { id: string; number: number; state: string };
}

@Controller('intake/v1')
export class SignedController {
  /** Sources that have signed well before. */
  private readonly familiar = new Set<string>();

  constructor(
    private readonly sources: SourcesService,
    private readonly intake: SignedService,
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {}

  @Get('schema.json')
  @Header('content-type', 'application/schema+json; charset=utf-8')
  schema(): object {
    return requestSchema();
  }

  /** 201 for a new interaction, 200 for one that was there. */
  @Post('interactions')
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers() headers: Record<string, string | undefined>,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    if (!request.rawBody || !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
      throw new PatchbayError('INVALID', 'Send a JSON body with the header Content-Type: application/json.', { header: 'content-type' });
    }
    const idempotencyKey = readKey(headers['idempotency-key']);
    const signed = { timestamp: headers['x-patchbay-timestamp'] ?? '', idempotencyKey, body: request.rawBody };
    const id = headers['x-patchbay-source'] ?? '';
    try {
      const source = await this.limits.guarded(request.ip, this.familiar.has(id), async () => {
        const named = await this.sources.signing(id);
        const now = this.clock.now();
        const old = named.oldSecretUntil !== null && named.oldSecretUntil > now ? named.oldSecret : null;
        const byOld = verify([named.secret, ...(old === null ? [] : [old])], signed, headers['x-patchbay-signature'] ?? '', now) === 1;
        await this.sources.seen(named, byOld, now);
        return named;
      });
      this.familiar.add(source.id);
      await this.limits.spend(source.id);
      const { interaction, opened } = await this.intake.perform(source, idempotencyKey, readRequest(body));
      reply.status(opened ? 201 : 200);
      return { interaction: { id: interaction.id, number: interaction.number, state: interaction.state } };
    } catch (error) {
      await this.note(id, error);
      throw error;
    }
  }

  /** For whoever looks after the source. What is refused for its number is not counted: it must not cost a write each. */
  private async note(id: string, error: unknown): Promise<void> {
    if (!(error instanceof PatchbayError) || ['LIMIT_EXCEEDED', 'UNAVAILABLE'].includes(error.code)) return;
    // The caller's own answer does not wait for a database that is away.
    await this.sources.noteRefusal(id, refusal(error), this.clock.now()).catch(() => undefined);
  }
}
