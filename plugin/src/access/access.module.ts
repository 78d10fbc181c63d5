import { Module } from '@nestjs/common';
import { Attempts } from './attempts.service.js';
import { ForgottenPasswordsService } from './forgotten-passwords.service.js';
import { LinksService } from './links.service.js';
import { ProviderSignInsService } from './provider-sign-ins.service.js';
import { ProviderController } from './provider.controller.js';
import { ProviderService } from './provider.service.js';
import { SecondFactorResolver } from './second-factor.resolver.js';
import { SecondFactorService } from './second-factor.service.js';
import { AgentsModule } from '../agents/agents.module.js';
import { QueuesModule } from '../queues/queues.module.js';
import { BoundsResolver, DelegationsResolver } from './delegations.resolver.js';
import { DelegationsService } from './delegations.service.js';
import { PartsService } from './parts.service.js';
import { SessionController } from './session.controller.js';
import { SessionsService } from './sessions.service.js';
import { SignInMailsService } from './sign-in-mails.service.js';
import { SignInMethodsResolver } from './sign-in-methods.resolver.js';
import { SignInSettingsResolver } from './sign-in-settings.resolver.js';
import { SignInSettingsService } from './sign-in-settings.service.js';
import { TokensResolver } from './tokens.resolver.js';
import { TokensService } from './tokens.service.js';
import { UsersResolver } from './users.resolver.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [AgentsModule, QueuesModule],
  controllers: [SessionController, ProviderController],
  providers: [
    TokensService,
    TokensResolver,
    LinksService,
    SignInMailsService,
    ForgottenPasswordsService,
    UsersService,
    UsersResolver,
    Attempts,
    SignInSettingsService,
    SecondFactorService,
    SecondFactorResolver,
    SessionsService,
    SignInMethodsResolver,
    PartsService,
    DelegationsService,
    DelegationsResolver,
    BoundsResolver,
    SignInSettingsResolver,
    ProviderService,
    ProviderSignInsService,
  ],
  exports: [TokensService, UsersService, SessionsService, SignInSettingsService],
})
export class AccessModule {}
