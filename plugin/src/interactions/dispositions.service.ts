/** The contact center's own words for how an interaction ended. */
import { Injectable } from '@nestjs/common';
import { absent, recordChange, watch } from '../platform/record-change.js';
import { dispositionState } from '../platform/record-states.sql.js';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { notFound } from '../platform/errors.js';
import type { CreateDispositionInput, UpdateDispositionInput } from '../platform/generated/graphql.js';
import type { Disposition } from '../platform/generated/prisma/client.js';
import { once } from '../platform/idempotency.js';
import { withoutNulls } from '../platform/input.js';
import { nameTranslations } from '../platform/translations.js';

@Injectable()
export class DispositionsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
  ) {}

  list(): Promise<Disposition[]> {
    return this.database.prisma.disposition.findMany({ orderBy: { name: 'asc' } });
  }

  byIds(ids: string[]): Promise<Disposition[]> {
    return this.database.prisma.disposition.findMany({ where: { id: { in: ids } } });
  }

  create(by: Actor | Command, input: CreateDispositionInput): Promise<Disposition> {
    return this.commands.run(by, async (command) => {
      const { id } = await once(command, 'createDisposition', input, async (dispositionId) => {
        await command.tx.disposition.create({
          data: { id: dispositionId, name: input.name, translations: nameTranslations(input.translations ?? []), channels: input.channels },
        });
        const event = { type: 'disposition.created', subjectId: dispositionId, facts: { name: input.name } };
        await recordChange(command, absent(dispositionState(dispositionId)), event);
      });
      return command.tx.disposition.findUniqueOrThrow({ where: { id } });
    });
  }

  async update(actor: Actor, { id, translations, ...input }: UpdateDispositionInput): Promise<Disposition> {
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, dispositionState(id));
      if (!before.row) throw notFound('disposition', id);
      const disposition = await command.tx.disposition.update({
        where: { id },
        data: { ...withoutNulls(input), ...(translations && { translations: nameTranslations(translations) }) },
      });
      await recordChange(command, before, { type: 'disposition.updated', subjectId: id, facts: {} });
      return disposition;
    });
  }
}
