/** Consents, preferences and do-not-contact entries, spoken in GraphQL. */
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '../platform/commands.js';
import type * as Api from '../platform/generated/graphql.js';
import type { Consent, ContactPreferences, Customer } from '../platform/generated/prisma/client.js';
import type { Loaders } from '../platform/loaders.js';
import { ConsentsService, type OwnedEntry } from './consents.service.js';
import type { Answer } from './may-contact.js';

@Resolver('Customer')
export class CustomerConsentsResolver {
  constructor(private readonly consents: ConsentsService) {}

  @Query('mayContact')
  async mayContact(@Args() args: Api.QueryMayContactArgs) {
    return shown(await this.consents.mayContact(args));
  }

  @Mutation('recordConsent')
  async recordConsent(@Context('actor') actor: Actor, @Args() { input }: Api.MutationRecordConsentArgs) {
    return { consent: await this.consents.recordConsent(actor, input) };
  }

  @Mutation('setContactPreferences')
  async setPreferences(@Context('actor') actor: Actor, @Args() { input }: Api.MutationSetContactPreferencesArgs) {
    return { customer: await this.consents.setPreferences(actor, input) };
  }

  @Mutation('addDoNotContact')
  async addDoNotContact(@Context('actor') actor: Actor, @Args() { input }: Api.MutationAddDoNotContactArgs) {
    return { entries: await this.consents.addDoNotContact(actor, input) };
  }

  @Mutation('endDoNotContact')
  async endDoNotContact(@Context('actor') actor: Actor, @Args() { input }: Api.MutationEndDoNotContactArgs) {
    return { entry: await this.consents.endDoNotContact(actor, input) };
  }

  @ResolveField('consents')
  current(@Parent() { id }: Customer, @Context('loaders') loaders: Loaders) {
    return loaders.many<Consent>('consents', id, (ids) => this.consents.currentOf(ids), ({ customerId }) => customerId); // prettier-ignore
  }

  @ResolveField('consentHistory')
  history(@Parent() { id }: Customer, @Args() { first, after }: Api.CustomerConsentHistoryArgs) {
    return this.consents.history(id, first, after);
  }

  @ResolveField('contactPreferences')
  async preferences(@Parent() { id }: Customer, @Context('loaders') loaders: Loaders) {
    const [row] = await loaders.many<ContactPreferences>('contactPreferences', id, (ids) => this.consents.preferencesOf(ids), ({ customerId }) => customerId); // prettier-ignore
    return row ?? null;
  }

  @ResolveField('doNotContact')
  entries(@Parent() { id }: Customer, @Context('loaders') loaders: Loaders) {
    return loaders.many<OwnedEntry>('doNotContact', id, (ids) => this.consents.entriesOf(ids), ({ ownerId }) => ownerId); // prettier-ignore
  }
}

const shown = (answer: Answer) => (answer.allowed ? { allowed: true, reasons: [], until: null } : answer);
