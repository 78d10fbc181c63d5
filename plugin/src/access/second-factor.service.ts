/** The second factor of a sign-in: a code of the person's telephone, and codes that are good once for who lost it. */
import { verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { hashOf, type Identity } from '../platform/access.js';
import { Clock } from '../platform/clock.js';
import { Commands, record, type Actor, type Command } from '../platform/commands.js';
import { Database } from '../platform/database.js';
import { invalid, PatchbayError, refused } from '../platform/errors.js';
import { Prisma, type User } from '../platform/generated/prisma/client.js';
import { Seal } from '../platform/seal.js';
import { Attempts, keysOf } from './attempts.service.js';
import { addressOfSecret, newRecoveryCodes, newSecret, plainCode, stepOf } from './one-time-codes.js';
import { SignInSettingsService } from './sign-in-settings.service.js';
import { event, mustBePerson, UsersService } from './users.service.js';

/** What a telephone is told, by a QR code or typed. */
export interface NewFactor {
  secret: string;
  /** otpauth://…, as the QR code has it. */
  uri: string;
}

export const WRONG_CODE = 'This code is not right, or was used already. Wait for the next one, and check the clock of the telephone.';

@Injectable()
export class SecondFactorService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly seal: Seal,
    private readonly users: UsersService,
    private readonly attempts: Attempts,
    private readonly settings: SignInSettingsService,
  ) {}

  /** Whether the person has to give a code, has to set one up first, or neither. */
  async owedBy({ role, totpSince }: Pick<User, 'role' | 'totpSince'>): Promise<'CODE' | 'ENROL' | null> {
    if (totpSince) return 'CODE';
    return (await this.settings.get()).secondFactorRoles.includes(role) ? 'ENROL' : null;
  }

  async of(userId: string): Promise<{ since: Date | null; recoveryCodesLeft: number; required: boolean }> {
    const { role, totpSince } = await this.users.get(userId);
    const recoveryCodesLeft = totpSince ? await this.database.prisma.recoveryCode.count({ where: { userId } }) : 0;
    return { since: totpSince, recoveryCodesLeft, required: (await this.settings.get()).secondFactorRoles.includes(role) };
  }

  /** A new secret, in use once a code of it was given; one made before and not confirmed is good no more. */
  async propose(command: Command, userId: string): Promise<NewFactor> {
    const { email, totpSince } = await this.users.lock(command, userId);
    if (totpSince) throw refused('The second factor is on already; turn it off first.');
    const secret = newSecret();
    await command.tx.user.update({ where: { id: userId }, data: { totpSecret: this.seal.close(secret, placeOf(userId)) } });
    return { secret, uri: addressOfSecret(secret, email) };
  }

  /** @throws PatchbayError INVALID for a wrong password: nobody who finds the page open makes their telephone count */
  async begin({ actor, userId }: Identity, password: string, address: string): Promise<NewFactor> {
    const user = await this.users.get(mustBePerson(userId));
    await this.guarded(user, address, async () => {
      if (!user.passwordHash || !(await verify(user.passwordHash, password))) throw invalid('password', 'This is not your password.');
    });
    return this.commands.run(actor, (command) => this.propose(command, user.id));
  }

  /** @returns the codes for who loses the telephone, shown this once @throws PatchbayError INVALID for a wrong code */
  async confirm({ actor, userId }: Identity, code: string, address: string): Promise<string[]> {
    const user = await this.users.get(mustBePerson(userId));
    return this.guarded(user, address, () => this.commands.run(actor, (command) => this.turnOn(command, user.id, code)));
  }

  async turnOn(command: Command, userId: string, code: string): Promise<string[]> {
    const user = await this.users.lock(command, userId);
    if (user.totpSince) throw refused('The second factor is on already; turn it off first.');
    if (!user.totpSecret) throw refused('Begin with a new QR code.');
    if (!(await this.takesTelephone(command, user, code))) throw invalid('code', WRONG_CODE);
    await command.tx.user.update({ where: { id: userId }, data: { totpSince: command.at } });
    await record(command, [event('user.second_factor_on', userId, {})]);
    return this.newCodes(command, userId);
  }

  async turnOff({ actor, userId }: Identity, code: string, address: string): Promise<void> {
    const user = await this.users.get(mustBePerson(userId));
    if ((await this.of(user.id)).required) throw refused('Your role has to have a second factor; an administrator can take it off.');
    await this.guarded(user, address, () =>
      this.commands.run(actor, async (command) => {
        await this.mustTake(command, user.id, code);
        await this.clear(command, user.id, 'PERSON');
      }),
    );
  }

  async renewCodes({ actor, userId }: Identity, code: string, address: string): Promise<string[]> {
    const user = await this.users.get(mustBePerson(userId));
    return this.guarded(user, address, () =>
      this.commands.run(actor, async (command) => {
        await this.mustTake(command, user.id, code);
        return this.newCodes(command, user.id);
      }),
    );
  }

  /** For who lost the telephone and the codes. */
  async remove(actor: Actor, userId: string): Promise<User> {
    return this.commands.run(actor, async (command) => {
      const user = await this.users.lock(command, userId);
      return user.totpSince ? this.clear(command, userId, 'ADMINISTRATOR') : user;
    });
  }

  /** Uses up a code of the telephone or one of the others. @returns whether it was right */
  async takes(command: Command, user: User, code: string): Promise<boolean> {
    if (!user.totpSince) return false;
    if (/^\d{6}$/.test(plainCode(code))) return this.takesTelephone(command, user, code);
    const { count } = await command.tx.recoveryCode.deleteMany({ where: { userId: user.id, hash: hashed(code) } });
    if (count > 0) await record(command, [event('user.recovery_code_used', user.id, {})]);
    return count > 0;
  }

  /** Of the same code given twice at once, one counts. */
  private async takesTelephone({ tx }: Command, user: User, code: string): Promise<boolean> {
    const step = stepOf(this.seal.open(user.totpSecret!, placeOf(user.id)), plainCode(code), this.clock.now());
    if (step === null) return false;
    const taken = await tx.$executeRaw(Prisma.sql`
      UPDATE users SET totp_step = ${step} WHERE id = ${user.id}::uuid AND (totp_step IS NULL OR totp_step < ${step})`);
    return taken > 0;
  }

  private async mustTake(command: Command, userId: string, code: string): Promise<void> {
    if (!(await this.takes(command, await this.users.lock(command, userId), code))) throw invalid('code', WRONG_CODE);
  }

  private async newCodes({ tx }: Command, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.recoveryCode.createMany({ data: codes.map((code) => ({ userId, hash: hashed(code) })) });
    return codes;
  }

  private async clear(command: Command, userId: string, by: 'PERSON' | 'ADMINISTRATOR'): Promise<User> {
    await command.tx.recoveryCode.deleteMany({ where: { userId } });
    await record(command, [event('user.second_factor_off', userId, { by })]);
    return command.tx.user.update({ where: { id: userId }, data: { totpSecret: null, totpSince: null } });
  }

  /** Wrong answers cost what a wrong password costs. */
  private async guarded<T>({ email }: User, address: string, check: () => Promise<T>): Promise<T> {
    const keys = keysOf(email, address, true);
    await this.attempts.mustNotWait(keys);
    try {
      return await check();
    } catch (error) {
      if (error instanceof PatchbayError && error.code === 'INVALID') await this.attempts.failed(keys);
      throw error;
    }
  }
}

const hashed = (code: string) => new Uint8Array(hashOf(plainCode(code)));

const placeOf = (userId: string): string => `second factor of ${userId}`;
