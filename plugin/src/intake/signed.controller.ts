/**
 * `POST /intake/v1/interactions`: any system that holds a secret opens and updates interactions, by signing the bytes
 * it sends. What it may say is in signed.ts.
 */
import { Body, Controller, Headers, Post, Req, Res, type RawBodyRequest } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock.js';
import { PatchbayError } from '../platform/errors.js';
import { readKey, readRequest } from './signed.js';
import { SignedService } from './signed.service.js';
import { verify } from './signature.js';
import { SourcesService } from './sources.service.js';

interface Answer {
  interaction: { id: string; number: number; state: string };
}

@Controller('intake/v1/interactions')
export class SignedController {
  constructor(
    private readonly sources: SourcesService,
    private readonly intake: SignedService,
    private readonly clock: Clock,
  ) {}

  /** 201 for a new interaction, 200 for one that was there. */
  @Post()
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers() headers: Record<string, string | undefined>,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    if (!request.rawBody || !/^application\/json\b/i.test(headers['content-type'] ?? '')) {
      throw new PatchbayError('INVALID', 'Send a JSON body with the header Content-Type: application/json.', { header: 'content-type' });
    }
    const source = await this.sources.signing(headers['x-patchbay-source'] ?? '');
    verify(source.secret, headers['x-patchbay-timestamp'] ?? '', headers['x-patchbay-signature'] ?? '', request.rawBody, this.clock.now());
    const { interaction, opened } = await this.intake.perform(source, readKey(headers['idempotency-key']), readRequest(body));
    reply.status(opened ? 201 : 200);
    return { interaction: { id: interaction.id, number: interaction.number, state: interaction.state } };
  }
}
