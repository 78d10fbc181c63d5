/** The systems that may sign requests to the intake. A secret is shown once, when it is made. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Commands, record, type Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { fromDatabase, notFound, PatchbayError } from '../platform/errors.js';
import type { CreateIntakeSourceInput } from '../platform/generated/graphql.js';
import type { IntakeSource } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';

@Injectable()
export class SourcesService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  /** The newest first, revoked ones included. */
  list(): Promise<IntakeSource[]> {
    return this.database.prisma.intakeSource.findMany({ orderBy: { id: 'desc' } });
  }

  async get(id: string): Promise<IntakeSource> {
    const source = await this.database.prisma.intakeSource.findUnique({ where: { id } });
    if (!source) throw notFound('intake source', id);
    return source;
  }

  /** The source that a request names. @throws PatchbayError UNAUTHENTICATED for one that may not sign */
  async signing(id: string): Promise<IntakeSource> {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
      throw unauthenticated('Send the header X-Patchbay-Source: the id of your intake source.');
    const source = await this.database.prisma.intakeSource.findUnique({ where: { id } }).catch((error: unknown) => {
      throw fromDatabase(error);
    });
    if (!source) throw unauthenticated('This intake source is unknown; check X-Patchbay-Source.');
    if (source.revokedAt) throw unauthenticated('This intake source was revoked; ask for a new one.');
    return source;
  }

  /** @returns the secret too, unless the idempotency key repeats an earlier call */
  async create(actor: Actor, input: CreateIntakeSourceInput): Promise<{ intakeSource: IntakeSource; secret: string | null }> {
    const secret = randomBytes(32).toString('base64url');
    const { id, repeated } = await this.commands.run(actor, (command) =>
      once(command, 'createIntakeSource', input, async (sourceId) => {
        await command.tx.intakeSource.create({ data: { id: sourceId, name: input.name, secret, createdAt: command.at } });
        await record(command, [{ type: 'intake_source.created', subjectId: sourceId, facts: { name: input.name } }]);
      }),
    );
    return { intakeSource: await this.get(id), secret: repeated ? null : secret };
  }

  /** Revoking again changes nothing. */
  async revoke(actor: Actor, id: string): Promise<IntakeSource> {
    await this.commands.run(actor, async (command) => {
      const { count } = await command.tx.intakeSource.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: command.at } });
      if (count > 0) await record(command, [{ type: 'intake_source.revoked', subjectId: id, facts: {} }]);
    });
    return this.get(id);
  }
}

const unauthenticated = (message: string): PatchbayError => new PatchbayError('UNAUTHENTICATED', message, { header: 'x-patchbay-source' });
