/** How people sign in here, as an administrator chose. */
import { Injectable } from '@nestjs/common';
import { Commands, type Actor, type Command } from '../platform/commands.js';
import { recordChange, watch } from '../platform/record-change.js';
import { signInSettingsState } from '../platform/record-states.sql.js';
import { Database } from '../platform/database.js';
import { invalid, PatchbayError } from '../platform/errors.js';
import type { ProviderGroupInput, UpdateIdentityProviderInput, UpdateSignInSettingsInput } from '../platform/generated/graphql.js';
import type { Prisma, SignInSettings } from '../platform/generated/prisma/client.js';
import { Seal } from '../platform/seal.js';
import { boundsFor } from './bounds.js';
import { PROVIDER_ROLES, type Provider, type ProviderGroup } from './provider-claims.js';
import { event, PERSONS, UsersService } from './users.service.js';

const ONLY = { id: 1 } as const;
/** What the log says that its events are about. */
const SUBJECT = '00000000-0000-7000-8000-000000000001';

/** For which the provider's secret is sealed. */
export const SECRET_PLACE = 'client secret of the identity provider';

@Injectable()
export class SignInSettingsService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly seal: Seal,
    private readonly users: UsersService,
  ) {}

  get(): Promise<SignInSettings> {
    return this.database.prisma.signInSettings.findUniqueOrThrow({ where: ONLY });
  }

  /** What is kept of the provider; its secret is sealed. */
  async provider(): Promise<{ provider: Provider | null; address: string | null; secret: Uint8Array | null }> {
    const { provider, address, providerSecret } = await this.get();
    return { provider: provider as Provider | null, address, secret: providerSecret };
  }

  async update(actor: Actor, { secondFactorRoles, address }: UpdateSignInSettingsInput): Promise<SignInSettings> {
    const foreign = secondFactorRoles?.find((role) => !PERSONS.includes(role));
    if (foreign) throw invalid('secondFactorRoles', `The role ${foreign} is for tokens, which have no second factor.`);
    // Nobody of these roles could sign in otherwise.
    if (secondFactorRoles?.length) this.seal.mustBeAble();
    if (address) mustBeOrigin(address);
    return this.change(actor, {
      ...(secondFactorRoles && { secondFactorRoles: [...new Set(secondFactorRoles)] }),
      ...(address !== undefined && { address: address || null }),
    });
  }

  async updateProvider(actor: Actor, { clientSecret, ...said }: UpdateIdentityProviderInput): Promise<SignInSettings> {
    const provider: Provider = {
      ...said,
      issuer: said.issuer.trim(),
      clientId: said.clientId.trim(),
      groupsClaim: said.groupsClaim.trim(),
      groups: said.groups.map(boundedGroup),
    };
    checkProvider(provider);
    const before = await this.get();
    if (before.address === null) throw invalid('address', 'Say first at which address people open this center.');
    const secret = clientSecret == null ? undefined : clientSecret === '' ? null : this.seal.close(clientSecret.trim(), SECRET_PLACE);
    this.seal.mustBeAble();
    const data = {
      provider: provider as unknown as Prisma.InputJsonObject,
      ...(secret !== undefined && { providerSecret: secret }),
    };
    return this.change(actor, data, async (command) => {
      for (const { bounds } of provider.groups) await this.users.checkBounds(command, bounds ?? null);
    });
  }

  /** The log says what changed, and no secret. */
  private async change(
    actor: Actor,
    data: Prisma.SignInSettingsUpdateInput,
    check: (command: Command) => Promise<void> = () => Promise.resolve(),
  ): Promise<SignInSettings> {
    return this.commands.run(actor, async (command) => {
      await check(command);
      const before = await watch(command, signInSettingsState);
      const after = await command.tx.signInSettings.update({ where: ONLY, data });
      await recordChange(command, before, event('sign_in_settings.updated', SUBJECT, { changed: Object.keys(data) }));
      return after;
    });
  }
}

/** @throws PatchbayError INVALID that names the group whose bounds do not fit its role */
function boundedGroup({ group, role, bounds }: ProviderGroupInput): ProviderGroup {
  const name = group.trim();
  try {
    return { group: name, role, bounds: PROVIDER_ROLES.includes(role) ? boundsFor(role, bounds) : null };
  } catch (error) {
    if (!(error instanceof PatchbayError)) throw error;
    throw invalid('groups', `${name}: ${error.message}`);
  }
}

function mustBeOrigin(address: string): void {
  if (!URL.canParse(address) || new URL(address).origin !== address)
    throw invalid('address', 'Give the address as https://center.example.org, without a path and without a slash at the end.');
}

function checkProvider({ issuer, clientId, scopes, groupsClaim, groups, enabled }: Provider): void {
  if (!URL.canParse(issuer)) throw invalid('issuer', 'Give the address of the issuer, such as https://login.example.org/realms/company.');
  const url = new URL(issuer);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url)))
    throw invalid('issuer', 'The issuer is reached by HTTPS; plain HTTP is for one on this machine.');
  if (clientId === '') throw invalid('clientId', 'Give the name of the client that the provider knows this center by.');
  if (!scopes.includes('openid')) throw invalid('scopes', 'Among the scopes has to be openid.');
  if (scopes.some((scope) => !/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope))) throw invalid('scopes', 'A scope is one word, such as email.');
  if (groupsClaim === '') throw invalid('groupsClaim', 'Name the claim that lists the groups, such as groups.');
  const foreign = groups.find(({ role }) => !PROVIDER_ROLES.includes(role));
  if (foreign) throw invalid('groups', `Groups give the roles ${PROVIDER_ROLES.join(', ')}; the role ${foreign.role} is given by hand.`);
  if (groups.some(({ group }) => group === '')) throw invalid('groups', 'Each line needs the name of a group.');
  if (enabled && groups.length === 0) throw invalid('groups', 'Name at least one group: who is in none does not come in.');
}

/** On this very machine nobody is in between. */
export const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
