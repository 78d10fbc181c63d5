/** How people can sign in, for a page that nobody is signed in to yet. */
import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { CONFIG, type Config } from '../platform/config.js';
import { SignInMailsService } from './sign-in-mails.service.js';
import { SignInSettingsService } from './sign-in-settings.service.js';

/** Of the people whom the start of a demonstration makes. */
export const DEMO_ROLES = ['ADMIN', 'SUPERVISOR', 'TEAM_LEAD', 'AGENT', 'ANALYST'] as const;

@Resolver()
export class SignInMethodsResolver {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly settings: SignInSettingsService,
    private readonly mails: SignInMailsService,
  ) {}

  @Query('signInMethods')
  async methods() {
    const { provider, address } = await this.settings.provider();
    const begins = provider?.enabled && address !== null ? { name: provider.name, url: `${address}/session/provider` } : null;
    return { password: true, forgotten: await this.mails.areOn(), provider: begins, demoRoles: this.config.DEMO_SIGN_IN ? DEMO_ROLES : [] };
  }
}
