/** How people sign in here, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { SignInSettings } from '../platform/generated/prisma/client.js';
import { Mailer } from '../platform/mailer.js';
import type { Provider } from './provider-claims.js';
import { ProviderService, redirectUriAt, signedOutUriAt } from './provider.service.js';
import { SignInSettingsService } from './sign-in-settings.service.js';

@Resolver('SignInSettings')
export class SignInSettingsResolver {
  constructor(
    private readonly settings: SignInSettingsService,
    private readonly identityProvider: ProviderService,
    private readonly mailer: Mailer,
  ) {}

  @Query('signInSettings')
  get() {
    return this.settings.get();
  }

  @Mutation('updateSignInSettings')
  async update(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateSignInSettingsArgs) {
    return { settings: await this.settings.update(actor, input) };
  }

  @Mutation('updateIdentityProvider')
  async updateProvider(@Context('actor') actor: Actor, @Args() { input }: Api.MutationUpdateIdentityProviderArgs) {
    return { settings: await this.settings.updateProvider(actor, input) };
  }

  @Mutation('tryIdentityProvider')
  tryOut() {
    return this.identityProvider.tryOut();
  }

  @ResolveField('mailServer')
  mailServer() {
    return this.mailer.isSet;
  }

  @ResolveField('provider')
  provider(@Parent() { provider, providerSecret, address }: SignInSettings) {
    if (provider === null || address === null) return null;
    const uris = { redirectUri: redirectUriAt(address), signedOutUri: signedOutUriAt(address) };
    return { ...(provider as unknown as Provider), hasSecret: providerSecret !== null, ...uris };
  }
}
