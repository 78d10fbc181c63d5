/** Secret addresses that are good once: for the first administrator, for an invitation, for a new password. */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hashOf } from '../platform/access.js';
import { Clock } from '../platform/clock.js';
import { record, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import { Prisma, type AccessLink, type LinkPurpose, type User } from '../platform/generated/prisma/client.js';
import { uuidv7 } from '../platform/ids.js';
import { asModel } from '../platform/models.js';

const HOUR_MS = 3_600_000;
const VALID_MS: Readonly<Record<LinkPurpose, number>> = {
  FIRST_ADMINISTRATOR: 24 * HOUR_MS,
  INVITATION: 7 * 24 * HOUR_MS,
  PASSWORD_RESET: HOUR_MS,
};
const PATH = '/console/sign-in#link=';

export interface NewLink {
  id: string;
  path: string;
  expiresAt: Date;
  validHours: number;
}

@Injectable()
export class LinksService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param from the network address of a person who asked for it by themselves */
  async make(command: Command, purpose: LinkPurpose, userId: string | null, from: string | null = null): Promise<NewLink> {
    const secret = randomBytes(32).toString('base64url');
    const id = uuidv7();
    const expiresAt = new Date(command.at.getTime() + VALID_MS[purpose]);
    await command.tx.accessLink.create({
      data: { id, purpose, userId, hash: new Uint8Array(hashOf(secret)), createdAt: command.at, expiresAt },
    });
    // The first administrator's is made anew at each start, and is nobody's yet.
    if (userId !== null)
      await record(command, [
        { type: 'user.link_made', subjectId: userId, facts: { purpose, expiresAt, ...(from !== null && { address: from }) } },
      ]);
    return { id, path: PATH + secret, expiresAt, validHours: VALID_MS[purpose] / HOUR_MS };
  }

  /** Those of a person, or those of nobody, are good no more. */
  async cancel({ tx }: Command, userId: string | null): Promise<void> {
    await tx.accessLink.deleteMany({ where: { userId, usedAt: null } });
  }

  /** What it is for. @throws PatchbayError NOT_FOUND where it is unknown, used or too old */
  async open(secret: string): Promise<AccessLink & { user: User | null }> {
    const link = await this.database.prisma.accessLink.findUnique({
      where: { hash: new Uint8Array(hashOf(secret)) },
      include: { user: true },
    });
    if (!link || link.usedAt || link.expiresAt <= this.clock.now() || link.user?.active === false) throw unknownLink();
    return link;
  }

  /** Of two who use it at once one does. @throws PatchbayError NOT_FOUND as `open` does */
  async use({ tx, at }: Command, secret: string): Promise<AccessLink> {
    const [row] = await tx.$queryRaw<object[]>(Prisma.sql`
      UPDATE access_links SET used_at = ${at} WHERE hash = ${hashOf(secret)} AND used_at IS NULL AND expires_at > ${at} RETURNING *`);
    if (!row) throw unknownLink();
    return asModel<AccessLink>(row);
  }
}

const unknownLink = () => notFound('link', 'of this kind that is still good: ask your administrator for another');
