/** How people sign in here, as an administrator chose. */
import { Injectable } from '@nestjs/common';
import { Commands, type Actor } from '../platform/commands.js';
import { recordChange, watch } from '../platform/record-change.js';
import { signInSettingsState } from '../platform/record-states.sql.js';
import { Database } from '../platform/database.js';
import { invalid } from '../platform/errors.js';
import type { UpdateSignInSettingsInput } from '../platform/generated/graphql.js';
import type { SignInSettings } from '../platform/generated/prisma/client.js';
import { Seal } from '../platform/seal.js';
import { event, PERSONS } from './users.service.js';

const ONLY = { id: 1 } as const;
/** What the log says that its events are about. */
const SUBJECT = '00000000-0000-7000-8000-000000000001';

@Injectable()
export class SignInSettingsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly seal: Seal,
  ) {}

  get(): Promise<SignInSettings> {
    return this.database.prisma.signInSettings.findUniqueOrThrow({ where: ONLY });
  }

  async update(actor: Actor, { secondFactorRoles }: UpdateSignInSettingsInput): Promise<SignInSettings> {
    const foreign = secondFactorRoles.find((role) => !PERSONS.includes(role));
    if (foreign) throw invalid('secondFactorRoles', `The role ${foreign} is for tokens, which have no second factor.`);
    // Nobody of these roles could sign in otherwise.
    if (secondFactorRoles.length > 0) this.seal.mustBeAble();
    return this.commands.run(actor, async (command) => {
      const before = await watch(command, signInSettingsState);
      const after = await command.tx.signInSettings.update({ where: ONLY, data: { secondFactorRoles: [...new Set(secondFactorRoles)] } });
      await recordChange(command, before, event('sign_in_settings.updated', SUBJECT, { secondFactorRoles: after.secondFactorRoles }));
      return after;
    });
  }
}
