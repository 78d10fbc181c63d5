/** The systems that may sign requests to the intake. A secret is shown once, when it is made. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { intakeSourceState } from '../platform/record-states.sql.js';
import { Commands, type Actor } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { fromDatabase, invalid, notFound, PatchbayError, refused } from '../platform/errors.js';
import type { CreateIntakeSourceInput, RotateIntakeSourceInput } from '../platform/generated/graphql.js';
import type { IntakeSource } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import type { Said } from '../platform/told.js';
import { toldColumn } from '../platform/told-column.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const newSecret = (): string => randomBytes(32).toString('base64url');
const MOST_OLD_SECONDS = 604_800;
/** When a source was last seen is written down no oftener than this. */
const SEEN_EVERY_MS = 60_000;
const MOST_SAID = 1_000;

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
    if (!UUID.test(id)) throw unauthenticated('Send the header X-Patchbay-Source: the id of your intake source.');
    const source = await this.database.prisma.intakeSource.findUnique({ where: { id } }).catch((error: unknown) => {
      throw fromDatabase(error);
    });
    if (!source) throw unauthenticated('This intake source is unknown; check X-Patchbay-Source.');
    if (source.revokedAt) throw unauthenticated('This intake source was revoked; ask for a new one.');
    return source;
  }

  /** @returns the secret too, unless the idempotency key repeats an earlier call */
  async create(actor: Actor, input: CreateIntakeSourceInput): Promise<{ intakeSource: IntakeSource; secret: string | null }> {
    const secret = newSecret();
    const { id, repeated } = await this.commands.run(actor, (command) =>
      once(command, 'createIntakeSource', input, async (sourceId) => {
        await command.tx.intakeSource.create({ data: { id: sourceId, name: input.name, secret, createdAt: command.at } });
        const event = { type: 'intake_source.created', subjectId: sourceId, facts: { name: input.name } };
        await recordChange(command, absent(intakeSourceState(sourceId)), event);
      }),
    );
    return { intakeSource: await this.get(id), secret: repeated ? null : secret };
  }

  /** @returns the new secret, unless the idempotency key repeats an earlier call */
  async rotate(actor: Actor, input: RotateIntakeSourceInput): Promise<{ intakeSource: IntakeSource; secret: string | null }> {
    const { id, oldValidSeconds } = input;
    if (oldValidSeconds > MOST_OLD_SECONDS)
      throw invalid('oldValidSeconds', `The secret so far is good for at most ${MOST_OLD_SECONDS} seconds more, which are 7 days.`);
    const secret = newSecret();
    const { repeated } = await this.commands.run(actor, (command) =>
      once(command, 'rotateIntakeSource', input, async () => {
        const source = await command.tx.intakeSource.findUnique({ where: { id } });
        if (!source) throw notFound('intake source', id);
        if (source.revokedAt) throw refused('This intake source was revoked; make a new one.');
        const before = await watch(command, intakeSourceState(id));
        const until = oldValidSeconds > 0 ? new Date(command.at.getTime() + oldValidSeconds * 1_000) : null;
        await command.tx.intakeSource.update({
          where: { id },
          data: { secret, oldSecret: until && source.secret, oldSecretUntil: until, oldSecretSeenAt: null },
        });
        await recordChange(command, before, { type: 'intake_source.rotated', subjectId: id, facts: { oldValidSeconds } });
      }),
    );
    return { intakeSource: await this.get(id), secret: repeated ? null : secret };
  }

  /** Notes that a request was signed well, by the secret so far or by the one before. */
  async seen(source: IntakeSource, byOld: boolean, at: Date): Promise<void> {
    const isFresh = (last: Date | null): boolean => last !== null && at.getTime() - last.getTime() < SEEN_EVERY_MS;
    if (isFresh(source.lastSeenAt) && (!byOld || isFresh(source.oldSecretSeenAt))) return;
    const data = { lastSeenAt: at, ...(byOld && { oldSecretSeenAt: at }) };
    await this.database.prisma.intakeSource.updateMany({ where: { id: source.id }, data }).catch((error: unknown) => {
      throw fromDatabase(error);
    });
  }

  /** Notes why a request in its name was refused; changes nothing where there is no such source. */
  async noteRefusal(id: string, { text, told }: Said, at: Date): Promise<void> {
    if (!UUID.test(id)) return;
    await this.database.prisma.intakeSource.updateMany({
      where: { id },
      data: {
        refusals: { increment: 1 },
        lastRefusedAt: at,
        lastRefusal: text.slice(0, MOST_SAID),
        lastRefusalTold: toldColumn(told),
      },
    });
  }

  /** Revoking again changes nothing. */
  async revoke(actor: Actor, id: string): Promise<IntakeSource> {
    await this.commands.run(actor, async (command) => {
      const before = await watch(command, intakeSourceState(id));
      const { count } = await command.tx.intakeSource.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: command.at } });
      if (count > 0) await recordChange(command, before, { type: 'intake_source.revoked', subjectId: id, facts: {} });
    });
    return this.get(id);
  }
}

const unauthenticated = (message: string): PatchbayError => new PatchbayError('UNAUTHENTICATED', message, { header: 'x-patchbay-source' });
