/** How people can sign in, for a page that nobody is signed in to yet. */
import { Inject } from '@nestjs/common';
import { Query, Resolver } from '@nestjs/graphql';
import { CONFIG, type Config } from '../platform/config.js';

@Resolver()
export class SignInMethodsResolver {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Query('signInMethods')
  methods() {
    return { password: true, demoRoles: this.config.DEMO_SIGN_IN ? ['ADMIN', 'SUPERVISOR', 'AGENT'] : [] };
  }
}
