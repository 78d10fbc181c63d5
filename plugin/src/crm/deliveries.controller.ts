/** `POST /crm/deliveries`: the CRM says which of its records have changed. It is only a hint where to look. */
import { Controller, Headers, HttpCode, Post, Req, type RawBodyRequest } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/clock.js';
import { invalid, notFound } from '../platform/errors.js';
import { Limits } from '../platform/limits.js';
import { CrmAgendaService } from './agenda.service.js';
import { CrmConnectionService } from './connection.service.js';

@Controller('crm/deliveries')
export class DeliveriesController {
  constructor(
    private readonly connections: CrmConnectionService,
    private readonly agenda: CrmAgendaService,
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(
    @Req() request: RawBodyRequest<FastifyRequest>,
    @Headers() headers: Record<string, string | undefined>,
  ): Promise<{ received: true }> {
    const connection = await this.connections.get();
    if (!connection) throw notFound('CRM', 'connected to this contact center');
    const body = request.rawBody;
    if (!body) throw invalid('body', 'Send what has changed as JSON.');
    const host = this.connections.host(connection);
    const change = await this.limits.guarded(request.ip, false, () =>
      Promise.resolve().then(() => host.delivery(headers, body, this.clock.now())),
    );
    await this.connections.heard();
    if (change) await this.agenda.note(change.kind, change.id);
    return { received: true };
  }
}
