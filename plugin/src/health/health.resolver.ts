/** Health, spoken in GraphQL. */
import { Query, Resolver } from '@nestjs/graphql';
import { workOf } from './health.js';
import { HealthService } from './health.service.js';

@Resolver()
export class HealthResolver {
  constructor(private readonly service: HealthService) {}

  @Query('health')
  async health() {
    const { stored, engineId, database, ...rest } = await this.service.health();
    return {
      ...rest,
      database,
      engines: (stored?.engines ?? []).map((engine) => ({
        ...engine,
        isThis: engine.id === engineId,
        holds: workOf(engine.id, stored?.leases ?? [], database?.now ?? engine.lastSeenAt),
      })),
      readers: stored?.readers ?? [],
      mailIn: stored?.mailIn ?? null,
      mailOut: stored?.mailOut ?? null,
      webhooks: stored?.webhooks ?? null,
      crm: stored?.crm ?? null,
    };
  }
}
